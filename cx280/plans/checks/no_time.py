"""An action without a time frame (280.17-f1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-f1"


@implements(RULE)
def no_time(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each action that does not say when it begins and ends."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{each.named} does not say when it begins and ends.",
            each.where,
            "Enter its first and its last day.",
        )
        for each in plan.actions
        if each.starts_on is None or each.ends_on is None
    ]
