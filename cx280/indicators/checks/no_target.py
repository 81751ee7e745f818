"""An indicator that aims at nothing (280.12-a1; GAO-25-107652 asks for quantitative targets)."""

from cx280.circular.implements import implements
from cx280.indicators.rules.facts import PlanFacts
from cx280.kernel.finding import Finding, Severity

RULE = "280.12-a1"


@implements(RULE)
def no_target(plan: PlanFacts) -> list[Finding]:
    """A WARN for each indicator in the plan without a target for the year."""
    return [
        Finding(
            RULE, Severity.WARN,
            f"“{each.name}”{f' of {each.service}' if each.service else ''} has no target for"
            f" FY{plan.fiscal_year}.", f"indicators[{at}].target",
            "Set the value it is to reach.",
        )
        for at, each in enumerate(plan.indicators)
        if each.in_plan and each.target is None
    ]  # fmt: skip
