"""What the APIs tell of a life experience."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from cx280.accounts.schemas import Page


class ServiceOnTheWay(Schema):
    """A service people need on the way."""

    service: str = Field(description="Its code.")
    name: str
    agency: str
    needed_for: str
    has_published_figures: bool


class MilestoneTold(Schema):
    """What is to be reached, by which day."""

    name: str
    due: date
    state: str = Field(description="planned, underway, done or dropped.")
    done_on: date | None
    late: bool


class Side(Schema):
    """What one service published last. Shares lie between 0 and 1."""

    service: str
    name: str
    agency: str
    quarter: str
    question: str
    key: str = Field(description="Compare figures only where it is equal.")
    share: float | None
    low: float | None = Field(description="null: no margin of error applies, or too few to show.")
    high: float | None
    n: int | None
    too_few_to_show: bool
    source: str
    not_comparable_because: str | None


class Comparable(Schema):
    """Services that asked the same in the same way."""

    key: str
    asked: str
    services: list[Side]


class JoinedMeasure(Schema):
    """Figures side by side: never averaged, never added up."""

    about: str = Field(description="The construct: trust or satisfaction.")
    comparable: list[Comparable]
    alone: list[Side]


class LifeExperienceTold(Schema):
    """A designated life experience."""

    code: str
    name: str
    story: str
    lead: str | None
    led_with: str = Field(description="Offices at OMB and the President’s Management Council.")
    designated_on: date | None
    ended_on: date | None
    charter: str | None = Field(description="Where its charter can be read.")
    charter_published_on: date | None
    members: list[str]
    services: list[ServiceOnTheWay]
    milestones: list[MilestoneTold]
    next_milestone: str | None
    measures: list[JoinedMeasure]
    simulated: bool


class LifeExperiences(Page):
    """Life experiences by name."""

    items: list[LifeExperienceTold]
