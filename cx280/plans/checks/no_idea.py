"""A plan of which nothing is tied to an IDEA initiative (280.17-e3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-e3"


@implements(RULE)
def no_idea(plan: PlanFacts) -> list[Finding]:
    """A WARN when no action names the IDEA initiative it belongs to."""
    if not plan.actions or any(each.idea.strip() for each in plan.actions):
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            "No action is tied to a modernization under IDEA.",
            "actions",
            "Name the initiative under the actions that are part of one.",
            facts=", ".join(sorted(each.change for each in plan.actions)),
        )
    ]
