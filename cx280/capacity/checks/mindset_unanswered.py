"""One of the three practices for everybody that is not answered (280.9-d2)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.capacity.rules.vocabulary import Kind, Mindset
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.9-d2"


@implements(RULE)
def mindset_unanswered(facts: AssessmentFacts) -> list[Finding]:
    """A WARN for each of training, performance measurement and rewards nobody has answered."""
    if facts.template.kind is Kind.REFLECTION:
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"Whether employees take on a customer mindset through {each.label.lower()} is not"
            " answered.",
            f"mindset[{each.value}]",
            "Answer yes, partly or no, with what shows it.",
        )
        for each in Mindset
        if each.value not in facts.mindset
    ]
