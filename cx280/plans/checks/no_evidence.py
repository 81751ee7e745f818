"""An action that answers no pain point, or one that nothing shows (280.17-f2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts

RULE = "280.17-f2"


@implements(RULE)
def no_evidence(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each action without a pain point, or whose pain point has no evidence."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{each.named} answers no pain point."
            if not each.pain_point
            else f"Nothing shows that “{each.pain_point}” is a pain point.",
            each.where,
            "Choose the pain point it answers, or write it down."
            if not each.pain_point
            else "Add evidence to the pain point: feedback, telemetry, research or an assessment.",
        )
        for each in plan.actions
        if not each.pain_point or not each.evidence
    ]
