"""The burden ledger of a clearance: what its collections take of what OMB allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

_MINUTES_IN_AN_HOUR = Decimal(60)


def burden_hours(responses: int, minutes: Decimal) -> Decimal:
    """Hours that many answers take the public: responses × minutes ÷ 60, not rounded."""
    return responses * minutes / _MINUTES_IN_AN_HOUR


@dataclass(frozen=True, slots=True)
class Line:
    """One collection's part: answers of the public over the whole clearance, minutes for each.

    counts: whether it debits the ledger already (approved or closed) or only asks to (draft).
    person_minutes: the minutes of everybody together where groups take different times; `minutes`
    is then their average, rounded, and no product of it is the burden.
    """

    title: str
    kind: str
    responses: int
    minutes: Decimal
    counts: bool = True
    person_minutes: Decimal | None = None

    @property
    def hours(self) -> Decimal:
        """The burden in hours."""
        if self.person_minutes is None:
            return burden_hours(self.responses, self.minutes)
        return self.person_minutes / _MINUTES_IN_AN_HOUR


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What OMB allowed under the clearance."""

    responses: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ceiling, what is taken of it, and what drafts would take besides."""

    ceiling: Ceiling
    responses: int
    hours: Decimal
    asked_responses: int
    asked_hours: Decimal

    @property
    def responses_left(self) -> int:
        """Responses that may still be given away; below 0 when too many were."""
        return self.ceiling.responses - self.responses

    @property
    def hours_left(self) -> Decimal:
        """Hours that may still be given away; below 0 when too many were."""
        return self.ceiling.hours - self.hours


@implements("280.11-a2", "280.11-a4")
def ledger(ceiling: Ceiling, lines: Iterable[Line]) -> Ledger:
    """The ledger of a clearance: every kind of collection debits the same ceiling."""
    listed = list(lines)
    counted = [each for each in listed if each.counts]
    asked = [each for each in listed if not each.counts]
    return Ledger(
        ceiling,
        sum(each.responses for each in counted),
        sum((each.hours for each in counted), Decimal(0)),
        sum(each.responses for each in asked),
        sum((each.hours for each in asked), Decimal(0)),
    )


@implements("280.11-a2")
def over_ceiling(ceiling: Ceiling, lines: Sequence[Line]) -> list[Finding]:
    """Errors when all collections together, drafts too, ask for more than the ceiling allows."""
    kept = ledger(ceiling, lines)
    responses = kept.responses + kept.asked_responses
    hours = kept.hours + kept.asked_hours
    found = []
    if responses > ceiling.responses:
        found.append(
            _over("responses", f"{responses:,} responses", f"{ceiling.responses:,}", len(lines))
        )
    if hours > ceiling.hours:
        found.append(_over("hours", f"{hours:,.2f} hours", f"{ceiling.hours:,.2f}", len(lines)))
    return found


def _over(where: str, asked: str, allowed: str, collections: int) -> Finding:
    of = "The collection asks" if collections == 1 else f"The {collections} collections ask"
    return Finding(
        "280.11-a2",
        Severity.ERROR,
        f"{of} for {asked}; the clearance allows {allowed}.",
        where=where,
        fix="Lower the expected responses or minutes, or ask OMB for a higher ceiling.",
    )
