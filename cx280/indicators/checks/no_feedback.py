"""A plan without anything that customers said (280.12-a2)."""

from cx280.circular.implements import implements
from cx280.indicators.rules.facts import PlanFacts
from cx280.kernel.finding import Finding, Severity

RULE = "280.12-a2"


@implements(RULE)
def no_feedback(plan: PlanFacts) -> list[Finding]:
    """A WARN where no indicator in the plan is drawn from a survey."""
    if any(each.is_feedback for each in plan.planned):
        return []
    return [
        Finding(
            RULE, Severity.WARN,
            f"The plan of {plan.agency} for FY{plan.fiscal_year} holds no customer feedback.",
            "plan.feedback", "Bind an indicator to what a survey of a service measures.",
            facts=", ".join(sorted(each.name for each in plan.indicators if each.in_plan)),
        )
    ]  # fmt: skip
