"""An initiative that does not say whether human-centered design is used (280.17-e2)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.capacity.rules.vocabulary import Kind
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.17-e2"


@implements(RULE)
def human_centered_unsaid(facts: AssessmentFacts) -> list[Finding]:
    """An ERROR for each initiative that says neither yes nor no; a WARN for a yes nothing shows."""
    if facts.template.kind is Kind.REFLECTION:
        return []
    found = []
    for number, each in enumerate(facts.improvements, start=1):
        where = f"improvements[{number}]"
        if each.human_centered not in {"yes", "no"}:
            words = f"“{each.words}” does not say whether human-centered design is used."
            fix = f"Answer yes or no in {each.source}."
            found.append(Finding(RULE, Severity.ERROR, words, where, fix))
        elif each.human_centered == "yes" and not any(shown.strip() for shown in each.evidence):
            words = f"“{each.words}” uses human-centered design, and nothing shows it."
            fix = f"Name the study or the test with customers in {each.source}."
            found.append(Finding(RULE, Severity.WARN, words, where, fix))
    return found
