"""Trust on another scale than five points (280.10-c2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct

RULE = "280.10-c2"


@implements(RULE, "INC-07")
def trust_scale(document: SurveyDocument, context: Context) -> list[Finding]:
    """A WARN for each trust question on a scale of agreement that has not the preferred points."""
    wanted = context.edition.limits.likert_points
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"Trust is asked on {question.answered_by.points} points; {wanted} are preferred, and "
            f"only {wanted} compare with other services.",
            place(index),
            f"Use the scale of {wanted} points, or write why not.",
        )
        for index, question in asked(document, Construct.TRUST)
        if not question.answered_by.is_icon and question.answered_by.points not in {None, wanted}
    ]
