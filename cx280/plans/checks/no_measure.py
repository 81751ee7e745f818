"""An action without a measure, or without a baseline and a target for it (280.17-f1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import ActionFacts, PlanFacts

RULE = "280.17-f1"


@implements(RULE)
def no_measure(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each action that cannot be judged by a figure."""
    return [
        Finding(RULE, Severity.ERROR, f"{each.named} {said}", each.where, fix)
        for each in plan.actions
        for said, fix in _lacks(each)
    ]


def _lacks(action: ActionFacts) -> list[tuple[str, str]]:
    if not action.measure:
        return [("names no measure.", "Choose the figure that will show whether it worked.")]
    if action.baseline is None:
        return [("has no baseline.", "Enter where the measure stood before, or take today’s.")]
    if action.target is None:
        return [("has no target.", "Enter the value the measure is to reach.")]
    return []
