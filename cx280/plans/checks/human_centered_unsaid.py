"""An action that does not say whether human-centered design is used (280.17-e2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-e2"


@implements(RULE)
def human_centered_unsaid(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each action that says neither yes nor no."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{each.named} does not say whether human-centered design is used.",
            each.where,
            "Answer yes or no.",
        )
        for each in plan.actions
        if not each.human_centered
    ]
