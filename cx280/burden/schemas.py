"""What programs are told of the burden of a journey."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ninja import Field, Schema


class AmountTold(Schema):
    """A sum of what was assessed."""

    value: Decimal | None = Field(description="null: nobody assessed it, which is not 0.")
    is_whole: bool = Field(description="Whether nothing is left out; else it is “at least”.")


class StepTold(Schema):
    """What one step takes, all its repeats together."""

    step: str
    learning_minutes: AmountTold
    compliance_minutes: AmountTold
    dollars: AmountTold
    source: str | None
    people_observed: int | None


class SegmentCostTold(Schema):
    """What the whole journey takes of one person of a segment."""

    segment: str = Field(description="Empty: everybody not named apart.")
    in_words: str
    learning_minutes: AmountTold
    compliance_minutes: AmountTold
    dollars: AmountTold
    hours_a_year: AmountTold
    strain_1_to_5: Decimal | None
    strain_n: int | None
    steps: list[StepTold]


class WageTold(Schema):
    """At what rate time is told in money."""

    dollars_an_hour: Decimal
    source: str


class ChangedTold(Schema):
    """What a change did to the steps it touched."""

    change: str
    changed_on: date
    segment: str
    steps: list[str]
    before_minutes: AmountTold
    after_minutes: AmountTold
    minutes_saved_each: Decimal | None
    hours_saved_a_year: Decimal | None
    not_assessed: list[str]


class JourneyBurdenTold(Schema):
    """What a journey takes of people, by segment."""

    service: str
    journey: str
    segments: list[SegmentCostTold]
    too_few_to_show: list[str] = Field(description="Segments with few people, hidden whole.")
    wage: WageTold | None = Field(description="null: nobody stated a rate.")
    changes: list[ChangedTold]
