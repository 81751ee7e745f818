"""Services and providers, attribute by attribute as Touchpoints names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet

from cx280.agencies.models import Level, Organization
from cx280.agencies.queries import agency_of
from cx280.reporting.models import Package
from cx280.services.models import Hisp, Service
from cx280.services.rules.vocabulary import Channel, TransactionType
from cx280.touchpoints.rules.shapes import Resource, moment, resource
from cx280.touchpoints.rules.words import is_digital

_BY_PHONE = {Channel.PHONE, Channel.AUTOMATED_PHONE}
_SHORT = 250


def services(found: QuerySet[Service]) -> list[Resource]:
    """Each service; those of people (owner, managers) are told by no program."""
    whole = found.select_related("owner", "hisp").prefetch_related("channels").order_by("pk")
    reported = set(
        Package.objects.filter(submitted_at__isnull=False).values_list("service", flat=True)
    )
    used = dict(
        Service.objects.filter(retired_on__isnull=True, channels__until__isnull=True)
        .values_list("channels__channel")
        .annotate(many=Count("pk", distinct=True))
    )
    return [resource("services", each.pk, _service(each, each.pk in reported, used))
            for each in whole]  # fmt: skip


def _service(each: Service, reported: bool, used: dict[str, int]) -> dict[str, Any]:
    hisp = each.hisp
    open_channels = [row for row in each.channels.all() if row.until is None]
    names = {row.channel for row in open_channels}
    year = hisp.designated_on.year if hisp and hisp.designated_on else None
    return {
        "name": each.name,
        "description": each.description,
        "organization_id": each.owner_id,
        "organization_abbreviation": each.owner.abbreviation,
        "organization_name": each.owner.name,
        "service_provider_id": hisp.pk if hisp else None,
        "service_provider_name": hisp.name if hisp else None,
        "service_provider_slug": hisp.code if hisp else None,
        "short_description": each.offering[:_SHORT],
        "year_designated": year,
        "previously_reported": reported,
        "contact_center": bool(names & {each.value for each in _BY_PHONE}),
        "kind": [each.transaction_type] if each.transaction_type else [],
        "transactional": each.transaction_type not in ("", TransactionType.SEEK.value),
        "notes": "",
        "hisp": hisp is not None,
        "service_slug": each.code,
        "service_owner_email": "",
        "service_managers": [],
        "url": each.website,
        "homepage_url": each.website,
        "channels": [
            {"id": row.pk, "name": row.channel, "created_at": None,
             "updated_at": moment(each.changed_at), "taggings_count": used.get(row.channel, 0)}
            for row in sorted(open_channels, key=lambda row: row.channel)
        ],
        "tags": [],
        "available_in_person": Channel.IN_PERSON.value in names,
        "available_digitally": is_digital(names),
        "available_via_phone": bool(names & {each.value for each in _BY_PHONE}),
        "aasm_state": "archived" if each.retired_on else "published",
    }  # fmt: skip


def providers(found: QuerySet[Hisp]) -> Iterator[Resource]:
    """Each provider with how many services it has that are not retired."""
    counts = dict(
        Service.objects.filter(retired_on__isnull=True, hisp__isnull=False)
        .values_list("hisp")
        .annotate(many=Count("pk"))
    )
    for each in found.select_related("organization").order_by("pk"):
        yield resource("service_providers", each.pk, _provider(each, counts.get(each.pk, 0)))


def _provider(each: Hisp, services: int) -> dict[str, Any]:
    own = each.organization
    department: Organization = agency_of(own)
    return {
        "organization_id": own.pk,
        "organization_abbreviation": own.abbreviation,
        "organization_name": own.name,
        "name": each.name,
        "slug": each.code,
        "year_designated": each.designated_on.year if each.designated_on else None,
        "description": each.description,
        "notes": "",
        "department": department.name,
        "department_abbreviation": department.abbreviation,
        "bureau": own.name if own.level != Level.DEPARTMENT else "",
        "inactive": each.ended_on is not None,
        "url": each.source_url,
        "new": bool(each.target_quarter),
        "portfolio_manager_email": "",
        "service_provider_managers": [],
        "services_count": services,
    }
