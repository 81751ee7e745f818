"""What every change of a plan begins and ends with: holding it, and telling the audit trail."""

from __future__ import annotations

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.plans.models import ActionPlan


def lock(plan: ActionPlan) -> ActionPlan:
    """The plan as it stands now, held until the end of the transaction."""
    return (
        ActionPlan.objects.select_for_update(of=("self",))
        .select_related("hisp__organization")
        .get(pk=plan.pk)
    )


def told(action: str, plan: ActionPlan, by: Person, **detail: object) -> None:
    """Adds the entry, with the year of the plan."""
    record(
        actor=by.email,
        action=action,
        subject=subject_of(plan),
        organization=plan.hisp.organization.code,
        detail={"fiscal_year": plan.fiscal_year, **detail},
    )
