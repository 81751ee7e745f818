"""Switches messages of a survey on, and keeps how they are sent."""

from __future__ import annotations

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.models import Mailing
from cx280.kernel.problem import Conflict
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.vocabulary import Placement


@implements("280.10-k4")
def save_mailing(
    survey: Survey, *, by: Person | None, sender: str, reminder_hours: int, is_on: bool = True
) -> Mailing:
    """How the survey's messages are sent from now on.

    Raises Conflict for a survey that is not placed as a message: its offers would not be counted
    as the plan and the reports say.
    """
    if is_on and draft_of(survey).placement is not Placement.MESSAGE:
        raise Conflict(
            "This survey is not placed as a message.",
            rule="280.10-k4",
            fix="Choose “A message sent soon after” around its questions, and open that version.",
        )
    values = {"sender": " ".join(sender.split()), "reminder_hours": reminder_hours, "is_on": is_on}
    with transaction.atomic():
        kept, _ = Mailing.objects.update_or_create(survey=survey, defaults=values)
        record(
            actor=by.email if by else "system",
            action="change_mailing",
            subject=subject_of(survey),
            organization=agency_of(survey.service.owner).code,
            detail=values,
        )
    return kept
