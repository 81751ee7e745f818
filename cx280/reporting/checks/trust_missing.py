"""A service reports trust (280.10-h1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("280.10-h1")
def trust_missing(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """ERROR when no trust question of any survey has an answer."""
    if any(each.has_data for each in content.questions_about("trust")):
        return []
    return [
        Finding(
            rule="280.10-h1",
            severity=Severity.ERROR,
            message="Nobody's trust was measured this quarter.",
            where="trust",
            fix="Ask a trust question in a survey of this service, or wait for its answers.",
        )
    ]
