"""Who came together about a provider's fiscal year."""

from __future__ import annotations

from dataclasses import dataclass

from cx280.designation.models import Meeting
from cx280.designation.rules.offices import Taken, support_there, taken, who_is_missing
from cx280.kernel.finding import Finding
from cx280.services.models import Hisp


@dataclass(frozen=True, slots=True)
class Together:
    """The year's meetings, the latest first, and what each office did."""

    meetings: list[Meeting]
    offices: list[Taken]
    findings: list[Finding]

    @property
    def support(self) -> int:
        """How many of the six support offices took part."""
        return support_there(self.offices)


def together(hisp: Hisp, fiscal_year: int) -> Together:
    """Everything kept of the provider's meetings about that year."""
    meetings = list(
        Meeting.objects.filter(hisp=hisp, fiscal_year=fiscal_year).prefetch_related(
            "seats", "services"
        )
    )
    offices = taken(
        {seat.office: (seat.part, seat.words) for seat in each.seats.all()} for each in meetings
    )
    return Together(meetings, offices, who_is_missing(len(meetings), offices, fiscal_year))
