"""A survey on more than one screen (280.10-n1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.rules.document import SurveyDocument

RULE = "280.10-n1"


@implements(RULE, "INC-11")
def several_pages(document: SurveyDocument, _context: Context) -> list[Finding]:
    """A WARN when the questions are spread over several pages."""
    if document.pages <= 1:
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"The survey has {document.pages} pages; a single screen gets more answers.",
            fix="Put all questions on one page, or write why not.",
        )
    ]
