"""What programs are told of journeys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from cx280.accounts.schemas import Page, Slice


class JourneysAsked(Slice):
    """Which journeys to give."""

    service: str = Field(
        "", pattern=r"^[-a-zA-Z0-9_]{0,80}$", description="Only of the service with that code."
    )


class JourneyLine(Schema):
    """A journey in a list."""

    id: int
    name: str
    service: str = Field(description="The code of the service.")
    steps: int
    moments: int = Field(description="How many steps are moments that matter.")
    asked: int = Field(description="For how many of these a survey asks.")
    cross_agency: bool = Field(description="Whether several agencies own steps; derived.")
    changed_at: datetime | None


class Journeys(Page):
    """Journeys by service and name."""

    items: list[JourneyLine]


class JourneyWhole(JourneyLine):
    """A journey whole."""

    journey: dict[str, Any] = Field(
        description="As its file carries it: name, goal, customers, steps with their lanes."
    )
