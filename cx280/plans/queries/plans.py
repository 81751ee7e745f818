"""Plans with their actions: what is wrong with them, and how far each action has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from cx280.kernel.finding import Finding
from cx280.plans.checks import check
from cx280.plans.models import Action, ActionPlan, Remark
from cx280.plans.queries.measures import reading_of, words_of
from cx280.plans.queries.reviews import remark_on
from cx280.plans.queries.templates import template_of
from cx280.plans.rules.facts import ActionFacts, PlanFacts
from cx280.plans.rules.progress import Progress, Reading, is_overdue, progress
from cx280.services.queries import designated_services


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with its measure's words, what it says now and how far it has come.

    remark: what OMB said of it, while the plan is returned.
    """

    action: Action
    measure: str
    reading: Reading
    progress: Progress
    overdue: bool
    remark: Remark | None = None


def actions_in(plan: ActionPlan) -> list[Action]:
    """The plan's actions with their services and pain points, in the order they were added."""
    return list(
        plan.actions.select_related("service__owner", "pain_point").prefetch_related(
            "pain_point__evidence"
        )
    )


def facts_of(plan: ActionPlan, today: date) -> PlanFacts:
    """The plan as its checks read it; services are designated as of today."""
    designated = list(designated_services(plan.hisp, on=today).order_by("name"))
    codes = {each.pk for each in designated}
    return PlanFacts(
        provider=plan.hisp.name,
        fiscal_year=plan.fiscal_year,
        designated=[each.name for each in designated],
        actions=[
            _facts(at, each, is_designated=each.service_id in codes)
            for at, each in enumerate(actions_in(plan), start=1)
        ],
        told=plan.told,
        template=template_of(plan),
    )


def _facts(number: int, action: Action, *, is_designated: bool) -> ActionFacts:
    point = action.pain_point
    return ActionFacts(
        number=number,
        change=action.change,
        service=action.service.name,
        is_designated=is_designated,
        owner=action.owner,
        starts_on=action.starts_on,
        ends_on=action.ends_on,
        measure=words_of(action.service, action.measure),
        baseline=action.baseline,
        target=action.target,
        pain_point=point.words if point else "",
        evidence=[each.words for each in point.evidence.all()] if point else [],
        human_centered=action.human_centered,
        idea=action.idea,
        status=action.status,
        told=action.told,
    )


def findings_of(plan: ActionPlan, today: date) -> list[Finding]:
    """What the checks find today."""
    return check(facts_of(plan, today))


def lines_of(plan: ActionPlan, today: date) -> list[ActionLine]:
    """Each action with how far it has come."""
    return [line_of(each, today) for each in actions_in(plan)]


def line_of(action: Action, today: date) -> ActionLine:
    """One action with how far it has come."""
    reading = reading_of(action.service, action.measure, today)
    return ActionLine(
        action=action,
        measure=words_of(action.service, action.measure),
        reading=reading,
        progress=progress(action.baseline, action.target, reading),
        overdue=is_overdue(action.ends_on, action.status, today),
        remark=remark_on(action),
    )


def action_counts(plans: Iterable[ActionPlan]) -> dict[int, int]:
    """How many actions each has; one query, plans without any left out."""
    rows = Action.objects.filter(plan__in=[each.pk for each in plans]).order_by()
    return dict(rows.values_list("plan").annotate(Count("pk")))


def plan_before(plan: ActionPlan) -> ActionPlan | None:
    """The provider's plan of the year before, or None."""
    return ActionPlan.objects.filter(hisp=plan.hisp, fiscal_year=plan.fiscal_year - 1).first()
