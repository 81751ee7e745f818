"""A survey that takes longer than the Circular allows (280.10-g3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.minutes import minutes

RULE = "280.10-g3"


@implements(RULE, "INC-11")
def too_long(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR when the estimate passes the limit; a WARN when the measured median does."""
    most = context.edition.limits.minutes_max
    found: list[Finding] = []
    estimate = minutes(document)
    if estimate > most:
        message = f"Answering takes about {estimate:.1f} minutes; at most {most:g} are allowed."
        found.append(Finding(RULE, Severity.ERROR, message, fix="Shorten texts, or ask less."))
    measured = context.measured_minutes
    if measured is not None and measured > most:
        message = f"Half of the people took more than {measured:.1f} minutes; {most:g} is the most."
        fix = "Look where people pause, and shorten that part; or write why it stays."
        found.append(Finding(RULE, Severity.WARN, message, fix=fix))
    return found
