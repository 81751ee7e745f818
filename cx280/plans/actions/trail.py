"""What every change of a plan begins and ends with: holding it, and telling the audit trail."""

from __future__ import annotations

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Conflict, NotAllowed
from cx280.plans.models import ActionPlan


def lock(plan: ActionPlan) -> ActionPlan:
    """The plan as it stands now, held until the end of the transaction."""
    return (
        ActionPlan.objects.select_for_update(of=("self",))
        .select_related("hisp__organization")
        .get(pk=plan.pk)
    )


def to_write(plan: ActionPlan, by: Person) -> ActionPlan:
    """The plan, held, when the person may write in it now."""
    kept = lock(plan)
    if not may(by, Capability.EDIT_QUARTERS, kept.hisp.organization):
        raise NotAllowed("You may not write the plan of this provider.")
    if not kept.is_open:
        raise Conflict("This plan is signed; what it commits to stays.", fix="Open it again first.")
    return kept


def told(action: str, plan: ActionPlan, by: Person, **detail: object) -> None:
    """Adds the entry, with the year of the plan."""
    record(
        actor=by.email,
        action=action,
        subject=subject_of(plan),
        organization=plan.hisp.organization.code,
        detail={"fiscal_year": plan.fiscal_year, **detail},
    )
