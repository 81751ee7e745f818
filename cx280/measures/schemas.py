"""What /api/v1/measures answers with."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from cx280.accounts.schemas import Page

Outcome = Literal["trust", "satisfaction"]
PeriodWritten = Literal["year", "quarter"]
Pooling = Literal["comparable", "anyway"]


class MeasureLine(Schema):
    """How one question was answered in the quarter, or one driver tapped under one rating."""

    survey: str
    version: int
    question: str
    # A field named as pydantic's own method `construct` warns, so the name is an alias.
    measured: str = Field(alias="construct", description="trust, satisfaction, ease …")
    text: str
    option: str = Field(description="Words of the driver that was tapped; blank for a question.")
    driver: str
    polarity: str = Field(
        description="Of taps: which way those who were shown it had rated; high, middle or low."
    )
    n: int | None = Field(description="Who answered it; of taps, who was shown it.")
    share: float | None = Field(
        description="The share agreeing, or tapping, 0 to 1; null where answers have no order."
    )
    low: float | None = Field(
        description="Lower end of the 95 % interval; null where people found the survey themselves."
    )
    high: float | None = Field(description="Upper end of the 95 % interval.")
    key: str = Field(description="Compare two lines only where it is equal.")
    self_selected: bool = Field(
        description="True where people found the survey by themselves: nobody knows who did not."
    )
    suppressed: bool = Field(description="True where too few answered: all figures are null.")


class Measures(Page):
    """A service's quarter, in the order people were asked; the newest version first."""

    service: str
    unit: str = Field(
        description="Code of the office that these answers are about; blank for the whole service."
    )
    quarter: str
    smallest: int = Field(description="Fewer answers than this are never shown.")
    items: list[MeasureLine]


class DriverLine(Schema):
    """One driver asked on a scale: its part of what all drivers explain, and its score."""

    driver: str
    # A field named as pydantic's own method `construct` warns, so the name is an alias.
    measured: str = Field(alias="construct", description="ease, equity, transparency …")
    statement: str
    part: float = Field(description="Of what the drivers explain of the outcome, 0 to 1.")
    low: float | None = Field(
        description="Lower end of the 95 % interval; null where people found the survey themselves."
    )
    high: float | None = Field(description="Upper end of the 95 % interval.")
    rank_from: int = Field(description="The best rank that the answers leave to it.")
    rank_to: int = Field(description="The worst rank that the answers leave to it.")
    agree: float | None = Field(description="The share agreeing, 0 to 1.")
    agree_low: float | None
    agree_high: float | None
    n: int = Field(description="Who answered this driver.")
    fix_first: bool = Field(
        description="More than an even part, and a score below half of the drivers' scores, both"
        " with the whole interval."
    )


class LeftOutLine(Schema):
    """Answers that are not comparable with the others, and so not among them."""

    survey: str
    quarters: list[str]
    answers: int | None = Field(description="Null where they are too few to count.")
    reason: str


class RatedDrivers(Schema):
    """What goes with the outcome where drivers were asked on a scale, most important first."""

    outcome: str
    measured: str = Field(description="trust_change, trust_level, satisfaction …")
    question: str
    key: str = Field(description="Compare with another service only where it is equal.")
    quarters: list[str]
    answers: int | None
    analysed: int | None = Field(description="Who answered the outcome.")
    complete: int | None = Field(description="Of those, who answered every driver too.")
    explained: float | None = Field(
        description="Of the difference between people in the outcome, 0 to 1."
    )
    leading: list[str] = Field(description="Drivers the evidence does not separate from the top.")
    drivers: list[DriverLine]
    refused: str = Field(description="Why nothing is told; blank where something is.")
    needed: int | None = Field(description="How many answers would do.")
    left_out: list[LeftOutLine]
    overrides: list[str] = Field(description="What was pooled although it is not comparable.")
    self_selected: bool
    notes: list[str]
    association: str


class TapShareLine(Schema):
    """The share who tapped an option, of those shown it."""

    share: float
    low: float | None
    high: float | None
    n: int


class TapLine(Schema):
    """One option under low and under high ratings."""

    driver: str
    option: str
    under_low: TapShareLine
    under_high: TapShareLine
    difference: float = Field(description="Under high ratings less under low ones.")
    low: float | None
    high: float | None
    side: str = Field(description="penalty: tapped more under low; reward: under high; neither.")


class TappedDrivers(Schema):
    """What is tapped under low and under high ratings of the outcome; never a mean (INC-15)."""

    outcome: str
    question: str
    rating: str
    key: str
    quarters: list[str]
    answers: int | None
    low_raters: int | None
    high_raters: int | None
    taps: list[TapLine]
    refused: str
    needed: int | None
    left_out: list[LeftOutLine]
    overrides: list[str]
    self_selected: bool
    notes: list[str]
    association: str


class Drivers(Schema):
    """What goes with trust or satisfaction in a service; associated with, never caused by."""

    service: str
    unit: str = Field(
        description="Code of the office that these answers are about; blank for the whole service."
    )
    outcome: str
    smallest: int = Field(description="Fewer answers than this are never shown.")
    rated: RatedDrivers | None = Field(
        description="Null where no drivers were asked on a scale, or too few answered to show."
    )
    tapped: list[TappedDrivers]
    association: str
    worked_out_at: datetime
