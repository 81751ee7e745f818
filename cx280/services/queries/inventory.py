"""Inventories: lines with their findings, completeness by bureau, cycles and certificates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, errors, warnings
from cx280.kernel.problem import Unusable
from cx280.services.checks import check
from cx280.services.models import InventoryCycle, Service
from cx280.services.queries.facts import facts_of_many, terms
from cx280.services.rules.facts import ServiceFacts, Volume
from cx280.services.rules.inventory_json import digest_of
from cx280.services.rules.participation import latest_volume
from cx280.services.rules.profile import Completeness, completeness, elements_there


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """A service with its facts and what is wrong with it."""

    service: Service
    facts: ServiceFacts
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> list[Finding]:
        """What stops certification."""
        return errors(self.findings)

    @property
    def warnings(self) -> list[Finding]:
        """What needs a reason."""
        return warnings(self.findings)

    @property
    def parts(self) -> int:
        """How many of the five parts of the profile are written."""
        return len(elements_there(self.facts))

    @property
    def review_is_due(self) -> bool:
        """Whether nobody looked at its digital delivery within the cadence (280.7-a2)."""
        return any(each.rule == "280.7-a2" for each in self.findings)


@dataclass(frozen=True, slots=True)
class BureauLine:
    """A bureau, or the department itself, with how well it knows its services."""

    organization: Organization
    services: int
    with_errors: int
    completeness: Completeness


@dataclass(frozen=True, slots=True)
class Occasion:
    """What brings people to a service; blank words when nobody told it yet."""

    service: Service
    words: str
    volume: Volume | None


def active_services(services: QuerySet[Service], on: date | None = None) -> QuerySet[Service]:
    """Those not retired by the end of that day."""
    day = on or timezone.localdate()
    return services.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day))


@implements("280.4-g1")
def inventory(services: Iterable[Service], on: date | None = None) -> list[InventoryLine]:
    """The services with their facts and findings, in their order."""
    listed = list(services)
    measured = terms()
    return [
        InventoryLine(service, facts, tuple(check(facts, measured)))
        for service, facts in zip(listed, facts_of_many(listed, on), strict=True)
    ]


def lines_to_certify(cycle: InventoryCycle, on: date | None = None) -> list[InventoryLine]:
    """The services that certification covers, with what is wrong with each."""
    whole = Service.objects.filter(owner__path__startswith=cycle.agency.path)
    return inventory(active_services(whole.select_related("owner").order_by("code"), on), on)


@implements("280.3-b4")
def by_bureau(lines: Iterable[InventoryLine]) -> list[BureauLine]:
    """A line for each bureau that has services, least complete first.

    A service stands under its accountable owner alone, however many partners it has.
    """
    groups: dict[int, list[InventoryLine]] = {}
    for line in lines:
        steps = line.service.owner.path.strip("/").split("/")
        groups.setdefault(int(steps[min(1, len(steps) - 1)]), []).append(line)
    bureaus = Organization.objects.in_bulk(groups.keys())
    found = [
        BureauLine(
            bureaus[pk],
            len(group),
            sum(bool(each.errors) for each in group),
            completeness(each.facts for each in group),
        )
        for pk, group in groups.items()
    ]
    return sorted(found, key=lambda line: (line.completeness.share, line.organization.name))


@implements("280.4-g1", "280.9-g2")
def whole_completeness(lines: Iterable[InventoryLine]) -> Completeness:
    """How much of the five-part profiles of all these services is written: one number."""
    return completeness(each.facts for each in lines)


@implements("280.9-e1")
def occasions(lines: Iterable[InventoryLine]) -> list[Occasion]:
    """What brings people to the services: those with most customers first, unknown ones last.

    The volume is the latest year's, as `latest_volume` reads it; equal volumes go by name.
    """
    told = [
        Occasion(each.service, each.facts.occasion.strip(), latest_volume(each.facts.volumes))
        for each in lines
    ]
    return sorted(
        told,
        key=lambda each: (
            -each.volume.customers if each.volume else 1,
            each.service.name.casefold(),
        ),
    )


@implements("280.7-a1")
def channel_figures(lines: Sequence[InventoryLine]) -> dict[str, int]:
    """How many services there are, have a digital channel, and have digital channels only."""
    return {
        "services": len(lines),
        "digital": sum(each.facts.has_digital_channel for each in lines),
        "only_digital": sum(
            each.facts.has_digital_channel and not each.facts.has_traditional_channel
            for each in lines
        ),
    }


def cycles_of(agencies: Iterable[Organization]) -> QuerySet[InventoryCycle]:
    """The inventory cycles of agencies, newest first."""
    return (
        InventoryCycle.objects.filter(agency__in=[each.pk for each in agencies])
        .select_related("agency", "certified_by", "certifier")
        .defer("inventory")
        .order_by("-fiscal_year", "agency__name")
    )


def certified_codes(agency: Organization) -> frozenset[str]:
    """The codes of the services in the agency's latest certified inventory."""
    latest = (
        InventoryCycle.objects.filter(agency=agency, state=InventoryCycle.State.CERTIFIED)
        .order_by("-fiscal_year")
        .first()
    )
    listed = (latest.inventory or {}).get("services", []) if latest else []
    return frozenset(str(each["code"]) for each in listed)


@implements("280.5-a1")
def is_intact(cycle: InventoryCycle) -> bool:
    """Whether the certified inventory is still, byte for byte, what its digest was taken of."""
    return cycle.inventory is not None and digest_of(cycle.inventory) == cycle.digest


def taken_codes() -> frozenset[str]:
    """The codes that services have."""
    return frozenset(Service.objects.values_list("code", flat=True))


def services_below(code: str | None) -> QuerySet[Service]:
    """The services of a unit and those below it, or all, by code; Unusable for no such unit."""
    found = Service.objects.select_related("owner", "hisp").order_by("code")
    if code is None:
        return found
    unit = Organization.objects.filter(code=code).first()
    if unit is None:
        raise Unusable(f"There is no unit with the code “{code}”.")
    return found.filter(owner__path__startswith=unit.path)
