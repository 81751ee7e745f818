"""What programs send about incidents, and what they are answered."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema
from pydantic import ConfigDict

from cx280.accounts.schemas import Page, Slice
from cx280.alarms.rules.vocabulary import Cause, Kind, State

_STATES = "One of: " + ", ".join(State) + "."


class IncidentsAsked(Slice):
    """Which incidents to give."""

    going_on: bool = Field(False, description="Only those that are not over.")


class Word(Schema):
    """What stands in the history of the incident."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field("", max_length=500)


class FigureTold(Schema):
    """One watched figure of an incident, as it was when it was told."""

    service: str = Field(description="The code of the service.")
    kind: str = Field(description="One of: " + ", ".join(Kind) + ".")
    key: str = Field(description="Which event, flow, step or question.")
    label: str
    period: datetime
    end: datetime
    since: datetime = Field(description="When the change began.")
    seen: float | None = Field(description="A count, or a share between 0 and 1; null: too few.")
    low: float | None
    high: float | None
    n: int | None = Field(description="What a share is of, or what was counted; null: too few.")
    silent: bool
    words: str | None = Field(description="The explanation; null: too few to show.")
    over_at: datetime | None


class FlipTold(Schema):
    """One step of the history."""

    number: int
    before: str | None = Field(description=_STATES + " Null for the first.")
    after: str = Field(description=_STATES)
    cause: str = Field(description="One of: " + ", ".join(Cause) + ".")
    at: datetime
    by: str | None = Field(description="The name of the person.")
    note: str


class IncidentTold(Schema):
    """An incident in words, as far as you may see it."""

    pk: int
    state: str = Field(description=_STATES)
    opened_at: datetime
    what: str
    where: str
    how_bad: str
    how_rare: str
    since: datetime
    owner: str | None = Field(description="The name of the person.")
    snoozed_until: datetime | None
    resolved_at: datetime | None
    action_text: str
    action_url: str
    minutes_to_acknowledge: float | None
    minutes_to_resolve: float | None
    figures: list[FigureTold]


class IncidentWhole(IncidentTold):
    """The same with its history."""

    history: list[FlipTold]


class Incidents(Page):
    """Incidents, the newest first."""

    items: list[IncidentTold]
