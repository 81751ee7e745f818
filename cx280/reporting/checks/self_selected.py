"""Where people found the survey by themselves, the report says so (INC-33, INC-44)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("INC-33", "INC-44")
def self_selected(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """INFO for each survey whose respondents chose themselves."""
    return [
        Finding(
            rule="INC-33",
            severity=Severity.INFO,
            message=(
                f"{survey.title}: people found this survey by themselves, so it has no response"
                " rate and no margin of error."
            ),
            where=f"surveys[{survey.code}].self_selected",
            fix="The release carries this caveat with every figure.",
        )
        for survey in content.surveys
        if survey.self_selected
    ]
