"""Whether feedback of one person may be read along a journey: only where the clearance says so."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity


@implements("280.10-b3")
def following_forbidden(control_number: str | None, *, permits_following: bool) -> list[Finding]:
    """Errors unless a clearance in force permits it. control_number: None without one in force."""
    if permits_following and control_number is not None:
        return []
    if control_number is None:
        message = "Name a clearance in force: without one nobody’s answers are read together."
    else:
        message = (
            f"Clearance {control_number} does not allow reading one person’s answers together."
        )
    fix = "Ask OMB to approve it, then say so on the clearance."
    return [Finding("280.10-b3", Severity.ERROR, message, where="clearance", fix=fix)]
