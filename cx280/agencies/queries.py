"""Reads the organization tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from cx280.agencies.models import Level, Organization, OrganizationChange


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit and the branches below it."""

    unit: Organization
    below: list[Branch]


def agency_of(organization: Organization) -> Organization:
    """The department or independent agency at the root of the unit's tree."""
    root = int(organization.path.split("/")[1])
    return organization if organization.pk == root else Organization.objects.get(pk=root)


def active(on: date | None = None) -> QuerySet[Organization]:
    """The units that exist on that day (today when not given)."""
    day = on or timezone.localdate()
    return Organization.objects.filter(
        Q(active_from__isnull=True) | Q(active_from__lte=day),
        Q(active_until__isnull=True) | Q(active_until__gte=day),
    )


def units_of(organization: Organization, on: date | None = None) -> QuerySet[Organization]:
    """The active units below the organization, and itself, on that day (today when not given)."""
    return active(on).filter(path__startswith=organization.path)


def serving(owner: Organization) -> Q:
    """The units at which a service of the owner may be given, for a filter.

    Those of its own tree, and the offices that stand directly below the agency: they belong to no
    bureau, so they serve all of them.
    """
    root = "/" + owner.path.split("/")[1] + "/"
    shared = Q(level=Level.SERVICE_CENTER, parent__path=root)
    return Q(path__startswith=owner.path) | shared


def unit_by_code(
    code: str, within: Organization | None = None, on: date | None = None
) -> Organization | None:
    """The active unit with that code, whatever its case; None when there is none.

    `within` limits the search to that organization and the units below it.
    """
    where = units_of(within, on) if within else active(on)
    written = code.strip()
    return where.filter(code=written).first() or where.filter(code__iexact=written).first()


def in_tree_order(units: Iterable[Organization]) -> list[Organization]:
    """The units as a tree is read: each below its parent, siblings by name.

    A unit whose parent is not among them stands where a root would.
    """
    given = list(units)
    known = {each.pk for each in given}
    below: dict[int | None, list[Organization]] = {}
    for each in given:
        below.setdefault(each.parent_id if each.parent_id in known else None, []).append(each)
    ordered: list[Organization] = []
    waiting = sorted(below.get(None, []), key=_by_name, reverse=True)
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += sorted(below.get(unit.pk, []), key=_by_name, reverse=True)
    return ordered


def nested(units: Iterable[Organization]) -> list[Branch]:
    """The units as branches, each with those below it, in the order of `in_tree_order`."""
    tops: list[Branch] = []
    known: dict[int, Branch] = {}
    for unit in in_tree_order(units):
        branch = known[unit.pk] = Branch(unit, [])
        above = known.get(unit.parent_id) if unit.parent_id else None
        (above.below if above else tops).append(branch)
    return tops


def above(unit: Organization) -> list[Organization]:
    """The units above this one, from the root down."""
    numbers = [int(each) for each in unit.path.strip("/").split("/")[:-1]]
    found = Organization.objects.in_bulk(numbers)
    return [found[each] for each in numbers]


def _by_name(unit: Organization) -> str:
    return unit.name.casefold()


def value_on(organization: Organization, field: str, day: date) -> str:
    """What the unit's `field` (name, level, parent's code …) was on that day, as text."""
    later = (
        organization.changes.filter(field=field, applied_on__isnull=False, effective_on__gt=day)
        .order_by("effective_on", "id")
        .first()
    )
    return later.before if later else written_value(organization, field)


def written_value(organization: Organization, field: str) -> str:
    """The unit's present `field` as changes write it: units by code, days as 2022-01-28."""
    value = getattr(organization, field)
    if isinstance(value, Organization):
        return value.code
    return "" if value is None else str(value)


def planned_changes(on: date | None = None) -> QuerySet[OrganizationChange]:
    """The changes not carried out yet, earliest first; with `on`, only those due by that day."""
    waiting = OrganizationChange.objects.filter(applied_on__isnull=True)
    if on is not None:
        waiting = waiting.filter(effective_on__lte=on)
    return waiting.order_by("effective_on", "id").select_related("organization")


def rows_of(units: Iterable[Organization]) -> list[dict[str, str]]:
    """The units as rows of the unit file (rules/unit_file.py), in tree order."""
    given = list(units)
    codes = dict(Organization.objects.values_list("pk", "code"))
    return [
        {
            "code": each.code,
            "name": each.name,
            "level": each.level,
            "parent_code": codes[each.parent_id] if each.parent_id else "",
            "abbreviation": each.abbreviation,
            "time_zone": each.time_zone,
            "executive_agency": "yes" if each.executive_agency else "no",
            "active_from": each.active_from.isoformat() if each.active_from else "",
            "active_until": each.active_until.isoformat() if each.active_until else "",
        }
        for each in in_tree_order(given)
    ]
