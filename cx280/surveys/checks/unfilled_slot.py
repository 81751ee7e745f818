"""A statement whose slot still holds its placeholder (280.10-c7)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place, quoted
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.wording import has_unfilled_slot

RULE = "280.10-c7"


@implements(RULE)
def unfilled_slot(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR for each question that shows a placeholder, in any of its languages."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"{quoted(question)} still has an empty slot in square brackets.",
            place(index),
            "Write the name people know, in place of the brackets.",
        )
        for index, question in enumerate(document.questions)
        if any(has_unfilled_slot(text) for text in _texts(question))
    ]


def _texts(question: Question) -> list[str]:
    own = [question.text, *question.texts.values()]
    for option in question.options:
        own += [option.text, *option.texts.values()]
    return own
