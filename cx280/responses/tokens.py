"""The signed token in a survey page: which version asked, when, and the answer's id.

It takes the place of a cookie: the page sent twice carries one id, so it is stored once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.core import signing

from cx280.delivery.sealing import CannotOpen, opened, sealed

_SALT = "cx280.survey-page"
LONGEST_UNIT = 60
# How long what they say is kept, at the latest: as long as an office needs after a holiday.
CONTACT_DAYS = 30
# How long after sending somebody may say how to reach them.
CONTACT_TIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Token:
    """What a survey page knows about itself.

    who: what kind of customer its link is for; "" for the public.
    visit: the visit to the website it was opened from; "" where the survey's promise forbids it.
    stratum: the group of the sample the link is for; "" for none.
    along: the person along a journey that is followed; "" everywhere else.
    again: the page was made to re-show what was typed, so sending it at once is no sign of a robot.
    """

    response_id: uuid.UUID
    version_id: int
    issued_at: datetime
    unit: str = ""
    again: bool = False
    who: str = ""
    visit: str = ""
    stratum: str = ""
    along: str = ""

    def seconds(self, now: datetime) -> float:
        """Seconds since the page was made, 0 or more."""
        return max(0.0, (now - self.issued_at).total_seconds())

    def written(self) -> str:
        """The token as the page carries it."""
        issued = int(self.issued_at.timestamp() * 1000)
        parts = [
            self.response_id.hex,
            self.version_id,
            issued,
            self.unit,
            int(self.again),
            self.who,
            self.visit,
            self.stratum,
            self.along,
        ]
        return _signer().sign_object(parts)


def new_token(
    version_id: int,
    now: datetime,
    unit: str = "",
    *,
    again: bool = False,
    who: str = "",
    visit: str = "",
    stratum: str = "",
    along: str = "",
) -> Token:
    """A token for a page made now."""
    unit, stratum = unit[:LONGEST_UNIT], stratum[:LONGEST_UNIT]
    return Token(uuid.uuid4(), version_id, now, unit, again, who, visit, stratum, along)


def renewed(token: Token, now: datetime) -> Token:
    """A token of its own id for the same unit, for a page that has to be shown once more."""
    return replace(token, response_id=uuid.uuid4(), issued_at=now, again=True)


def read_token(written: str) -> Token | None:
    """The token of a page of ours, or None when it is missing, cut or forged."""
    if not written or len(written) > 1000:
        return None
    try:
        name, version_id, issued, unit, again, *more = _signer().unsign_object(written)
        at = datetime.fromtimestamp(issued / 1000, tz=UTC)
        # Pages made before a change lack the last ones.
        who, visit, stratum, along = [*map(str, more), "", "", "", ""][:4]
        origin = (who, visit, stratum, along)
        return Token(uuid.UUID(hex=name), version_id, at, unit, bool(again), *origin)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def contact_reference(response_id: uuid.UUID, now: datetime) -> str:
    """Names the answers just sent, for whoever sent them and nobody else: it is encrypted, for an
    address may be kept in a history or a log.
    """
    return sealed(f"{response_id.hex} {int(now.timestamp())}")


def read_reference(written: str, now: datetime) -> uuid.UUID | None:
    """The id of the answers; None when the reference is forged, cut or older than an hour."""
    try:
        name, issued = opened(written[:1000]).split(" ")
        is_young = timedelta(0) <= now - datetime.fromtimestamp(int(issued), tz=UTC) <= CONTACT_TIME
        return uuid.UUID(hex=name) if is_young else None
    except (CannotOpen, ValueError):
        return None


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT)
