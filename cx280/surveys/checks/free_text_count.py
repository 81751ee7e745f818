"""Too few or too many questions in people's own words (280.10-f1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Level, Mode

RULE = "280.10-f1"
# Formats that cannot take free words; they lift the minimum, never the maximum (280.10-f3).
WITHOUT_WORDS = frozenset({Mode.IVR, Mode.SMS, Mode.KIOSK})


@implements(RULE, "280.10-f3", "INC-38")
def free_text_count(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR for none where the format could take one, and one for the first beyond the most."""
    limits = context.edition.limits
    places = [i for i, each in enumerate(document.questions) if each.is_free_text]
    if len(places) > limits.free_text_max:
        return [
            Finding(
                RULE,
                Severity.ERROR,
                f"{len(places)} questions ask for free text; at most {limits.free_text_max} may.",
                place(places[limits.free_text_max]),
                "Remove this one, or offer choices instead.",
            )
        ]
    exempt = document.mode in WITHOUT_WORDS or document.level is not Level.TRANSACTION
    if len(places) < limits.free_text_min and not exempt:
        return [
            Finding(
                RULE,
                Severity.ERROR,
                "Nobody can answer in their own words.",
                fix="Add “Anything else you want us to know?” as an optional comment.",
            )
        ]
    return []
