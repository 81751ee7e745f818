"""A target that is no better than where the measure stood (280.17-f1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-f1"


@implements(RULE)
def backwards(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each action whose target is not better than its baseline."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{each.named} aims at what is reached already, or at worse.",
            each.where,
            "Choose a target that is better than the baseline.",
        )
        for each in plan.actions
        if each.baseline is not None
        and each.target is not None
        and (each.target <= each.baseline if each.needs_higher else each.target >= each.baseline)
    ]
