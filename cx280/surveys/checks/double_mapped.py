"""A closed question filed under two categories at once (280.10-i4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place, quoted
from cx280.surveys.rules.document import SurveyDocument

RULE = "280.10-i4"


@implements(RULE)
def double_mapped(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR for each question with more than one construct."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{quoted(question)} is filed under {' and '.join(each.label for each in filed)}; "
            "one question measures one thing.",
            place(index),
            "Keep one category, or split the question in two.",
        )
        for index, question in enumerate(document.questions)
        if isinstance(filed := question.construct, list) and len(set(filed)) > 1
    ]
