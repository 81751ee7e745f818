"""Requests as rows of the lake: without address and agent, with ids that come out the same."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from cx280.lake.columns import EventRow
from cx280.telemetry.rules import weblogs
from cx280.telemetry.rules.weblogs import Request, Seen

_DAY = 86_400_000_000
_REMEMBERED = 100_000


class Occurrences:
    """Numbers requests that are alike from 0 on, over the last hundred thousand that differ.

    Alike means the same second too, so that an old one comes back only in a file far out of order.
    """

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        self.remembered = remembered
        self._counts: OrderedDict[bytes, int] = OrderedDict()

    def next_of(self, content: bytes) -> int:
        """How many like it came before."""
        number = self._counts.pop(content, -1) + 1
        self._counts[content] = number
        if len(self._counts) > self.remembered:
            self._counts.popitem(last=False)
        return number


def content_of(request: Request, site: str, server: str) -> bytes:
    """A digest (16 bytes) of what the line says, without address, user, agent, referrer or query.

    Why these are left out: the same file must give the same ids in any later run, so no secret
    that is thrown away can be mixed in; and a key that is kept would let whoever holds it try all
    four thousand million addresses against an id. What is not in the digest cannot be found by
    trying. Two visitors who ask for one page in one second are told apart by their order instead.
    Price: two servers behind one site must be named apart (`server`), or what they were asked in
    the same second, with answers of the same size, counts once.
    """
    said = (site, server, str(request.at), request.method, weblogs.page_of(request.target),
            str(request.status), request.mark)  # fmt: skip
    return hashlib.blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=16).digest()


def visitor_of(request: Request, salt: bytes) -> int:
    """A number for a visitor of one UTC day, never 0; 0 where the log has no address.

    `salt` lives in the memory of one import and is thrown away with it. The day is part of what is
    hashed, so that nobody is followed from one day to the next (M-10-22 tier 1: single session).
    """
    if request.address in {"", "-"}:
        return 0
    said = f"{request.at // _DAY}\0{request.address}\0{request.agent or ''}"
    digest = hashlib.blake2b(said.encode("utf-8", "replace"), key=salt, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def row_of(
    request: Request,
    seen: Seen,
    *,
    site: str,
    service: int,
    received: int,
    salt: bytes,
    occurrence: int,
    content: bytes,
) -> EventRow:
    """The event as the lake keeps it; `received` is when it was imported, in microseconds.

    Where personal data was taken out of the path, the source says so as `schemas.checked` does.
    """
    page = weblogs.page_of(request.target)
    kinds = weblogs.personal_in(request.target) if "(hidden)" in page else []
    found = ["held", *(f"{each}/page" for each in kinds)] if kinds else []
    said = content + occurrence.to_bytes(8, "big")
    return EventRow(
        id=hashlib.blake2b(said, digest_size=16).hexdigest(),
        site=site,
        service=service,
        at=request.at,
        received=received,
        kind=seen.kind,
        name=seen.name,
        page=page,
        visitor=visitor_of(request, salt),
        device=weblogs.device_of(request.agent),
        bot=weblogs.is_bot(request.agent),
        source=" ".join(["weblog", *found]),
    )
