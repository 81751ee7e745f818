"""Nothing is made public that its clearance forbids (280.10-s1, INC-27)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("280.10-s1", "INC-27")
def release_not_permitted(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR for each survey asked under a clearance whose terms do not permit release."""
    return [
        Finding(
            rule="280.10-s1",
            severity=Severity.ERROR,
            message=(
                f"{survey.title}: clearance {survey.control_number or '(none)'} does not permit"
                " its results to be made public."
            ),
            where=f"surveys[{survey.code}].permits_release",
            fix="Ask OMB to change the terms of the clearance; the report itself may be accepted.",
        )
        for survey in content.surveys
        if survey.permits_release is not True
    ]
