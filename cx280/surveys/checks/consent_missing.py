"""Something people must be told before the first question is missing (280.8-b9)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, Disclosure
from cx280.surveys.rules.document import SurveyDocument

RULE = "280.8-b9"


@implements(RULE)
def consent_missing(_document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR that lists what the start of the survey does not tell, when about to open."""
    if context.disclosure is None:
        return []
    missing = [name for name, told in _elements(context.disclosure) if not told]
    if not missing:
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"Before the first question people are not told {', '.join(missing)}.",
            fix="Complete the survey's introduction, its clearance and its privacy link.",
        )
    ]


def _elements(told: Disclosure) -> list[tuple[str, bool]]:
    return [
        ("what it is for", bool(told.purpose.strip())),
        ("that it is voluntary", bool(told.voluntary.strip())),
        ("how long it takes", bool(told.minutes)),
        ("the OMB control number", bool(told.control_number.strip())),
        ("when the control number expires", told.expires_on is not None),
        ("how privacy is kept", bool(told.privacy_link.strip())),
    ]
