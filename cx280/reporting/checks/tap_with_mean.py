"""Driver choices are taps of those shown, never a mean (280.15-a3, INC-15)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content, Question
from cx280.reporting.rules.facts import PackageFacts


@implements("280.15-a3", "INC-15")
def tap_with_mean(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """ERROR for driver choices that carry a mean, scale counts, or more taps than were shown."""
    return [
        Finding(
            rule="280.15-a3",
            severity=Severity.ERROR,
            message=f"“{question.text}”: {problem}",
            where=f"surveys[{survey.code}].questions[{question.id}]",
            fix="Report how many tapped each driver, of how many who were shown it.",
        )
        for survey in content.surveys
        for question in survey.questions
        if not question.is_scale and (problem := _problem(question))
    ]


def _problem(question: Question) -> str:
    if question.mean is not None or question.counts is not None:
        return "Chosen drivers are not points on a scale and have no mean."
    for tap in question.taps:
        if tap.tapped is not None and tap.tapped > (tap.shown or 0):
            return f"“{tap.text}” was tapped {tap.tapped:,} times, shown {tap.shown or 0:,} times."
    return ""
