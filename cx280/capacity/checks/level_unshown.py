"""A level above zero that nothing shows (280.9-f1, 280.9-f3)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.capacity.rules.vocabulary import Said
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.9-f3"


@implements(RULE, "280.9-f1")
def level_unshown(facts: AssessmentFacts) -> list[Finding]:
    """A WARN for each level without evidence; it does not count, as if it were not evidenced."""
    found = []
    for practice in facts.template.practices:
        answer = facts.answers.get(practice.code)
        if answer is None or answer.said != Said.LEVEL or answer.rates:
            continue
        found.append(
            Finding(
                practice.source,
                Severity.WARN,
                f"“{practice.title}” has a level and nothing that shows it, so it does not count.",
                practice.code,
                "Add a piece of evidence, or say that it is not evidenced.",
                facts=f"level {answer.level}",
            )
        )
    return found
