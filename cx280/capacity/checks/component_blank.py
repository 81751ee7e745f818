"""A component of the assessment that says nothing (280.17-b1, b3, d, e1)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.17-b1"


@implements(RULE, "280.17-b3", "280.17-d1", "280.17-d2", "280.17-d3", "280.17-e1")
def component_blank(facts: AssessmentFacts) -> list[Finding]:
    """An ERROR for each required part with no words and nothing confirmed of what cx280 knows.

    What cx280 knows is nobody's word until somebody confirms it, so it does not fill a part.
    """
    found = []
    for component in facts.template.components:
        for asked in component.asked:
            known = facts.known.get(asked.known, ())
            filled = facts.told(asked.code) or (known and facts.confirmed(asked.code))
            if asked.required and not filled:
                found.append(
                    Finding(
                        asked.source,
                        Severity.ERROR,
                        f"“{asked.title}” in {component.name} is blank.",
                        asked.code,
                        "Confirm what cx280 knows, or write it." if known else "Write it.",
                    )
                )
    return found
