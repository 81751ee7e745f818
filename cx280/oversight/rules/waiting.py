"""What waits for OMB: each kind, and which of it has waited longest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cx280.kernel.words import Word


class Kind(Word):
    """What OMB is to do; in the order in which agencies are held up."""

    DESIGNATION = "designation", "Concur with a designated service"
    SUBMISSION = "submission", "Review a quarter’s report"
    RELEASE = "release", "Publish an accepted quarter"
    ASSESSMENT = "assessment", "Talk about a Capacity Assessment in a deep dive"
    PLAN = "plan", "Publish an Action Plan"
    FOLLOW_UP = "follow_up", "Do what OMB promised in a talk"
    TALK = "talk", "Record a talk whose day has passed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing OMB is to decide or do: what, of whom, since when, and where it is done.

    due: the day by which it was promised, where one was.
    """

    kind: Kind
    words: str
    provider: str  # its code
    provider_name: str
    agency: str
    since: date
    address: str
    due: date | None = None

    def days(self, today: date) -> int:
        """How long it has waited."""
        return max((today - self.since).days, 0)


@dataclass(frozen=True, slots=True)
class Pile:
    """Everything of one kind, what has waited longest standing first."""

    kind: Kind
    things: tuple[Waiting, ...]

    @property
    def longest(self) -> Waiting:
        """What has waited longest."""
        return self.things[0]


def piles_of(things: Iterable[Waiting]) -> list[Pile]:
    """The things by kind, in the order of the kinds; kinds without any are left out."""
    found: dict[Kind, list[Waiting]] = {each: [] for each in Kind}
    for each in sorted(things, key=lambda each: (each.since, each.provider, each.words)):
        found[each.kind].append(each)
    return [Pile(kind, tuple(rows)) for kind, rows in found.items() if rows]
