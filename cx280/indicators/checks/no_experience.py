"""A plan that says nothing of what customers go through (280.12-a1)."""

from cx280.circular.implements import implements
from cx280.indicators.rules.facts import PlanFacts
from cx280.kernel.finding import Finding, Severity

RULE = "280.12-a1"


@implements(RULE)
def no_experience(plan: PlanFacts) -> list[Finding]:
    """A WARN where no indicator of experience, equity or effort stands in the plan."""
    if any(each.kind.is_outcome for each in plan.planned):
        return []
    return [
        Finding(
            RULE, Severity.WARN,
            f"The plan of {plan.agency} for FY{plan.fiscal_year} has no indicator of customer"
            " experience.", "plan.experience",
            "Add one of experience, equity or effort, such as trust in a designated service.",
            facts=", ".join(sorted(each.name for each in plan.indicators if each.in_plan)),
        )
    ]  # fmt: skip
