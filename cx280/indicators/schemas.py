"""What the API tells of indicators."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from cx280.accounts.schemas import FindingTold, Page, Slice


class IndicatorsAsked(Slice):
    """Which indicators to give."""

    fiscal_year: int | None = Field(None, ge=2018, le=2100, description="This one when left out.")
    service: str = Field("", max_length=80, description="Code of a service.")
    kind: str = Field("", max_length=20, description="One of the five kinds.")


class YearTold(Schema):
    """A fiscal year. Values of a share lie between 0 and 1."""

    fiscal_year: int
    target: float | None
    actual: float | None
    low: float | None = Field(description="null where no margin of error applies.")
    high: float | None
    n: int | None
    period: str
    how_sure: str = Field(description="In words; why there is no figure, where there is none.")
    stated: bool = Field(description="Typed with its source, rather than drawn from a measure.")
    source: str
    result: str
    not_comparable_with_year_before: str


class IndicatorTold(Schema):
    """An indicator with the year asked for and the one before."""

    id: int
    kind: str
    name: str
    service: str | None
    formula: str
    measure: str = Field(description="What it is drawn from; blank where it is stated.")
    source: str
    owner: str
    unit: str
    direction: str
    is_service_level: bool
    in_plan: bool
    baseline: float | None
    baseline_on: date | None
    years: list[YearTold]


class Indicators(Page):
    """Indicators, experience first."""

    items: list[IndicatorTold]


class PlanFindingTold(FindingTold):
    """What a plan lacks: rule, its paragraph, and the edition that says so."""

    paragraph: str
    edition: str


class PlanFindings(Schema):
    """What the plan of a year lacks."""

    items: list[PlanFindingTold]
