"""What programs send about requests and studies, and what they are answered."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import ConfigDict

from cx280.accounts.schemas import Code, Number, Page
from cx280.paperwork.rules.states import State, Step
from cx280.paperwork.rules.studies import StudyKind

_STRICT = ConfigDict(extra="forbid")
Words = Annotated[str, Field(max_length=5000)]


class RequestToStart(Schema):
    """What a request is about, and the clearance to ask under."""

    model_config = _STRICT

    clearance: Number = Field(description="The clearance's number in cx280, as its page has it.")
    survey: Code | None = Field(None, description="The survey's code.")
    study: Number | None = Field(None, description="Or the study's number.")


class AnswersToKeep(Schema):
    """The answers of a draft, whole; what is left out becomes empty."""

    model_config = _STRICT

    revision: Number = Field(description="The one you read; 409 when somebody saved since.")
    answers: dict[str, Any] = Field(description="Fields of the template, as a request has them.")


class StepToTake(Schema):
    """A step of the way, with the day it happened."""

    model_config = _STRICT

    step: str = Field(description="One of: " + ", ".join(Step) + ".")
    on: date
    note: Words = Field("", description="Questions, conditions, reasons.")


class FoundTold(Schema):
    """One finding of a request."""

    rule: str
    severity: str
    where: str | None
    message: str
    fix: str


class StepTold(Schema):
    """One step of a request's history."""

    step: str
    state: str
    on: date
    note: str
    recorded_at: datetime


class RequestTold(Schema):
    """A request as it stands."""

    number: int
    title: str
    state: str = Field(description="One of: " + ", ".join(State) + ".")
    control_number: str
    survey: str | None
    study: int | None
    respondents: int = Field(description="Of the public.")
    hours: Decimal = Field(description="Burden of the public, rounded to 0.01.")
    decided_on: date | None
    conditions: str


class RequestWhole(RequestTold):
    """A request with its answers, findings and history."""

    revision: int
    answers: dict[str, Any]
    findings: list[FoundTold]
    may_sign: bool
    history: list[StepTold]


class RequestsTold(Page):
    """A slice of the requests."""

    items: list[RequestTold]


class StudyTold(Schema):
    """A study: what it takes, and who came."""

    number: int
    title: str
    kind: str = Field(description="One of: " + ", ".join(StudyKind) + ".")
    starts_on: date
    ends_on: date
    planned: int
    minutes: Decimal
    took_part: int | None
    employees: int
    control_number: str | None
    open_findings: int


class StudiesTold(Page):
    """A slice of the studies."""

    items: list[StudyTold]


class SegmentTold(Schema):
    """What a service takes of a segment; null where too few people stand behind it."""

    segment: str = Field(description="Empty for everybody not named apart.")
    observed: int | None = Field(description="People asked or timed; 0 for a calculation.")
    people: int | None = Field(description="Who go through it in a year.")
    learning: Decimal | None = Field(description="Minutes of one person to find out.")
    compliance: Decimal | None = Field(description="Minutes of one person to comply.")
    hours: Decimal | None = Field(description="Of all in a year.")
    dollars: Decimal | None = Field(description="Of all in a year, besides fees.")
    strain: Decimal | None = Field(description="1 to 5, a scale of this project.")


class SparedTold(Schema):
    """What a change spared people in a year."""

    title: str
    changed_on: date
    hours: Decimal
    dollars: Decimal


class BurdenTold(Schema):
    """The burden inventory of a service by segment, and what changes spared."""

    segments: list[SegmentTold]
    changes: list[SparedTold]
