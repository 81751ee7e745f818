"""Reads what the calculator needs to know of a survey, and works its sizes out."""

from __future__ import annotations

from typing import Any

from cx280.delivery.rules.sizes import Size, Sureness, size_for
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.vocabulary import Placement

# Medians of Federal reports, FY2021 to FY2023; what an agency measured itself is better.
_USUAL_RATES = {
    Placement.KIOSK: 0.27,
    Placement.MESSAGE: 0.11,
    Placement.PROMPT: 0.04,
    Placement.LINK: 0.006,
}


def minutes_of(survey: Survey) -> float:
    """The minutes of burden of one answer: as cleared, else as estimated from the questions."""
    if survey.collection is not None:
        return float(survey.collection.minutes)
    return minutes(draft_of(survey))


def usual_size(survey: Survey, handed: int) -> dict[str, Any]:
    """What the calculator starts with; handed: interactions of the period, 0 when not known."""
    return {
        "sureness": Sureness.VERY,
        "points": 5,
        "population": handed or None,
        "response_rate": _USUAL_RATES[draft_of(survey).placement],
    }


def size_of(
    survey: Survey,
    *,
    sureness: str,
    points: float,
    population: int | None,
    response_rate: float,
) -> Size:
    """How many answers and invitations it takes."""
    return size_for(
        points=points,
        sureness=Sureness.of(sureness),
        population=population,
        response_rate=response_rate,
        minutes_each=minutes_of(survey),
    )
