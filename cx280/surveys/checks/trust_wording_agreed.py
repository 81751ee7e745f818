"""Trust in words of its own that OMB agreed to (280.10-c3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind
from cx280.surveys.rules.wording import WordingClass

RULE = "280.10-c3"


@implements(RULE)
def trust_wording_agreed(document: SurveyDocument, context: Context) -> list[Finding]:
    """An INFO for each modified trust question OMB agreed to: it compares only with itself."""
    found: list[Finding] = []
    for index, question in asked(document, Construct.TRUST):
        wording = context.wording(document, question, Construct.TRUST)
        confidence = wording.measures == "confidence"
        kind = DiscussionKind.CONFIDENCE if confidence else DiscussionKind.TRUST_WORDING
        talk = context.agreed(kind)
        if wording.kind is WordingClass.MODIFIED and talk is not None:
            found.append(
                Finding(
                    RULE,
                    Severity.INFO,
                    "OMB agreed to this wording; its scores compare only with the same wording.",
                    place(index),
                    "Use one of the two statements to compare with other services.",
                )
            )
    return found
