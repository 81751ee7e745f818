"""What happens to surveys by itself: they close when their clearance ends."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
from cx280.clearance.queries import covers
from cx280.surveys.actions import close_survey
from cx280.surveys.models import Survey
from cx280.surveys.queries import clearance_findings


@implements("280.11-a1")
def close_expired(on: date) -> int:
    """Closes every open survey whose clearance is not in force that day; gives how many.

    Safe to run twice: what is closed is not open any more.
    """
    closed = 0
    for survey in Survey.objects.filter(state=Survey.State.OPEN).select_related(
        "service__owner", "collection__clearance"
    ):
        if not covers(survey.collection, on):
            close_survey(survey, by=None, because=_why(survey, on), on=on)
            closed += 1
    return closed


def _why(survey: Survey, on: date) -> str:
    found = clearance_findings(survey, on)
    return found[0].message if found else "No clearance covers it any more."
