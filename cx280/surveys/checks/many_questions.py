"""More questions than a short survey has (280.10-b4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.paths import longest_path

RULE = "280.10-b4"


@implements(RULE)
def many_questions(document: SurveyDocument, context: Context) -> list[Finding]:
    """A WARN from 10 to 15 questions on the longest path; the first limit is the project's own."""
    limits = context.edition.limits
    count = len(longest_path(document))
    if not limits.questions_justify_above < count <= limits.questions_max:
        return []
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"The survey asks {count} questions; as few as possible are wanted, and up to "
            f"{limits.questions_justify_above} need no reason.",
            fix="Remove questions nobody acts on, or write why each is needed.",
        )
    ]
