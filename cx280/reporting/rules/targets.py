"""Where results may be shown to the public (280.10-s1 to s3, INC-27)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.kernel.words import Word


class Target(Word):
    """A place the public reads; any other is not one."""

    PERFORMANCE_GOV = "performance_gov", "performance.gov/CX"
    ANNUAL_REPORT = "annual_report", "the Annual Agency Performance Report"
    AGENCY_SITE = "agency_site", "the agency's own CX website"


@implements("280.10-s1", "280.10-s3")
def target_refused(target: Target, *, agency_site_agreed: bool) -> list[Finding]:
    """ERROR for the agency's own website until a talk with OMB is on record; else nothing."""
    if target is not Target.AGENCY_SITE or agency_site_agreed:
        return []
    return [
        Finding(
            rule="280.10-s3",
            severity=Severity.ERROR,
            message="Results may stand on the agency's own website only after a talk with OMB.",
            where="target",
            fix="Talk with OMB and record it under OMB discussions, then try again.",
        )
    ]
