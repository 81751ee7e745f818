"""A relationship survey without a population or a schedule (280.10-o7)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Level

RULE = "280.10-o7"


@implements(RULE)
def relationship_unplanned(document: SurveyDocument, _context: Context) -> list[Finding]:
    """A WARN for each of population and schedule that a relationship survey does not state."""
    if document.level is not Level.RELATIONSHIP:
        return []
    missing = [
        name
        for name, words in (("whom it asks", document.population), ("when", document.schedule))
        if not words.strip()
    ]
    if not missing:
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"A relationship survey follows no transaction; it does not say {_and(missing)}.",
            fix="Write the population and the schedule.",
        )
    ]


def _and(words: list[str]) -> str:
    return " and ".join(words)
