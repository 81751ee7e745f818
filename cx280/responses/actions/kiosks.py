"""Stores what a kiosk sends: each answer once, under its office, at the time it was given."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cx280.circular.implements import implements
from cx280.delivery.models import Kiosk, KioskBeginning
from cx280.responses import queries
from cx280.responses.actions.offers import count_people, count_reach
from cx280.responses.actions.storing import BadAnswers, store
from cx280.responses.models import Response
from cx280.responses.rules.answers import Given, read_form
from cx280.responses.rules.kiosk_times import answered_at, is_taken, seconds_taken
from cx280.responses.schemas import KioskAnswer, KioskBegun
from cx280.responses.tokens import Token, read_token
from cx280.responses.wording import best_language
from cx280.surveys.models import SurveyVersion


@dataclass(slots=True)
class Taken:
    """What became of the answers a kiosk sent; every one is in one of the lists."""

    stored: list[uuid.UUID] = field(default_factory=list)  # now or before: the kiosk may forget it
    refused: list[uuid.UUID] = field(default_factory=list)  # never: the kiosk keeps it, and tells
    new: int = 0


def note_beginnings(
    kiosk: Kiosk, begun: list[KioskBegun], *, clock: int, received_at: datetime
) -> list[uuid.UUID]:
    """Counts who began and left; gives back all of them, for the kiosk may forget them now.

    Whose answers came already were counted with them; who began on a page that cannot have asked
    them then is not counted.
    """
    for each in begun:
        token = read_token(each.page)
        version = _version_of(token, kiosk)
        if token is None or version is None:
            continue
        at = answered_at(
            sent=each.began, now=clock, received_at=received_at, issued_at=token.issued_at
        )
        if _may_be_taken(version, token, at):
            unit = token.unit or kiosk.unit.code
            count_beginning(kiosk, version, each.id, unit=unit, language=each.language, at=at)
    return [each.id for each in begun]


@implements("280.10-k5")
@transaction.atomic
def count_beginning(
    kiosk: Kiosk,
    version: SurveyVersion,
    person: uuid.UUID,
    *,
    unit: str,
    language: str,
    at: datetime,
) -> bool:
    """Whether the person was counted now as one who began; once, however often they are told of.

    The row of the person decides, in the transaction that counts.
    """
    _, is_new = KioskBeginning.objects.get_or_create(
        id=person, defaults={"kiosk": kiosk, "told_at": at}
    )
    if is_new:
        place = queries.unit_for(queries.owner_of(version), unit)
        zone = ZoneInfo((place or queries.owner_of(version)).time_zone)
        day, spoken_in = at.astimezone(zone).date(), queries.document_of(version).locales
        count_people(version.pk, unit=place, channel=version.survey.channel, day=day, started=1)
        known = best_language(language, "", spoken_in)
        count_reach(version.pk, kind="language", day=day, value=known, people=1)
    return is_new


@implements("280.10-k5")
def store_from_kiosk(
    kiosk: Kiosk,
    answers: list[KioskAnswer],
    *,
    clock: int,
    received_at: datetime,
    least_seconds: float,
) -> Taken:
    """Stores each answer in a transaction of its own; sent again, what is there stays.

    clock: what the kiosk's clock says while it sends, in milliseconds.
    """
    taken = Taken()
    for each in answers:
        token = read_token(each.page)
        version = _version_of(token, kiosk)
        if token is None or version is None:
            taken.refused.append(each.id)
            continue
        at = answered_at(
            sent=each.sent, now=clock, received_at=received_at, issued_at=token.issued_at
        )
        if not _may_be_taken(version, token, at):
            taken.refused.append(each.id)
            continue
        is_new = _store(kiosk, version, token, each, at, least_seconds)
        (taken.refused if is_new is None else taken.stored).append(each.id)
        taken.new += bool(is_new)
    return taken


def _version_of(token: Token | None, kiosk: Kiosk) -> SurveyVersion | None:
    return queries.version_that_asked(token.version_id, kiosk.survey.code) if token else None


def _may_be_taken(version: SurveyVersion, token: Token, at: datetime) -> bool:
    return is_taken(
        closed_at=version.closed_at,
        approval_ends=queries.approval_ends(version),
        issued_at=token.issued_at,
        answered_at=at,
    )


def _store(
    kiosk: Kiosk,
    version: SurveyVersion,
    token: Token,
    sent: KioskAnswer,
    at: datetime,
    least_seconds: float,
) -> bool | None:
    """Whether it was new; None where it does not fit the questions and never will."""
    document = queries.document_of(version)
    given = read_form(document, sent.answers)
    if given.is_empty or any(document.question(each) is None for each in sent.answers):
        return None
    seconds = seconds_taken(began=sent.began, sent=sent.sent)
    hurried = seconds is not None and seconds < least_seconds
    unit = token.unit or kiosk.unit.code
    try:
        with transaction.atomic():
            is_new = store(
                version,
                token_id=sent.id,
                answers=given.answers,
                comments=spoken(kiosk, given),
                unit_code=unit,
                language=best_language(sent.language, "", document.locales),
                received_at=at,
                seconds=seconds,
                suspected="sent faster than anybody reads" if hurried else "",
                source=Response.Source.KIOSK,
            ).is_new
            if is_new:
                count_beginning(kiosk, version, sent.id, unit=unit, language=sent.language, at=at)
    except BadAnswers:
        return None
    return is_new


def spoken(kiosk: Kiosk, given: Given) -> dict[str, str]:
    """People's own words, where the kiosk takes them."""
    return given.comments if kiosk.takes_words else {}
