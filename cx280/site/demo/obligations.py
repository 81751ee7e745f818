"""What the simulated providers owe, and what they handed in for it: most on time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.deep_dive.models import Discussion
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.actions.handing_in import record_submission, sign_submission
from cx280.obligations.models import Obligation, Submission
from cx280.obligations.rules.states import needs_signature
from cx280.obligations.rules.vocabulary import Code
from cx280.plans.models import ActionPlan

_DOCUMENTS = {
    Code.CAPACITY_ASSESSMENT.value: "CX Capacity Assessment",
    Code.DEEP_DIVE.value: "Deep dive with OMB, briefing slides",
    Code.ACTION_PLAN.value: "CX Action Plan",
}
# Days before the due date on which each was handed in; one came late.
_EARLY = {
    Code.CAPACITY_ASSESSMENT.value: 6,
    Code.DEEP_DIVE.value: -5,
    Code.ACTION_PLAN.value: 2,
}


def add_obligations(people: dict[str, Person], today: date) -> int:
    """How many obligations there are; those of past days that are recorded by hand are met."""
    bring_up(today)
    lead, official = people["cx_lead"], people["accountable_official"]
    past = Obligation.objects.filter(code__in=_DOCUMENTS, due__lt=today - timedelta(days=10))
    # What is kept here counts by itself.
    kept_here = {
        (Code.ACTION_PLAN.value, *each)
        for each in ActionPlan.objects.values_list("hisp", "fiscal_year")
    } | {
        (Code.DEEP_DIVE.value, *each)
        for each in Discussion.objects.values_list("hisp", "fiscal_year")
    }
    for row in past.select_related("hisp__organization"):
        if (row.code, row.hisp_id, row.fiscal_year) in kept_here:
            continue
        day = row.due - timedelta(days=_EARLY[row.code])
        _hand_in(row, day, lead, official)
    return Obligation.objects.count()


def _hand_in(row: Obligation, day: date, lead: Person, official: Person) -> None:
    at = timezone.make_aware(datetime.combine(day, time(15)))
    kept: Submission = record_submission(
        row, submitted_on=day, document=f"{_DOCUMENTS[row.code]} {row.period}", by=lead, now=at
    )
    if needs_signature(row.code):
        sign_submission(kept, by=official, now=at + timedelta(hours=1))
