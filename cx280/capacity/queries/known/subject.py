"""Whom something is known about: a provider or an agency, in a fiscal year, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cx280.agencies.models import Organization
from cx280.capacity.models import Assessment, Entry
from cx280.capacity.rules.vocabulary import Register
from cx280.services.models import Hisp, Service


@dataclass(frozen=True, slots=True)
class Subject:
    """A provider with its unit, or an agency, in a fiscal year, as of `today`."""

    organization: Organization
    hisp: Hisp | None
    fiscal_year: int
    today: date

    @classmethod
    def of(cls, assessment: Assessment, today: date) -> Subject:
        """Whose assessment it is."""
        return cls(assessment.organization, assessment.hisp, assessment.fiscal_year, today)

    @property
    def first_day(self) -> date:
        """The first day of the fiscal year."""
        return date(self.fiscal_year - 1, 10, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.fiscal_year, 9, 30)

    @property
    def period(self) -> str:
        """`FY2022`."""
        return f"FY{self.fiscal_year}"

    def services(self) -> QuerySet[Service]:
        """The provider’s services and those it designated, or all of the agency."""
        if self.hisp is not None:
            mine = Q(hisp=self.hisp) | Q(designations__hisp=self.hisp)
            return Service.objects.filter(pk__in=Service.objects.filter(mine).values("pk"))
        return Service.objects.filter(owner__path__startswith=self.organization.path)

    def entries(self, *registers: Register) -> QuerySet[Entry]:
        """The lines of these registers of the year, from this unit and those below it."""
        return Entry.objects.filter(
            register__in=[each.value for each in registers],
            organization__path__startswith=self.organization.path,
            fiscal_year=self.fiscal_year,
            withdrawn_at__isnull=True,
        ).order_by("on", "pk")
