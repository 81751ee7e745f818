"""Whether the terms of a clearance let results be shown to the public (280.10-s1, INC-27)."""

from cx280.kernel.finding import Finding, Severity


def release_forbidden(control_number: str | None, *, permits_release: bool) -> list[Finding]:
    """An error when the answers were collected under no clearance, or one that forbids release."""
    if control_number is not None and permits_release:
        return []
    message = (
        "It is not known under which clearance these answers were collected."
        if control_number is None
        else f"The terms of clearance {control_number} do not let its results be made public."
    )
    return [
        Finding(
            "280.10-s1",
            Severity.ERROR,
            message,
            where="clearance",
            fix="Keep these results inside the agency, or have OMB change the terms.",
        )
    ]
