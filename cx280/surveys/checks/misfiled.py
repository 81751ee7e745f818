"""A statement of the Circular filed under a category it does not belong to (280.10-i4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, Construct
from cx280.surveys.rules.wording import WordingClass, base_statement

RULE = "280.10-i4"


@implements(RULE)
def misfiled(document: SurveyDocument, context: Context) -> list[Finding]:
    """A WARN for each driver or additional question that is another construct's statement."""
    found: list[Finding] = []
    for index, question in asked(document, Construct.ADDITIONAL, *DRIVER_CONSTRUCTS):
        wording = base_statement(question.words(), context.edition)
        if wording.kind is WordingClass.MODIFIED or isinstance(question.construct, list):
            continue
        belongs = Construct.of(context.edition.statement(wording.statement).construct)
        if belongs is not question.construct and question.construct is not None:
            found.append(
                Finding(
                    RULE,
                    Severity.WARN,
                    f"{quoted(question)} measures {belongs.label.lower()} and is filed under "
                    f"{question.construct.label.lower()}.",
                    place(index),
                    f"File it under {belongs.label.lower()}.",
                )
            )
    return found
