"""A statement about a site, or about a call, where there was none (280.10-j3, j5)."""

from cx280.circular.edition import Statement
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place, quoted
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, Construct, Mode
from cx280.surveys.rules.wording import WordingClass

# Which survey mode a channel of the service stands for, when the survey itself comes by message.
_CHANNEL_MODES = {
    "computer": Mode.WEB,
    "mobile": Mode.WEB,
    "website": Mode.WEB,
    "mobile_app": Mode.WEB,
    "phone": Mode.PHONE,
    "automated_phone": Mode.IVR,
}


@implements("280.10-j3", "280.10-j5")
def statement_out_of_place(document: SurveyDocument, context: Context) -> list[Finding]:
    """A WARN for each statement the edition keeps to some modes, in a survey of another mode.

    A survey sent by email or text counts as the mode of the channel it asks about, when known.
    """
    found: list[Finding] = []
    for index, question in asked(document, *DRIVER_CONSTRUCTS):
        if not isinstance(question.construct, Construct):
            continue
        wording = context.wording(document, question, question.construct)
        if wording.kind is WordingClass.MODIFIED:
            continue
        statement = context.edition.statement(wording.statement)
        if statement.where_only and not _fits(statement, document, context):
            found.append(
                Finding(
                    statement.source,
                    Severity.WARN,
                    f"{quoted(question)} is made for {' or '.join(_labels(statement))}; this "
                    f"survey asks by {document.mode.label.lower()}.",
                    place(index),
                    "Use the other statement for this driver, or write why it fits.",
                )
            )
    return found


def _fits(statement: Statement, document: SurveyDocument, context: Context) -> bool:
    modes = {document.mode.value}
    if document.mode in {Mode.EMAIL, Mode.SMS} and context.channel in _CHANNEL_MODES:
        modes.add(_CHANNEL_MODES[context.channel].value)
    return bool(modes & set(statement.where_only))


def _labels(statement: Statement) -> list[str]:
    return [Mode.of(each).label.lower() for each in statement.where_only]
