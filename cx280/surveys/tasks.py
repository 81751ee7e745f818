"""What happens to surveys by itself: they close when their clearance ends."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
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
        stops = [each for each in clearance_findings(survey, on) if each.severity == "error"]
        if stops:
            close_survey(survey, by=None, because=stops[0].message, on=on)
            closed += 1
    return closed
