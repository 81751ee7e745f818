"""Whether the clearance asked under covers anything that day (280.11-a1)."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
from cx280.clearance.rules.force import Standing, standing
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.known import Known


@implements("280.11-a1")
def clearance_covers(_answers: Answers, known: Known, on: date) -> list[Finding]:
    """An ERROR when it has expired or was withdrawn; one that starts later may be asked under."""
    under = known.clearance
    stands = standing(under.starts_on, under.expires_on, under.withdrawn_on, on)
    if stands in {Standing.IN_FORCE, Standing.NOT_YET}:
        return []
    return [
        Finding(
            "280.11-a1",
            Severity.ERROR,
            f"Clearance {under.control_number} is no longer in force.",
            where="clearance",
            fix="Renew it, or ask under another clearance.",
        )
    ]
