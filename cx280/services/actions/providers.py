"""Keeps OMB's list of High-Impact Service Providers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.services.actions.trail import changes, tidy, told
from cx280.services.models import Hisp, HispChange, HispList
from cx280.services.queries.providers import hisps_on
from cx280.services.rules.hisp_list import Difference, Entry, Period, difference


def save_hisp(hisp: Hisp, *, by: Person | None, values: Mapping[str, Any]) -> Hisp:
    """The provider with these values; a change of name comes with a list, not here."""
    wanted = tidy(values)
    with transaction.atomic():
        changed = changes(hisp, wanted)
        for name, value in wanted.items():
            setattr(hisp, name, value)
        hisp.save()
        if changed:
            told("change_provider", hisp, by=by, organization=hisp.organization, changed=changed)
    return hisp


@implements("280.13-a2")
def list_difference(entries: Sequence[Entry], *, effective_on: date) -> Difference:
    """What the list would change, against the providers of the day before it takes effect."""
    before = [Entry(each.code, each.name) for each in hisps_on(effective_on - timedelta(days=1))]
    return difference(before, entries)


@implements("280.13-a2", "280.13-a3")
def import_hisp_list(
    entries: Sequence[Entry],
    *,
    effective_on: date,
    source_url: str,
    retrieved_on: date,
    by: Person | None,
) -> HispList:
    """The version of the list, carried out: who is new is designated from its day, who is gone
    ended the day before, who is renamed keeps the old name in the past.

    Raises Unusable for a code twice, an unknown unit, or a list older than the last one.
    """
    _check_list(entries, effective_on)
    units = _units(entries)
    with transaction.atomic():
        found = list_difference(entries, effective_on=effective_on)
        version = HispList.objects.create(
            effective_on=effective_on,
            source_url=source_url,
            retrieved_on=retrieved_on,
            entries=[asdict(each) for each in entries],
            difference=asdict(found),
            imported_by=by,
        )
        for entry in found.added:
            _designate(entry, units, version, by)
        for entry in found.removed:
            _end(entry, effective_on, by)
        for before, after in found.renamed:
            _rename(before, after, effective_on, by)
        Hisp.objects.filter(code__in=[each.code for each in entries]).update(
            source_url=source_url, retrieved_on=retrieved_on
        )
    return version


def _check_list(entries: Sequence[Entry], effective_on: date) -> None:
    codes = [each.code for each in entries]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice or not codes:
        raise Unusable(
            f"The list names {', '.join(twice)} twice." if twice else "The list is empty.",
            field="file",
        )
    last = HispList.objects.first()
    if last is not None and last.effective_on > effective_on:
        raise Unusable(
            f"A later list, of {last.effective_on}, was imported already.", field="effective_on"
        )


def _units(entries: Sequence[Entry]) -> dict[str, Organization]:
    units = {
        each.code: each
        for each in Organization.objects.filter(code__in={row.organization for row in entries})
    }
    known = set(Hisp.objects.values_list("code", flat=True))
    for entry in entries:
        if entry.code not in known and entry.organization not in units:
            raise Unusable(
                f"“{entry.name}” is new, and “{entry.organization}” is not the code of an"
                " organization here.",
                field="file",
                fix="Add the organization first, or correct its code in the list.",
            )
    return units


def _designate(
    entry: Entry, units: Mapping[str, Organization], version: HispList, by: Person | None
) -> None:
    hisp = Hisp.objects.filter(code=entry.code).first()
    if hisp is None:
        hisp = Hisp(code=entry.code, name=entry.name, organization=units[entry.organization])
    else:  # it was one before: its earlier days are kept
        HispChange.objects.create(
            hisp=hisp,
            field=HispChange.Field.PERIOD,
            before=str(Period(hisp.designated_on, hisp.ended_on)),
            effective_on=version.effective_on,
        )
        _rename(Entry(hisp.code, hisp.name), entry, version.effective_on, by)
        hisp.refresh_from_db()
    hisp.designated_on, hisp.ended_on = version.effective_on, None
    hisp.reason = entry.reason or hisp.reason
    hisp.save()
    told(
        "designate_provider", hisp, by=by, organization=hisp.organization,
        on=str(version.effective_on),
    )  # fmt: skip


def _end(entry: Entry, effective_on: date, by: Person | None) -> None:
    hisp = Hisp.objects.get(code=entry.code)
    hisp.ended_on = effective_on - timedelta(days=1)
    hisp.save(update_fields=["ended_on"])
    told("end_provider", hisp, by=by, organization=hisp.organization, on=str(hisp.ended_on))


def _rename(before: Entry, after: Entry, effective_on: date, by: Person | None) -> None:
    if before.name == after.name:
        return
    hisp = Hisp.objects.get(code=before.code)
    HispChange.objects.create(
        hisp=hisp,
        field=HispChange.Field.NAME,
        before=before.name,
        after=after.name,
        effective_on=effective_on,
    )
    hisp.name = after.name
    hisp.save(update_fields=["name"])
    told(
        "rename_provider", hisp, by=by, organization=hisp.organization,
        before=before.name, after=after.name,
    )  # fmt: skip
