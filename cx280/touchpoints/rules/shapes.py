"""JSON:API as Touchpoints writes it: snake case, ids as text, pages from 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

Resource = dict[str, Any]
USUAL_SIZE, MOST = 500, 5000


def resource(kind: str, key: object, attributes: Mapping[str, Any]) -> Resource:
    """One thing of a kind; what it tells, in the order given."""
    return {"id": str(key), "type": kind, "attributes": dict(attributes)}


def moment(at: datetime | None) -> str | None:
    """`2024-10-07T14:47:14.260Z`; None for None."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page is asked for: its number from 1, and how many a page holds."""

    number: int = 1
    size: int = USUAL_SIZE

    @property
    def start(self) -> int:
        """How many come before it."""
        return (self.number - 1) * self.size


def paging_of(number: str, size: str) -> Paging:
    """The page asked for; what is no number from 1 is the usual, more than 5,000 is 5,000."""
    return Paging(_count(number, 1), min(_count(size, USUAL_SIZE), MOST))


def _count(text: str, usual: int) -> int:
    is_one = text.isascii() and text.isdigit() and len(text) < 10
    return max(int(text), 1) if is_one else usual


def paged(
    rows: list[Resource], total: int, paging: Paging, address: str, asked: Mapping[str, str]
) -> dict[str, Any]:
    """A page of a collection, with links to the others and how many there are.

    asked: the rest of the query, kept in the links.
    """
    last = max(-(-total // paging.size), 1)

    def link(number: int) -> str | None:
        if not 1 <= number <= last:
            return None
        query = {**asked, "page[number]": number, "page[size]": paging.size}
        return f"{address}?{urlencode(query)}"

    here = min(paging.number, last)
    return {
        "data": rows,
        "links": {
            "self": link(here), "first": link(1), "prev": link(here - 1),
            "next": link(here + 1), "last": link(last),
        },
        "meta": {
            "current_page": paging.number, "size": len(rows), "page_size": paging.size,
            "total_pages": last, "total_count": total,
        },
    }  # fmt: skip


def error(message: str, status: int) -> dict[str, Any]:
    """What went wrong, as Touchpoints says it; never with what was sent."""
    return {"error": {"message": message, "status": status}}
