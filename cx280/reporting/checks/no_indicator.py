"""A designated service reports service-level indicators as numbers (280.10-r1, 280.15-a4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("280.10-r1")
def no_indicator(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """WARN when no indicator has a value."""
    if any(each.value is not None for each in content.indicators):
        return []
    return [
        Finding(
            rule="280.10-r1",
            severity=Severity.WARN,
            message="No service-level indicator has a value.",
            where="indicators",
            fix="Add one, such as the average wait in minutes with its target.",
        )
    ]
