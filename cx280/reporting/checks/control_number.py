"""Every survey ran under an OMB control number in force (280.11-a1)."""

import re

from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content, SurveyReport
from cx280.reporting.rules.facts import PackageFacts

WELL_FORMED = re.compile(r"[0-9]{4}-[0-9]{4}")


def control_number(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR for a number that is missing, not written NNNN-NNNN, or had expired while asking."""
    return [
        Finding(
            rule="280.11-a1",
            severity=Severity.ERROR,
            message=f"{survey.title}: {problem}",
            where=f"surveys[{survey.code}].control_number",
            fix="Name the clearance the survey was asked under.",
        )
        for survey in content.surveys
        if (problem := _problem(survey, content))
    ]


def _problem(survey: SurveyReport, content: Content) -> str:
    if not survey.control_number:
        return "It has no OMB control number."
    if not WELL_FORMED.fullmatch(survey.control_number):
        return f"“{survey.control_number}” is not written like 1234-5678."
    last = survey.collected_to or content.starts_on
    if survey.expires_on is not None and survey.expires_on < last:
        return f"Clearance {survey.control_number} had expired before its last answer."
    return ""
