"""A choice that stands for no driver (280.10-e3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked, place
from cx280.surveys.rules.document import Option, SurveyDocument
from cx280.surveys.rules.vocabulary import Construct

RULE = "280.10-e3"
OTHER = "other"
_OTHER_WORDS = frozenset({"other", "something else", "none of these", "otro", "otra cosa"})


@implements(RULE, "280.3-a3")
def option_without_driver(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR for each driver question that offers a choice without a driver of the edition.

    “Other” needs none. A question that offers no choice at all is found here too.
    """
    known = {each for driver in context.edition.drivers for each in driver.constructs}
    known |= {*context.edition.driver_codes, OTHER}
    found: list[Finding] = []
    for index, question in asked(document, Construct.DRIVERS):
        bare = [each.words() for each in question.options if not _has_driver(each, known)]
        if bare or not question.options:
            names = ", ".join(f"“{each}”" for each in bare)
            found.append(
                Finding(
                    RULE,
                    Severity.ERROR,
                    f"These choices stand for no driver: {names}."
                    if bare
                    else "The question offers no drivers to choose from.",
                    place(index),
                    "Give each choice its driver: effectiveness, ease, efficiency, equity, "
                    "transparency or employee; or mark it as other.",
                )
            )
    return found


def _has_driver(option: Option, known: set[str]) -> bool:
    if option.driver is not None:
        return option.driver in known
    return option.other or option.words().strip(" .").casefold() in _OTHER_WORDS
