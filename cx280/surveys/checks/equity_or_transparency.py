"""A choice that says equity and transparency at once (INC-09)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct

RULE = "INC-09"


@implements(RULE, "280.10-j4")
def equity_or_transparency(document: SurveyDocument, context: Context) -> list[Finding]:
    """A WARN for each driver question with a choice that names a driver of two constructs."""
    shared = {each.code for each in context.edition.drivers if len(each.constructs) > 1}
    return [
        Finding(
            RULE,
            Severity.WARN,
            "A choice says “equity_transparency”; being treated fairly and understanding what was "
            "asked are reported as one driver and analysed as two.",
            place(index),
            "Say equity or transparency for each choice.",
        )
        for index, question in asked(document, Construct.DRIVERS)
        if any(option.driver in shared for option in question.options)
    ]
