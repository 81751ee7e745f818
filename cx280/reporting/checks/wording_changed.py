"""A question that changed since last quarter breaks the trend (280.10-a2)."""

from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts

OVERALL = frozenset({"trust", "satisfaction"})


def wording_changed(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """WARN for a changed trust or satisfaction question, INFO for any other."""
    return [
        Finding(
            rule="280.10-a2",
            severity=Severity.WARN if question.construct in OVERALL else Severity.INFO,
            message=(f"“{question.text}” cannot be compared with last quarter: {question.changed}"),
            where=f"surveys[{survey.code}].questions[{question.id}].changed",
            fix="The line breaks here in every trend. Say why the question changed."
            if question.construct in OVERALL
            else "The line breaks here in every trend.",
        )
        for survey in content.surveys
        for question in survey.questions
        if question.changed
    ]
