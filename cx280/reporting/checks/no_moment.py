"""A designated service knows its moments that matter, and asks about each (280.14-b1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("280.14-b1", "INC-41")
def no_moment(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """ERROR without any moment that matters; WARN for each moment with no survey, and for each
    survey of the report that is linked to none."""
    if not facts.moments:
        return [
            Finding(
                rule="280.14-b1",
                severity=Severity.ERROR,
                message="No step of the service's journey is marked as a moment that matters.",
                where="moments",
                fix="Mark the steps that matter most to customers in the service's journey.",
            )
        ]
    unasked = [
        Finding(
            rule="280.14-b1",
            severity=Severity.WARN,
            message=f"No survey asks about “{moment.name}”, a moment that matters.",
            where=f"moments.{moment.name}",
            fix="Link a survey to this step of the journey.",
        )
        for moment in facts.moments
        if not moment.surveys
    ]
    unlinked = [
        Finding(
            rule="280.14-b1",
            severity=Severity.WARN,
            message=f"“{survey.title}” is linked to no moment that matters.",
            where=f"surveys.{survey.code}",
            fix="Choose the step it asks about, under “Around the questions” of the survey.",
        )
        for survey in content.surveys
        if not survey.is_moment
    ]
    return [*unasked, *unlinked]
