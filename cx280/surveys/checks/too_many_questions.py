"""More questions than the Circular allows (280.10-g2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.paths import longest_path

RULE = "280.10-g2"


@implements(RULE)
def too_many_questions(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR at the first question beyond the most, counted on the longest path."""
    most = context.edition.limits.questions_max
    path = longest_path(document)
    if len(path) <= most:
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"The survey asks {len(path)} questions; at most {most} are allowed.",
            place(path[most]),
            f"Remove {len(path) - most} of them.",
        )
    ]
