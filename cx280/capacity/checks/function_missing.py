"""A core function that the assessment does not address (280.17-a1)."""

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.capacity.rules.vocabulary import Kind
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.17-a1"


@implements(RULE)
def function_missing(facts: AssessmentFacts) -> list[Finding]:
    """An ERROR for each function without a rated practice or without words about it.

    A reflection is lighter: it needs no words, and a missing function is a WARN.
    """
    light = facts.template.kind is Kind.REFLECTION
    found = []
    for function in facts.template.functions:
        missing = []
        if not facts.rated(function):
            missing.append("no practice with a level that counts")
        if not light and not facts.told(function.code):
            missing.append("no words about it")
        if missing:
            found.append(
                Finding(
                    "280.9-g1" if light else RULE,
                    Severity.WARN if light else Severity.ERROR,
                    f"{function.name} has {' and '.join(missing)}.",
                    function.code,
                    "Choose a level with its evidence for one practice at least"
                    + ("." if light else ", and say in a few sentences where you stand."),
                )
            )
    return found
