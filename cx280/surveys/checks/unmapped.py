"""A closed question filed under no category (280.10-i4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place, quoted
from cx280.surveys.rules.document import SurveyDocument

RULE = "280.10-i4"


@implements(RULE)
def unmapped(document: SurveyDocument, _context: Context) -> list[Finding]:
    """A WARN for each closed question without a construct."""
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"{quoted(question)} is filed under no category, so its answers explain nothing.",
            place(index),
            "Say what it measures: trust, satisfaction, a driver, or additional.",
        )
        for index, question in enumerate(document.questions)
        if not question.construct and not question.is_free_text
    ]
