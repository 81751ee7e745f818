"""A plan that does not say how its services run (280.12-a3)."""

from cx280.circular.implements import implements
from cx280.indicators.rules.facts import PlanFacts
from cx280.kernel.finding import Finding, Severity

RULE = "280.12-a3"


@implements(RULE)
def no_service_level(plan: PlanFacts) -> list[Finding]:
    """A WARN where no service-level indicator stands in the plan."""
    if any(each.is_service_level for each in plan.planned):
        return []
    return [
        Finding(
            RULE, Severity.WARN,
            f"The plan of {plan.agency} for FY{plan.fiscal_year} has no service-level indicator.",
            "plan.service_level",
            "Bind one to a waiting time of the quarter reports, or to what a website finishes.",
            facts=", ".join(sorted(each.name for each in plan.indicators if each.in_plan)),
        )
    ]  # fmt: skip
