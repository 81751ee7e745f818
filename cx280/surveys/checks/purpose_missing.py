"""An additional question that does not say what its answers are for (280.10-g1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct

RULE = "280.10-g1"


@implements(RULE)
def purpose_missing(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR for each additional question without a purpose."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{quoted(question)} is an additional question and does not say how you will use the "
            "answers.",
            place(index),
            "Write its purpose in one sentence, or remove it.",
        )
        for index, question in asked(document, Construct.ADDITIONAL)
        if not question.purpose.strip()
    ]
