"""Trust in words that are not the Circular's, without a talk with OMB (280.10-c4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind
from cx280.surveys.rules.wording import WordingClass

RULE = "280.10-c4"


@implements(RULE, "INC-06")
def trust_reworded(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR for each trust question whose wording is modified and was not discussed.

    Confidence is a construct of its own: a talk about trust wording does not cover it.
    """
    found: list[Finding] = []
    for index, question in asked(document, Construct.TRUST):
        wording = context.wording(document, question, Construct.TRUST)
        if wording.kind is not WordingClass.MODIFIED:
            continue
        confidence = wording.measures == "confidence"
        kind = DiscussionKind.CONFIDENCE if confidence else DiscussionKind.TRUST_WORDING
        if context.agreed(kind) is None:
            found.append(
                Finding(
                    RULE,
                    Severity.ERROR,
                    f"{quoted(question)} asks for confidence, which is not the same as trust."
                    if confidence
                    else f"{quoted(question)} is not one of the two trust statements.",
                    place(index),
                    "Use one of the two statements, or discuss the wording with OMB first and "
                    "record it.",
                )
            )
    return found
