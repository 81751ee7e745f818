"""Thumbs or stars for trust, without a talk with OMB (280.10-c5)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind

RULE = "280.10-c5"


@implements(RULE)
def trust_icons(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR for each trust question answered with thumbs or stars that was not discussed."""
    if context.agreed(DiscussionKind.TRUST_ICONS) is not None:
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"Trust is asked with {'stars' if 'stars' in question.answered_by else 'thumbs'}; "
            "icons for trust must first be discussed with OMB.",
            place(index),
            "Use the agreement scale of five points, or record the talk with OMB.",
        )
        for index, question in asked(document, Construct.TRUST)
        if question.answered_by.is_icon
    ]
