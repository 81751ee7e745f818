"""Each driver has answers, or a reason why it does not apply (280.10-h3, INC-21)."""

from cx280.circular.edition import Driver
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content, NotApplicable
from cx280.reporting.rules.facts import PackageFacts


@implements("280.10-h3", "INC-21")
def driver_missing(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR for a driver that nobody was asked about and nobody excused.

    The employee driver excuses itself where no person takes part in the delivery; any other
    absence needs a reason and somebody who agreed to it.
    """
    measured = drivers_with_data(content)
    reasons = {each.driver: each for each in content.not_applicable}
    found = []
    for driver in facts.edition.drivers:
        if driver.code in measured or (driver.needs_a_person and not facts.needs_people):
            continue
        problem = _unexcused(driver, reasons.get(driver.code))
        if problem is not None:
            found.append(problem)
    return found


def drivers_with_data(content: Content) -> set[str]:
    """The codes of the drivers somebody answered about, or was shown to tap."""
    found = set()
    for survey in content.surveys:
        for question in survey.questions:
            if question.driver and question.has_data:
                found.add(question.driver)
            found |= {tap.driver for tap in question.taps if tap.shown}
    return found


def _unexcused(driver: Driver, excuse: NotApplicable | None) -> Finding | None:
    if excuse is None or not excuse.reason.strip():
        message = f"Nobody was asked about “{driver.name}”, and no reason says why."
        fix = "Ask about it in a survey, or write why it does not apply to this service."
    elif not excuse.approver:
        message = f"Somebody must agree that “{driver.name}” does not apply."
        fix = "The agency CX lead or the senior accountable official agrees to the reason."
    else:
        return None
    return Finding(
        rule="280.10-h3",
        severity=Severity.ERROR,
        message=message,
        where=f"not_applicable.{driver.code}",
        fix=fix,
    )
