"""What a release is read beside: earlier ones of the quarter, and the noise an agency wants."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet
from msgspec import UNSET

from cx280.agencies.queries import agency_of
from cx280.reporting.models import NoiseSetting, Package, Release
from cx280.reporting.rules import disclosure
from cx280.reporting.rules.content import Content, read_content


def earlier_releases(package: Package) -> list[disclosure.Release]:
    """Every release of the service and quarter, the replaced ones too: nobody forgets them.

    Those with noise are protected by it, whatever stands beside them, and are left out.
    """
    rows = Release.objects.filter(
        service=package.service_id, fiscal_year=package.fiscal_year, quarter=package.quarter
    ).order_by("number")
    found = [
        disclosure.Release(number, read_content(content))
        for number, content in rows.values_list("number", "content")
    ]
    return [each for each in found if each.content.noise is UNSET]


def to_be_released(package: Package, content: Content) -> disclosure.Safe:
    """The content as a release would show it, without noise, and what would be hidden further."""
    return disclosure.safe_version(content, settings.CX280_SMALLEST_CELL, earlier_releases(package))


def noise_of(package: Package) -> NoiseSetting | None:
    """The noise that the package's agency wants; None is none, as is the rule."""
    return NoiseSetting.objects.filter(agency=agency_of(package.service.owner)).first()


def budget_left(package: Package, setting: NoiseSetting) -> Decimal:
    """What the releases of the package's provider may still spend in its fiscal year."""
    spent = sum(
        each.epsilon
        for each in noise_ledger(Release.objects.filter(hisp=package.hisp_id))
        if each.fiscal_year == package.fiscal_year
    )
    return setting.yearly - spent


@dataclass(frozen=True, slots=True)
class Spent:
    """What a provider's releases with noise spent in a fiscal year, and how many they were.

    expected_error: people a count is off on average in the last of them.
    """

    provider: str
    fiscal_year: int
    releases: int
    epsilon: Decimal
    expected_error: float


def noise_ledger(releases: QuerySet[Release] | None = None) -> list[Spent]:
    """The privacy budget spent, by provider and fiscal year, latest year first.

    Corrections spend like any release: both are out. Releases add up, as one person may have
    answered in each of them.
    """
    found = Release.objects.all() if releases is None else releases
    rows = (
        found.filter(content__noise__epsilon__isnull=False)
        .order_by("number")
        .values_list("hisp__name", "fiscal_year", "content__noise")
    )
    kept: dict[tuple[str, int], Spent] = {}
    for provider, year, noise in rows:
        before = kept.get((provider, year), Spent(provider, year, 0, Decimal(0), 0.0))
        kept[provider, year] = Spent(
            provider,
            year,
            before.releases + 1,
            before.epsilon + Decimal(str(noise["epsilon"])),
            noise["expected_error"],
        )
    return sorted(kept.values(), key=lambda each: (-each.fiscal_year, each.provider))
