"""What a provider owes and promised: obligations, assessment, Action Plan, last year's talk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cx280.capacity.models import AssessmentVersion
from cx280.circular.implements import implements
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Kind
from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import lines_of
from cx280.oversight.rules.briefing.duties import Assessed, Duty
from cx280.oversight.rules.briefing.progress import Commitment, Plan
from cx280.plans.models import ActionPlan
from cx280.plans.queries.plans import ActionLine
from cx280.plans.queries.plans import lines_of as action_lines
from cx280.services.models import Hisp


def duties_of(hisp: Hisp, fiscal_year: int, today: date) -> list[Duty]:
    """What the provider owes for the year and owed for the year before."""
    rows = Obligation.objects.filter(hisp=hisp, fiscal_year__in=(fiscal_year - 1, fiscal_year))
    return [
        Duty(
            each.obligation.code,
            each.obligation.name,
            each.obligation.whose,
            each.obligation.period,
            each.obligation.due,
            each.state,
            each.met_on,
            each.when,
        )
        for each in lines_of(rows, today)
    ]


@implements("280.14-d2", "280.17-c1")
def assessed_in(hisp: Hisp, fiscal_year: int) -> Assessed:
    """The results of the year's Capacity Assessment as OMB was handed it last; none before."""
    given = AssessmentVersion.objects.filter(
        assessment__hisp=hisp, assessment__fiscal_year=fiscal_year, given_at__isnull=False
    )
    found = given.order_by("-number").first()
    if found is None:
        return Assessed(fiscal_year)
    return Assessed(
        fiscal_year,
        [(each["name"], _level(each), each["evidenced"]) for each in found.content["functions"]],
        [f"{each['words']} ({each['status']})" for each in found.content["improvements"]],
    )


def _level(function: Mapping[str, Any]) -> str:
    if function["level"] is None:
        return "Not evidenced"
    return f"{function['level']}, {function['level_name'].lower()}"


def plan_of(hisp: Hisp, fiscal_year: int, smallest: int, today: date) -> Plan | None:
    """The latest plan sent before the year's own, which commits for the year or one before it."""
    found = (
        ActionPlan.objects.filter(
            hisp=hisp, fiscal_year__lt=fiscal_year, submitted_at__isnull=False
        )
        .order_by("-fiscal_year")
        .first()
    )
    if found is None:
        return None
    actions = [_commitment(each) for each in action_lines(found, today)]
    return Plan(found.budget_year, actions, smallest)


def _commitment(line: ActionLine) -> Commitment:
    action = line.action
    return Commitment(
        action.change,
        action.service.name,
        line.measure,
        action.baseline,
        action.target,
        line.reading,
        line.progress,
        action.get_status_display(),
        line.overdue,
    )


def asked_on(hisp: Hisp, day: date) -> date | None:
    """The day of the last deep dive before that day, or None."""
    held = Discussion.objects.filter(hisp=hisp, kind=Kind.DEEP_DIVE.value, held_on__lt=day)
    return held.order_by("-held_on").values_list("held_on", flat=True).first()
