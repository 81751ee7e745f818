"""Who may see and write which plan: the object, or NotFound."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.plans.models import Action, ActionPlan, PainPoint, PlanVersion
from cx280.plans.rules.vocabulary import Stage
from cx280.services.models import Hisp, Service


def sees_all(person: Person) -> bool:
    """Whether the person looks at all agencies, and so at what was sent only."""
    return Capability.SEE_GOVERNMENT in capabilities_of(person)


def plans_to_see(person: Person) -> QuerySet[ActionPlan]:
    """The plans of the person's providers; who sees all agencies sees those that were sent."""
    mine = organizations_where(person, Capability.SEE_QUARTERS)
    found = ActionPlan.objects.filter(
        Q(hisp__organization__in=mine) | Q(actions__service__owner__in=mine)
    ).distinct()
    return found.filter(submitted_at__isnull=False) if sees_all(person) else found


def plan_to_see(person: Person, pk: int) -> ActionPlan:
    """The plan; raises NotFound when the person may not see it."""
    found = (
        plans_to_see(person).select_related("hisp__organization", "signed_by").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound("There is no such plan, or it is not one of yours.")
    return found


def action_to_see(person: Person, plan: int, pk: int) -> Action:
    """An action of a plan the person may see."""
    found = (
        plan_to_see(person, plan)
        .actions.select_related("plan__hisp__organization", "service__owner", "pain_point")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound("This plan has no such action.")
    return found


def points_to_see(person: Person) -> QuerySet[PainPoint]:
    """The pain points of the person's services, each with the actions the person may see.

    Who sees all agencies sees those that an action of a plan that was sent answers.
    """
    mine = organizations_where(person, Capability.SEE_SERVICES)
    found, actions = PainPoint.objects.filter(service__owner__in=mine), Action.objects.all()
    if sees_all(person):
        actions = actions.filter(plan__submitted_at__isnull=False)
        found = found.filter(actions__in=actions).distinct()
    return found.select_related("service__owner").prefetch_related(
        "evidence__study", "evidence__insight", Prefetch("actions", actions.select_related("plan"))
    )


def hisps_to_plan(person: Person) -> QuerySet[Hisp]:
    """The providers the person may write a plan of."""
    mine = organizations_where(person, Capability.EDIT_QUARTERS)
    return Hisp.objects.filter(organization__in=mine).order_by("name")


def drafts_to_write(person: Person, service: Service) -> list[ActionPlan]:
    """The drafts of the service's provider that the person may add an action to, newest first."""
    if service.hisp is None or not may(person, Capability.EDIT_QUARTERS, service.hisp.organization):
        return []
    return list(
        ActionPlan.objects.filter(
            hisp=service.hisp, stage__in=[Stage.DRAFT.value, Stage.RETURNED.value]
        )
    )


def may_write(person: Person, plan: ActionPlan) -> bool:
    """Whether the person writes the plan while it is a draft."""
    return may(person, Capability.EDIT_QUARTERS, plan.hisp.organization)


def may_sign(person: Person, plan: ActionPlan) -> bool:
    """Whether the person is the official who signs it."""
    return may(person, Capability.CERTIFY_QUARTERS, plan.hisp.organization)


def may_send(person: Person, plan: ActionPlan) -> bool:
    """Whether the person sends it to OMB."""
    return may(person, Capability.SUBMIT_QUARTERS, plan.hisp.organization)


def may_publish(person: Person, plan: ActionPlan) -> bool:
    """Whether the person publishes it for OMB."""
    return may(person, Capability.PUBLISH, plan.hisp.organization)


def may_review(person: Person, plan: ActionPlan) -> bool:
    """Whether the person decides about it for OMB."""
    return may(person, Capability.REVIEW_QUARTERS, plan.hisp.organization)


def version_to_see(
    person: Person, plan: ActionPlan, number: int | None = None
) -> PlanVersion | None:
    """The version with that number, or the latest; who sees all agencies sees what was sent."""
    rows = plan.versions.order_by("-number")
    if sees_all(person):
        rows = rows.filter(sent_at__isnull=False)
    if number is None:
        return rows.first()
    found = rows.filter(number=number).first()
    if found is None:
        raise NotFound("This plan has no such version.")
    return found


def services_of(plan: ActionPlan) -> QuerySet[Service]:
    """The services an action of the plan may be for."""
    return Service.objects.filter(hisp=plan.hisp).select_related("owner").order_by("name")


def published(hisp: str, fiscal_year: int) -> PlanVersion:
    """The latest published version; public. Raises NotFound when there is none."""
    found = (
        PlanVersion.objects.filter(
            plan__hisp__code=hisp, plan__fiscal_year=fiscal_year, published_at__isnull=False
        )
        .select_related("plan__hisp__organization")
        .order_by("-number")
        .first()
    )
    if found is None:
        raise NotFound("No Action Plan is published for this provider and year.")
    return found
