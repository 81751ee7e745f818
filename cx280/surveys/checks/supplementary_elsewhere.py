"""A supplementary item about a journey, in a survey about something else (280.4-d3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import SUPPLEMENTARY, Level

RULE = "280.4-d3"


@implements(RULE)
def supplementary_elsewhere(document: SurveyDocument, _context: Context) -> list[Finding]:
    """A WARN for each item about coordination, the way or certainty outside a journey survey."""
    if document.level is Level.JOURNEY:
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"{quoted(question)} asks about a whole journey, and this survey does not.",
            place(index),
            "Remove it, or make this a survey about the journey.",
        )
        for index, question in asked(document, *SUPPLEMENTARY)
    ]
