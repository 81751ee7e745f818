"""Whether people may be asked how to reach them: only where the clearance says so."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity


@implements("INC-30")
def contact_forbidden(control_number: str | None, *, permits_contact: bool) -> list[Finding]:
    """Errors unless a clearance in force permits it. control_number: None without one in force."""
    if permits_contact and control_number is not None:
        return []
    if control_number is None:
        message = (
            "No clearance in force covers this survey, so nobody may be asked how to reach them."
        )
        fix = "Choose an approved collection whose clearance allows it."
    else:
        message = f"Clearance {control_number} does not allow asking people how to reach them."
        fix = (
            "Ask OMB to approve it, then say so on the clearance. Until then put things right at "
            "the office that was rated."
        )
    return [Finding("INC-30", Severity.ERROR, message, where="offers_contact", fix=fix)]
