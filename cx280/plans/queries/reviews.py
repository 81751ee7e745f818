"""What OMB said about the versions of a plan."""

from __future__ import annotations

from cx280.plans.models import Action, ActionPlan, Remark, Review
from cx280.plans.rules.vocabulary import Decision, Stage


def reviews_of(plan: ActionPlan) -> list[Review]:
    """Every decision with its remarks, the latest first."""
    return list(
        Review.objects.filter(version__plan=plan)
        .select_related("version", "by")
        .prefetch_related("remarks")
    )


def returned_review(plan: ActionPlan) -> Review | None:
    """Why the agency has the plan again; None where it has not."""
    if plan.returned_at is None:
        return None
    return next((each for each in reviews_of(plan) if each.decision == Decision.RETURNED), None)


def remark_on(action: Action) -> Remark | None:
    """What OMB said of the action last, while the plan is open for that."""
    if action.plan.stage != Stage.RETURNED:
        return None
    last = Review.objects.filter(version__plan=action.plan_id).first()
    return action.remarks.filter(review=last).select_related("review").first()
