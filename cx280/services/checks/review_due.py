"""A service whose digital delivery nobody looked at for too long."""

from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.7-a2")
def review_due(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when the last look is older than the cadence, or there was none."""
    if facts.on is None:
        return []
    if facts.reviewed_on is None:
        said = "Nobody has looked yet whether more of this service could be given digitally."
    elif months_between(facts.reviewed_on, facts.on) >= terms.review_months:
        said = (
            f"The last look at its digital delivery was on {facts.reviewed_on:%B} "
            f"{facts.reviewed_on.day}, {facts.reviewed_on.year}; one is due every "
            f"{terms.review_months} months."
        )
    else:
        return []
    return [
        Finding(
            "280.7-a2", Severity.WARN, said, where="reviews", fix="Review it and keep the outcome."
        )
    ]


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; the same day of a later month completes one."""
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)
