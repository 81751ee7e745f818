"""What one step takes of one person, from what was stated about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cx280.burden.rules.amounts import Amount, each_times, total
from cx280.circular.implements import implements

Key = tuple[str, str]

# A scale of this project: no official instrument for psychological cost is public.
SCALE = "from 1 (none) to 5 (very much): how stressed, worried or ashamed people felt"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was stated of one pass; None is “nobody looked”, 0 is “there is none”.

    paper_minutes: filling in and waiting. documents and trips are counts, with what each takes.
    """

    paper_minutes: Decimal | None = None
    documents: int | None = None
    document_minutes: Decimal | None = None
    trips: int | None = None
    trip_minutes: Decimal | None = None
    trip_dollars: Decimal | None = None
    fees: Decimal | None = None


@implements("280.14-f3")
def compliance_of(inputs: Inputs) -> Amount:
    """The minutes to comply: filling in, getting papers, traveling."""
    return total(
        (
            Amount.of(inputs.paper_minutes),
            each_times(inputs.documents, inputs.document_minutes),
            each_times(inputs.trips, inputs.trip_minutes),
        )
    )


@implements("280.14-f3")
def money_of(inputs: Inputs) -> Amount:
    """The dollars a person pays: fees, and what trips cost. Time is not in it."""
    return Amount.of(inputs.fees) + each_times(inputs.trips, inputs.trip_dollars)


@dataclass(frozen=True, slots=True)
class Strain:
    """The psychological cost: a mean on the stated scale, with how many were asked."""

    mean: Decimal
    n: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a step takes of one person of a segment in one pass, from a day on.

    repeats: how often one person goes through it; 0 once the step fell away. people: in a year,
    None when that is not stated. observed: asked or timed for it; 0 for a calculation.
    """

    step: str
    segment: str
    from_on: date
    repeats: Decimal
    people: int | None
    learning: Amount
    compliance: Amount
    money: Amount
    strain: Strain | None
    observed: int
    source: str
    change: int | None = None

    @property
    def key(self) -> Key:
        """What a later assessment of the same replaces."""
        return self.step, self.segment
