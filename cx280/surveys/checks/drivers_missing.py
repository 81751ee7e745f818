"""A transaction survey without any question about experience drivers (280.10-e1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, Construct, Level

RULE = "280.10-e1"


@implements(RULE, "280.10-e5", "INC-03")
def drivers_missing(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR when drivers are asked in none of the three modes; one statement is enough."""
    if document.level is not Level.TRANSACTION:
        return []
    if asked(document, Construct.DRIVERS, *DRIVER_CONSTRUCTS):
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            "The survey does not ask what drove the score.",
            fix="Add driver statements, or one question that lets people tap or choose drivers.",
        )
    ]
