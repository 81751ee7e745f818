"""A transaction survey without an overall satisfaction score (280.10-d1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, Level

RULE = "280.10-d1"


@implements(RULE, "INC-03", "INC-04")
def satisfaction_missing(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR when no satisfaction question on a scale is in the instrument for everybody.

    Required means that the question is asked (INC-04); people may always skip it.
    """
    if document.level is not Level.TRANSACTION:
        return []
    found = asked(document, Construct.SATISFACTION)
    scales = [(i, q) for i, q in found if q.answered_by.points is not None]
    if any(q.required is not False and q.show_if is None for _, q in scales):
        return []
    where, message = None, "The survey has no satisfaction question."
    if scales:
        where = place(scales[0][0])
        message = f"{quoted(scales[0][1])} is not put to everybody, so there is no overall score."
    elif found:
        where = place(found[0][0])
        message = f"{quoted(found[0][1])} is not answered on a scale."
    fix = "Add “I am satisfied with the service I received from [service].” with five points."
    return [Finding(RULE, Severity.ERROR, message, where, fix)]
