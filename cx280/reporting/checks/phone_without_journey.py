"""Call center satisfaction alone, outside any journey, is not enough (280.14-b2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts

PHONE = frozenset({"phone", "automated_phone"})


@implements("280.14-b2")
def phone_without_journey(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR when every survey asks by phone and none is linked to a step of a journey."""
    surveys = content.surveys
    if not surveys or any(each.channel not in PHONE for each in surveys):
        return []
    if any(each.transaction_point for each in surveys):
        return []
    return [
        Finding(
            rule="280.14-b2",
            severity=Severity.ERROR,
            message="All feedback comes from the call center and stands in no journey.",
            where="surveys",
            fix="Link the survey to the step of the journey that the calls belong to.",
        )
    ]
