"""Satisfaction in words that are not the Circular's, without a talk with OMB (280.10-d3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind
from cx280.surveys.rules.wording import WordingClass

RULE = "280.10-d3"


@implements(RULE)
def satisfaction_reworded(document: SurveyDocument, context: Context) -> list[Finding]:
    """For each modified satisfaction question an ERROR, or an INFO when OMB agreed to it."""
    talk = context.agreed(DiscussionKind.SATISFACTION_WORDING)
    found: list[Finding] = []
    for index, question in asked(document, Construct.SATISFACTION):
        wording = context.wording(document, question, Construct.SATISFACTION)
        if wording.kind is not WordingClass.MODIFIED:
            continue
        if talk is None:
            message = f"{quoted(question)} is not one of the two satisfaction statements."
            fix = "Use one of the two, or discuss the wording with OMB first and record it."
            found.append(Finding(RULE, Severity.ERROR, message, place(index), fix))
        else:
            message = "OMB agreed to this wording; its scores compare only with the same wording."
            fix = "Use one of the two statements to compare with other services."
            found.append(Finding(RULE, Severity.INFO, message, place(index), fix))
    return found
