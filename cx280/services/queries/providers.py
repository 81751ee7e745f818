"""High-Impact Service Providers and the services they designated."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from cx280.agencies.queries import agency_of
from cx280.circular.deadlines import Due, Standing, obligations_of
from cx280.circular.edition import edition
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding
from cx280.services.checks import check_minimum
from cx280.services.models import Designation, Hisp, HispChange, Service
from cx280.services.queries.facts import facts_of_many, terms
from cx280.services.queries.inventory import certified_codes
from cx280.services.rules.designation import (
    Designated,
    check_designations,
    designation_standing,
)
from cx280.services.rules.hisp_list import NameChange, Period, name_on, was_designated


def hisp_periods(hisp: Hisp) -> list[Period]:
    """The stretches of days in which OMB had designated the provider, oldest first."""
    earlier = [
        Period.parse(each.before)
        for each in hisp.changes.all()
        if each.field == HispChange.Field.PERIOD
    ]
    return [*earlier, Period(hisp.designated_on, hisp.ended_on)]


@implements("280.13-a1")
def hisps_on(on: date | None = None, among: QuerySet[Hisp] | None = None) -> list[Hisp]:
    """The providers there were on that day, by name; all of them or those `among`."""
    day = on or timezone.localdate()
    known = Hisp.objects.all() if among is None else among
    rows = known.select_related("organization").prefetch_related("changes")
    return [each for each in rows if was_designated(hisp_periods(each), day)]


def name_of(hisp: Hisp, on: date) -> str:
    """What the provider was called on that day."""
    changes = [
        NameChange(each.before, each.after, each.effective_on)
        for each in hisp.changes.all()
        if each.field == HispChange.Field.NAME
    ]
    return name_on(hisp.name, changes, on)


def designations_of(hisp: Hisp) -> QuerySet[Designation]:
    """The provider's designations that have not ended, oldest first."""
    return (
        hisp.designations.filter(ended_on__isnull=True)
        .select_related("service__owner", "proposed_by", "signed_by", "concurred_by")
        .order_by("proposed_on", "pk")
    )


def designated_services(hisp: Hisp | None = None, on: date | None = None) -> QuerySet[Service]:
    """The services designated on a day with OMB's concurrence, of one provider or of all.

    A provider that is none any more designates nothing.
    """
    day = on or timezone.localdate()
    rows = Designation.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=day),
        Q(hisp__ended_on__isnull=True) | Q(hisp__ended_on__gte=day),
        concurred_on__lte=day,
    )
    if hisp is not None:
        rows = rows.filter(hisp=hisp)
    return Service.objects.filter(pk__in=rows.values("service")).select_related("owner", "hisp")


def designated_facts(designations: Iterable[Designation]) -> list[Designated]:
    """Designations as the rules want them, with what is wrong with each service."""
    rows = list(designations)
    measured = terms()
    facts = facts_of_many([each.service for each in rows])
    listed: dict[int, frozenset[str]] = {}
    found = []
    for row, known in zip(rows, facts, strict=True):
        agency = agency_of(row.service.owner)
        if agency.pk not in listed:
            listed[agency.pk] = certified_codes(agency)
        found.append(
            Designated(
                row.service.code,
                row.service.name,
                row.signed_on,
                row.concurred_on,
                row.service.code in listed[agency.pk],
                tuple(check_minimum(known, measured)),
            )
        )
    return found


def designation_findings(hisp: Hisp) -> list[Finding]:
    """What 280.13 and 280.14 find wrong with the provider's designated services."""
    least = edition(settings.CX280_EDITION).limits.designated_services_min
    return check_designations(designated_facts(designations_of(hisp)), least)


def designation_standing_of(
    hisp: Hisp, fiscal_year: int, on: date | None = None
) -> tuple[Due, Standing]:
    """When two services had to be proposed in that year, and how the provider stands on a day."""
    known = edition(settings.CX280_EDITION)
    (due,) = (
        each for each in obligations_of(known, fiscal_year) if each.obligation == "designation"
    )
    signed: dict[int, date] = {}
    for each in designations_of(hisp):
        if each.signed_on is not None:
            signed.setdefault(each.service_id, each.signed_on)
    return due, designation_standing(
        signed.values(),
        due=due,
        on=on or timezone.localdate(),
        minimum=known.limits.designated_services_min,
    )
