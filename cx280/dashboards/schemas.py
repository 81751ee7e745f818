"""What /api/v1/digital and a survey’s reach are asked, and answer with."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Schema

Words = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Figure = Literal["events", "visits", "total", "mean", "median", "least", "greatest", "p90", "p95"]
Grain = Literal["whole", "day", "hour"]
Dimension = Literal["flow", "step", "page", "device", "unit", "channel", "language"]
Kind = Literal["page_view", "click", "transaction_start", "transaction_complete", "error", "other"]


class Asked(Schema):
    """Which figure, of which events, told apart how."""

    figure: Figure = "visits"
    by: Dimension | None = Field(None, description="What to tell apart.")
    grain: Grain = Field("whole", description="Hours are told of at most 7 days.")
    kind: Kind | None = None
    name: Words | None = Field(None, description="Name of the events; needs their kind.")
    days: Literal["7", "28", "91"] | None = Field(None, description="Up to today.")
    first: date | None = Field(None, alias="from", description="First local day.")
    last: date | None = Field(None, alias="to", description="Last local day; 366 at most.")
    flow: Words | None = Field(None, description="Only events of it; (none) for those of none.")
    step: Words | None = None
    page: Words | None = None
    device: Words | None = None
    unit: Words | None = None
    channel: Words | None = None
    language: Words | None = None


class FigureLine(Schema):
    """One figure with what it is from."""

    period: str = Field(description="A local day, the start of an hour, or blank for all days.")
    value: str = Field(description="Of the dimension; blank where events tell none.")
    figure: float | None = Field(description="Null where no event has a value.")
    events: int | None
    visits: int | None = Field(description="Distinct visits; 0 where events tell of none.")
    measured: int | None = Field(description="Events with a value.")
    suppressed: bool = Field(description="True where too few did it: all figures are null.")


class Figures(Schema):
    """The figures, those of most events first."""

    service: str
    figure: str
    by: str
    grain: str
    first: date
    last: date
    source: str = Field(description="facts, counted by the day, or lake, the events themselves.")
    smallest: int = Field(description="Fewer visits than this are never shown.")
    left_out: int = Field(description="Values with fewer events that are not told.")
    items: list[FigureLine]
    together: FigureLine | None = Field(description="All values together, over all days.")


class AskedOfChange(Schema):
    """Which figure, and the day of the change."""

    figure: Words = Field(
        description="`trust`, `satisfaction`, `visits`, `started:` or `finished:` and a flow."
    )
    on: date = Field(description="The local day of the change, which is left out.")


class ChangeAnswer(Schema):
    """What came of a change; every figure is null where too little is known."""

    service: str
    figure: str
    on: date
    last: date | None = Field(description="Last day that was looked at.")
    verdict: Literal["better", "worse", "inconclusive", "refused"]
    words: str = Field(description="The verdict, or why there is none and when to come back.")
    unit: Literal["part", "points"] | None = Field(
        description="part: of what was expected, 0.1 is a tenth more; points: 0.1 is 10 points."
    )
    effect: float | None
    low: float | None = Field(description="Null as well where people chose to answer.")
    high: float | None
    smallest: float | None = Field(description="Effect found in four of five such comparisons.")
    days_before: int | None
    days_after: int | None
    n_before: int | None = Field(description="Rounded to two digits.")
    n_after: int | None = Field(description="Rounded to two digits.")


class QuarterAsked(Schema):
    """Which quarter."""

    quarter: Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z0-9 -]*$")] = Field(
        "", description="Like FY2022 Q1; the newest with any counts when left out."
    )


class ReachPart(Schema):
    """People of one unit, channel, way, language or group of the sample."""

    name: str
    suppressed: bool = Field(description="True where too few answered: all counts are null.")
    asked: int | None = Field(None, description="Null where nobody counted.")
    opened: int | None = Field(None, description="Null where nobody counted.")
    answered: int | None = None
    rate: float | None = Field(None, description="Answered of asked; null: not computable.")
    low: float | None = None
    high: float | None = None


class ReachSpread(Schema):
    """How values spread: each rounded up as the page says."""

    n: int
    median: int
    low: int | None = Field(description="Of the median, 95 %; null where people chose to answer.")
    high: int | None
    p90: int
    limit: int
    share_within: float = Field(description="The share at or below the limit.")


class ReachRate(Schema):
    """A response rate by AAPOR's name."""

    name: str
    formula: str
    answered: int | None
    asked: int | None
    rate: float | None = Field(description="Null: not computable, for the reason given.")
    low: float | None
    high: float | None
    reason: str


class ReachQuestion(Schema):
    """A closed question of the answers that were sent."""

    text: str
    shown: int
    answered: int
    last: int | None = Field(description="How many answered it last; null: too few to show.")


class ReachMessages(Schema):
    """The messages of one channel, and what became of them."""

    channel: str = Field(description="email or sms.")
    drawn: int
    reached: int = Field(description="Sent, and neither came back nor was called unwanted.")
    returned: int
    left_alone: int = Field(description="For a reason, or because it was too late.")
    waiting: int
    in_doubt: int


class ReachTold(Schema):
    """How far a survey reached people in one quarter, and how soon."""

    quarter: str
    smallest: int
    everybody: ReachPart
    invitations: dict[str, int] = Field(description="Interactions handed over, by state.")
    left_alone: dict[str, int] = Field(description="Drawn and not asked, by reason.")
    messages: list[ReachMessages] = Field(description="By email and by text, where used.")
    minutes_to_message: ReachSpread | None
    hours_to_answer: ReachSpread | None
    seconds_to_answer: ReachSpread | None
    response_rates: list[ReachRate]
    parts: dict[str, list[ReachPart]]
    questions: list[ReachQuestion]


class PlannedCollection(Schema):
    """One effort to ask people something, here or in another system."""

    agency: str
    title: str
    about: str
    provider: str = Field(description="Code of the High-Impact Service Provider, blank for none.")
    level: str
    timing: str
    months: list[int] = Field(description="Of the fiscal year, 1 to 12, in which it asks.")
    population: str
    control_number: str
    expires_on: date | None
    active: bool
    survey: str = Field(description="Its code here; blank when it runs elsewhere.")
    people: int | None = Field(description="Who could be asked in a year; null: not known.")
    invitations: float | None = Field(description="A year; null: not known.")
    answers: float | None
    minutes: float | None = Field(description="Of one answer.")
    hours: float | None = Field(description="A year.")
    is_most: bool = Field(description="True where hours are the most there can be.")
    contact_rules_hold: bool
    meets: list[str] = Field(description="Titles of others that meet the same people.")


class PlannedLoad(Schema):
    """What the customers of one service can expect in a year."""

    agency: str
    customers_of: str = Field(description="A service; blank for all customers of the agency.")
    invitations_a_person: float | None = Field(description="Null: not known.")
    contact_rules_allow: int = Field(description="0: no limit.")
    too_much: bool
    collections: list[str]
    not_known_of: list[str]


class MeasurementPlan(Schema):
    """Whom is asked, when, and whether it is too much."""

    collections: list[PlannedCollection]
    loads: list[PlannedLoad]
