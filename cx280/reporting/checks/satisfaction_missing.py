"""A service reports satisfaction (280.10-h2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("280.10-h2")
def satisfaction_missing(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR when no satisfaction question of any survey has an answer."""
    if any(each.has_data for each in content.questions_about("satisfaction")):
        return []
    return [
        Finding(
            rule="280.10-h2",
            severity=Severity.ERROR,
            message="Nobody's satisfaction was measured this quarter.",
            where="satisfaction",
            fix="Ask a satisfaction question in a survey of this service, or wait for its answers.",
        )
    ]
