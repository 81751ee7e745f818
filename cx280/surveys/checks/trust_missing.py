"""A transaction survey without an overall trust score (280.10-c1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DiscussionKind, Level

RULE = "280.10-c1"


@implements(RULE, "280.10-o4", "INC-03")
def trust_missing(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR when no trust question on a scale is in the instrument for everybody.

    Required means that the question is asked (INC-04); people may always skip it. A talk with OMB
    about how and when trust is measured turns the finding into an INFO (280.10-o4). Thumbs and
    stars are left to 280.10-c5.
    """
    if document.level is not Level.TRANSACTION:
        return []
    found = asked(document, Construct.TRUST)
    scales = [(i, q) for i, q in found if q.answered_by.points is not None]
    if any(q.required is not False and q.show_if is None for _, q in scales):
        return []
    talk = context.agreed(DiscussionKind.TRUST_TIMING)
    if talk is not None:
        return [
            Finding(
                RULE,
                Severity.INFO,
                "No trust question here: OMB agreed on "
                f"{talk.held_on:%B} {talk.held_on.day}, {talk.held_on.year} to measure trust "
                "another way.",
                fix="Keep the record of that talk with the survey.",
            )
        ]
    where, message = _what_is_wrong(scales, found)
    fix = "Add “This interaction increased my trust in [service].” with five points."
    return [Finding(RULE, Severity.ERROR, message, where, fix)]


def _what_is_wrong(scales: list, found: list) -> tuple[str | None, str]:  # type: ignore[type-arg]
    if scales:
        index, question = scales[0]
        return place(index), (
            f"{quoted(question)} is not put to everybody, so there is no overall trust score."
        )
    if found:
        index, question = found[0]
        return place(index), f"{quoted(question)} is not answered on a scale of agreement."
    return None, "The survey has no trust question."
