"""Few answers are said to be few (INC-44)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("INC-44")
def few_answers(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """INFO for a survey with fewer answers than `small_n`; that number is ours."""
    return [
        Finding(
            rule="INC-44",
            severity=Severity.INFO,
            message=f"{survey.title}: only {survey.volumes.respondents:,} people answered.",
            where=f"surveys[{survey.code}].respondents",
            fix="Its figures can move a lot by chance; the release says so.",
        )
        for survey in content.surveys
        if survey.volumes.respondents is not None and 0 < survey.volumes.respondents < facts.small_n
    ]
