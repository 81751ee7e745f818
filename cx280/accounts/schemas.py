"""Shapes that every folder's part of the API shares: a slice of a list, a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from ninja import Field, Schema

Thing = TypeVar("Thing")

# What stands in an address; NUL and the like never reach the database.
Code = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
Number = Annotated[int, Field(ge=1, le=2_147_483_647)]
QuarterWritten = Annotated[
    str,
    Field(
        pattern=r"^[Ff][Yy] ?[12][0-9]{3}[- ]?[Qq][1-4]$",
        description="Federal fiscal quarter, as FY2022-Q2.",
        examples=["FY2022-Q2"],
    ),
]


class Slice(Schema):
    """Which part of a list to give; bounded, so that nobody asks for everything at once."""

    limit: int = Field(50, ge=1, le=200, description="How many to give at most.")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to leave out first.")


class Page(Schema):
    """Which part of a list this is."""

    count: int = Field(description="How many there are in all.")
    limit: int
    offset: int


class FindingTold(Schema):
    """A rule of the Circular that is not met: where, what is wrong, and the way out."""

    rule: str
    severity: str = Field(description="error stops, warn needs a written reason, info informs.")
    where: str | None
    message: str
    fix: str


def cut(things: QuerySet[Any, Thing] | Sequence[Thing], part: Slice) -> list[Thing]:
    """The things the slice asks for; none beyond the end."""
    return list(things[part.offset : part.offset + part.limit])


def page(part: Slice, count: int, items: Sequence[object]) -> dict[str, object]:
    """A page as its schema takes it."""
    return {"count": count, "limit": part.limit, "offset": part.offset, "items": items}
