"""A designated service for which nothing is to be done (280.13-b7, 280.14-e2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts
from cx280.plans.rules.vocabulary import Status

RULE = "280.14-e2"


@implements(RULE, "280.13-b7")
def no_action(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each designated service without an action that was not stopped."""
    served = {each.service for each in plan.actions if each.status != Status.STOPPED}
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"Nothing is planned for {service}, a designated service.",
            service,
            "Add an action that improves it.",
        )
        for service in plan.designated
        if service not in served
    ]
