"""What programs send about plans and interactions, and what they are answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict, StringConstraints

from cx280.delivery.rules.handed import LONGEST_ID
from cx280.delivery.rules.sampling import LEAST_RATE as LEAST
from cx280.delivery.rules.sizes import LEAST_RATE, Sureness
from cx280.delivery.rules.vocabulary import Method, PersonKind, Reason, State, StrataBy

_STRICT = ConfigDict(extra="forbid")
MOST_AT_ONCE = 1000
Rate = Annotated[float, Field(ge=LEAST, le=1)]
Word60 = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]


class SamplingPlanToKeep(Schema):
    """How a survey draws its sample from now on."""

    model_config = _STRICT

    method: str = Field(description="One of: " + ", ".join(Method) + ".")
    rate: Rate = Field(description="The chance of each interaction; of groups not named.")
    strata_by: str = Field("unit", description="One of: " + ", ".join(StrataBy) + ".")
    rates: dict[Word60, Rate] = Field({}, description="Rates of groups, when stratified.")
    share: int = Field(10, ge=1, le=100, description="Of the turns, beside other surveys.")
    seed: str = Field("", max_length=64, description="Empty: a random one.")


class SamplingPlanTold(Schema):
    """A plan as it stands."""

    number: int
    method: str
    rate: float
    strata_by: str
    rates: dict[str, float]
    share: int
    seed: str
    since: datetime


class GroupTold(Schema):
    """One group of the sample."""

    group: str
    handed_over: int
    drawn: int
    asked: int
    lowest_probability: float
    highest_probability: float
    weight: float | None = Field(description="Interactions that each one asked stands for.")


class Days(Schema):
    """How far back to look."""

    days: int = Field(90, ge=1, le=3650)


class SampleTold(Schema):
    """What became of the interactions of the last days."""

    days: int
    handed_over: int
    drawn: int
    asked: int
    suppressed: dict[str, int] = Field(
        description="Drawn and left alone, by reason: " + ", ".join(Reason) + "."
    )
    groups: list[GroupTold]


class InteractionGiven(Schema):
    """An interaction that a program may want to ask about."""

    model_config = _STRICT

    interaction: str = Field(
        min_length=1, max_length=LONGEST_ID, description="Your own id; the same id is the same one."
    )
    known_as: str = Field(
        "", max_length=320,
        description="An address or id of whoever it was with. Kept as a keyed hash only.",
    )  # fmt: skip
    kind: str = Field("person", description="One of: " + ", ".join(PersonKind) + ".")
    unit: Word60 = ""
    language: str = Field("", pattern=r"^([a-zA-Z]{2,3}(-[A-Za-z0-9]{1,8})*)?$", max_length=12)
    stratum: Word60 = ""
    ended_at: AwareDatetime | None = Field(None, description="With its time zone.")


class InteractionsGiven(Schema):
    """Up to 1,000 interactions."""

    model_config = _STRICT

    interactions: list[InteractionGiven] = Field(min_length=1, max_length=MOST_AT_ONCE)


class DecisionTold(Schema):
    """Whether to ask about one interaction; weight: how many it stands for when drawn."""

    interaction: str
    ask: bool
    state: str = Field(description="One of: " + ", ".join(State) + ".")
    reason: str = Field(description="Why it is left alone; empty otherwise.")
    stratum: str
    probability: float
    weight: float
    plan: int
    seed: str
    is_new: bool = Field(description="False: it had been decided about before.")
    link: str = Field(description="Where the survey is answered; empty when not asked.")


class DecisionsTold(Schema):
    """The decisions, in the order the interactions were given."""

    decisions: list[DecisionTold]


class SizeAsked(Schema):
    """How sure somebody wants to be."""

    points: float = Field(5, ge=0.1, le=50)
    sureness: str = Field("very", description="One of: " + ", ".join(Sureness) + ".")
    population: int | None = Field(None, ge=1, le=10**9)
    response_rate: float = Field(0.11, ge=LEAST_RATE, le=1)


class SizeTold(Schema):
    """What it takes, and what it costs the public."""

    answers: int
    invitations: int
    rate: float | None
    minutes: float
    reachable: bool
    points: float


class ContactRulesKept(Schema):
    """How often all surveys of an agency together may ask one person."""

    model_config = _STRICT

    quiet_days: int = Field(ge=0, le=730)
    most_per_year: int = Field(ge=0, le=365, description="0: no limit.")
    patience_days: int = Field(ge=0, le=365, description="Days a turn is kept for its survey.")


class Ended(Schema):
    """An interaction that has ended, and who to write to about it."""

    model_config = _STRICT

    interaction: str = Field(min_length=1, max_length=LONGEST_ID)
    address: str = Field(
        "", max_length=320, description="Kept encrypted, and only until it is sent."
    )
    phone: str = Field(
        "", max_length=40, description="A number that can be texted; kept like an address."
    )
    channel: str = Field(
        "",
        max_length=10,
        description="email or sms; blank: email where there is an address, sms otherwise.",
    )
    consent: bool = Field(
        False, description="That the person agreed to be texted; without it nobody is."
    )
    recipient_time_zone: str = Field(
        "",
        max_length=40,
        description="Where the person is, for texts by day; blank: where the area code is.",
    )
    ended_at: AwareDatetime = Field(description="With its time zone.")
    service: str = Field("", max_length=200, description="The service's code or name, to be sure.")
    unit: Word60 = ""
    language: str = Field("", pattern=r"^([a-zA-Z]{2,3}(-[A-Za-z0-9]{1,8})*)?$", max_length=12)
    stratum: Word60 = ""


class EndedOnes(Schema):
    """Up to 1,000 interactions that have ended."""

    model_config = _STRICT

    interactions: list[Ended] = Field(min_length=1, max_length=MOST_AT_ONCE)


class FindingOfRow(Schema):
    """What is wrong or odd with one interaction, by its place from 0."""

    interaction: int
    finding: str


class HandOverTold(Schema):
    """What became of the interactions handed over."""

    rows: int
    accepted: int
    known: int = Field(description="Handed over before.")
    refused: int
    findings: list[FindingOfRow]


class LagTold(Schema):
    """Minutes from the end of an interaction to its message."""

    n: int
    median: float
    p90: float
    within: int
    limit_hours: int
    share_within: float


class ChannelTold(Schema):
    """The messages of one channel."""

    channel: str = Field(description="email or sms.")
    states: dict[str, int]
    offered: int
    delivered: int = Field(description="As the provider of texts says.")
    parts: int = Field(description="Texts that were paid for.")
    lag: LagTold | None


class ProgressTold(Schema):
    """What became of the messages of the last days."""

    days: int
    drawn: int
    states: dict[str, int] = Field(description="Messages by state: " + ", ".join(State) + ".")
    reminded: int
    offered: int = Field(description="Messages that reached somebody.")
    started: int
    answered: int = Field(description="Nobody knows which message an answer came from.")
    lag: LagTold | None
    channels: list[ChannelTold]


class ReportGiven(Schema):
    """What a mail system says of a message."""

    model_config = _STRICT

    message: str = Field(min_length=32, max_length=300, description="The Message-ID.")
    kind: Literal["bounced", "complained"]


class ReportTold(Schema):
    """Whether it changed anything."""

    is_new: bool
