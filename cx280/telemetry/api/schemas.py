"""What programs send about sites, plans and flows, and what they are answered."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema
from pydantic import ConfigDict

from cx280.accounts.schemas import FindingTold, Page
from cx280.telemetry.rules.vocabulary import EventKind, FlowState, Turn

_STRICT = ConfigDict(extra="forbid")
_KINDS = "One of: " + ", ".join(EventKind) + "."
_STATES = "One of: " + ", ".join(FlowState) + "."


class SiteToKeep(Schema):
    """A site and its terms. What is left out is empty; a running site keeps what it needs."""

    model_config = _STRICT

    name: str
    origins: list[str] = Field([], max_length=100, description="Empty: anywhere.")
    tier: int | None = Field(None, description="Usage tier of OMB M-10-22: 1, 2 or 3.")
    purpose: str = ""
    retention_days: int | None = Field(None, description="How long single events are kept.")
    opt_out: str = ""
    notice_on: date | None = None
    cio_approver: str = ""
    names: list[str] = Field([], max_length=500, description="Event names taken. Empty: any.")
    properties: list[str] = Field([], max_length=500, description="Empty: none.")
    queries: list[str] = Field([], max_length=500, description="Query keys kept. Empty: none.")


class Site(Schema):
    """A site as it stands."""

    pk: int
    key: str = Field(description="As the script tag carries it.")
    service: str
    name: str
    enabled: bool
    tier: int | None
    purpose: str
    retention_days: int | None
    opt_out: str
    notice_on: date | None
    cio_approver: str | None = Field(description="Only for those who may change the site.")
    origins: list[str]
    names: list[str]
    properties: list[str]
    queries: list[str]
    script: str = Field(description="The line for the head of every page.")
    missing: list[FindingTold] = Field(description="What stands between it and being enabled.")


class Sites(Page):
    """Sites by name."""

    items: list[Site]


class MetricInPlan(Schema):
    """The events a metric counts, and what is done at which value. What is empty matches any."""

    model_config = _STRICT

    metric: str
    kind: str = Field(description=_KINDS)
    event: str = ""
    flow: str = ""
    step: str = ""
    planned_action: str = ""
    turn: str = Field(Turn.BELOW.value, description="below or above: on which side it is done.")
    threshold: float | None = None
    unit: str = ""


class QuestionInPlan(Schema):
    """A strategic question, the insight wanted, and the metrics that would give it."""

    model_config = _STRICT

    question: str
    insight: str = ""
    metrics: list[MetricInPlan] = Field([], max_length=100)


class PlanToKeep(Schema):
    """A whole plan, as it is downloaded; questions and metrics are known by their words."""

    model_config = _STRICT

    service: str = Field("", max_length=80, description="Whose plan it was; not looked at.")
    questions: list[QuestionInPlan] = Field(max_length=100)


class Plan(Schema):
    """The plan as it stands, with what it lacks."""

    service: str
    questions: list[QuestionInPlan]
    findings: list[FindingTold]


class Step(Schema):
    """A step of a flow; without a key, one is made of its name."""

    model_config = _STRICT

    key: str = ""
    name: str


class FlowToKeep(Schema):
    """A flow and its steps in order."""

    model_config = _STRICT

    name: str
    launched_on: date
    steps: list[Step] = Field([], max_length=100)
    key: str = Field("", description="Left out: what it is, or made of the name.")


class ChangeToKeep(Schema):
    """That the flow changed on a day."""

    model_config = _STRICT

    state: str = Field(description=_STATES)
    on: date
    note: str = ""
    successor: str = Field("", description="Key of the flow that takes over a deprecated one.")


class FlowChange(Schema):
    """A change that was kept."""

    state: str
    on: date
    note: str


class Flow(Schema):
    """A flow with its life."""

    pk: int
    key: str
    service: str
    name: str
    steps: list[Step]
    launched_on: date
    state: str
    replaced_by: str | None = Field(description="Key of the flow that took over.")
    first_event_on: date | None
    changes: list[FlowChange]
    findings: list[FindingTold]


class Flows(Page):
    """Flows in use first, newest on top."""

    items: list[Flow]
