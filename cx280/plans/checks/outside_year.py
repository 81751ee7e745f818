"""An action outside of the budget year that the plan is for (280.17-f1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-f1"


@implements(RULE, "INC-34")
def outside_year(plan: PlanFacts) -> list[Finding]:
    """A WARN for each action that begins after the budget year or does not end in it."""
    found = []
    for each in plan.actions:
        if each.starts_on is None or each.ends_on is None:
            continue
        ends_there = plan.first_day <= each.ends_on <= plan.last_day
        if not ends_there or each.starts_on > plan.last_day:
            found.append(
                Finding(
                    RULE,
                    Severity.WARN,
                    f"{each.named} does not end in FY{plan.budget_year}, the year of this plan.",
                    each.where,
                    f"Commit to a part that ends by September 30, {plan.budget_year}.",
                    facts=f"{each.service}, {each.starts_on} to {each.ends_on}",
                )
            )
    return found
