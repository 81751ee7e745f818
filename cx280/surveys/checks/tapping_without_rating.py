"""Tapping that hangs under no rating of trust or satisfaction (280.10-e2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, DriverMode

RULE = "280.10-e2"


@implements(RULE)
def tapping_without_rating(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR for each tapping question whose parent is not a trust or satisfaction question."""
    found: list[Finding] = []
    for index, question in asked(document, Construct.DRIVERS):
        if question.mode is not DriverMode.TAPPING:
            continue
        parent = document.question(question.parent) if question.parent else None
        if parent is None or not parent.measures(Construct.TRUST, Construct.SATISFACTION):
            under = quoted(parent) if parent else "no question"
            found.append(
                Finding(
                    RULE,
                    Severity.ERROR,
                    f"{quoted(question)} is shown under {under}; tapping belongs under the rating "
                    "of trust or satisfaction.",
                    place(index),
                    "Choose the trust or the satisfaction question as its parent.",
                )
            )
    return found
