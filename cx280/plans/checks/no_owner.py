"""An action that nobody answers for (280.17-f1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-f1"


@implements(RULE)
def no_owner(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each action without an owner."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"Nobody answers for {each.named}.",
            each.where,
            "Name the person or the office that answers for it.",
        )
        for each in plan.actions
        if not each.owner.strip()
    ]
