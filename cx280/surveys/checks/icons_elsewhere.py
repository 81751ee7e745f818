"""Thumbs or stars on a question other than “Please rate your experience” (280.10-d4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place, quoted
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind, ResponseType

RULE = "280.10-d4"


@implements(RULE, "INC-08")
def icons_elsewhere(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR for each question with icons that is neither S1 in stars nor trust (280.10-c5)."""
    if context.agreed(DiscussionKind.OTHER_ICONS) is not None:
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{quoted(question)} is answered with icons; without a talk with OMB only “Please "
            "rate your experience” may be, in five stars.",
            place(index),
            "Use the agreement scale of five points, or record the talk with OMB.",
        )
        for index, question in enumerate(document.questions)
        if question.answered_by.is_icon
        and not question.measures(Construct.TRUST)
        and not _is_s1(document, question, context)
    ]


def _is_s1(document: SurveyDocument, question: Question, context: Context) -> bool:
    if not question.measures(Construct.SATISFACTION):
        return False
    wording = context.wording(document, question, Construct.SATISFACTION)
    asks_stars = {each.id for each in context.edition.statements if each.response == "stars5"}
    # Changed words are 280.10-d3's to find; its stars alone are not a second fault.
    return question.answered_by is ResponseType.STARS5 and (
        wording.statement in asks_stars or not wording.statement
    )
