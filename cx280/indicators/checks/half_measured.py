"""A designated service judged by one side only (280.9-b1)."""

from cx280.circular.implements import implements
from cx280.indicators.rules.facts import PlanFacts
from cx280.indicators.rules.vocabulary import Kind
from cx280.kernel.finding import Finding, Severity

RULE = "280.9-b1"


@implements(RULE)
def half_measured(plan: PlanFacts) -> list[Finding]:
    """A WARN for each designated service without an outcome or without an operational indicator."""
    found = []
    for service in plan.designated:
        lacks = _lacks([each.kind for each in plan.indicators if each.service == service])
        if lacks:
            said = " and no ".join(words for words, _ in lacks)
            fix = " ".join(example for _, example in lacks)
            found.append(
                Finding(
                    RULE, Severity.WARN, f"{service} has no {said}.", f"services[{service}]", fix
                )
            )
    return found


def _lacks(kinds: list[Kind]) -> list[tuple[str, str]]:
    lacks = []
    if not any(each.is_outcome for each in kinds):
        lacks.append(("indicator of what customers experience", Kind.EXPERIENCE.example))
    if Kind.OPERATIONAL not in kinds:
        lacks.append(("operational indicator", Kind.OPERATIONAL.example))
    return lacks
