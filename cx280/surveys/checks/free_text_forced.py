"""Free text that people must write (280.10-f2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place, quoted
from cx280.surveys.rules.document import SurveyDocument

RULE = "280.10-f2"


@implements(RULE, "INC-38")
def free_text_forced(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR for each free-text question marked as required."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{quoted(question)} is marked as required; free text may be offered, never demanded.",
            place(index),
            "Make it optional.",
        )
        for index, question in enumerate(document.questions)
        if question.is_free_text and question.required is True
    ]
