"""A driver statement on another scale than five points (280.10-e4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS

RULE = "280.10-e4"


@implements(RULE)
def driver_scale(document: SurveyDocument, context: Context) -> list[Finding]:
    """A WARN for each single driver question that is not on the agreement scale of five points."""
    wanted = context.edition.limits.likert_points
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"{quoted(question)} is not on the agreement scale of {wanted} points, so it compares "
            "with no other service.",
            place(index),
            f"Use the scale of {wanted} points, or write why not.",
        )
        for index, question in asked(document, *DRIVER_CONSTRUCTS)
        if not question.answered_by.is_icon and question.answered_by.points != wanted
    ]
