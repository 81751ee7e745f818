"""Writes the organization tree: every change keeps its day, and no unit is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from cx280.agencies.models import Level, Organization, OrganizationChange
from cx280.agencies.queries import agency_of, planned_changes, units_of, written_value
from cx280.agencies.rules.tree import code_written, place_fits, time_zone_known
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, NotFound, Unusable


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different about a unit; None means: as it is.

    A new `level` of department takes the unit out from below its parent.
    """

    name: str | None = None
    abbreviation: str | None = None
    level: str | None = None
    parent: Organization | None = None
    time_zone: str | None = None

    def written(self) -> dict[str, str]:
        """The change as text, by field; the parent by its code."""
        fields = {
            "name": self.name,
            "abbreviation": self.abbreviation,
            "level": self.level,
            "parent": self.parent.code if self.parent else None,
            "time_zone": self.time_zone,
        }
        if self.level == Level.DEPARTMENT:
            fields["parent"] = ""
        return {field: value for field, value in fields.items() if value is not None}


@implements("280.4-d4")
def add_organization(
    *,
    actor: str,
    code: str,
    name: str,
    level: str,
    parent: Organization | None = None,
    abbreviation: str = "",
    time_zone: str = "",
    executive_agency: bool = True,
    active_from: date | None = None,
    active_until: date | None = None,
    simulated: bool = False,
) -> Organization:
    """The unit added below its parent; a department or independent agency has none.

    Without a time zone of its own it takes its parent's. Raises Conflict when the code is
    taken or the place does not fit the level.
    """
    code = code_written(code)
    place_fits(level, parent.level if parent else None)
    zone = time_zone or (parent.time_zone if parent else "America/New_York")
    with transaction.atomic():
        if Organization.objects.filter(code__iexact=code).exists():
            raise Conflict(
                f"Another unit has the code “{code}”.", field="code", fix="Choose another code."
            )
        unit = Organization.objects.create(
            parent=parent,
            level=level,
            code=code,
            name=_name(name),
            abbreviation=abbreviation.strip(),
            time_zone=time_zone_known(zone),
            executive_agency=executive_agency,
            active_from=active_from,
            active_until=active_until,
            simulated=simulated,
        )
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        _tell(actor, "add_organization", unit, {"name": unit.name, "level": level})
    return unit


def change_organization(
    organization: Organization, *, actor: str, change: Change, on: date | None = None
) -> list[OrganizationChange]:
    """The dated changes kept: carried out at once, or planned when `on` is still to come.

    Renames, moves (with everything below), and changes of level or time zone. The code never
    changes: survey links and posters carry it. Services stay with the unit that owns them.
    """
    today = timezone.localdate()
    day = on or today
    with transaction.atomic():
        unit = _locked(organization, change.parent)
        different = _different(unit, change)
        _check(unit, different)
        kept = [
            OrganizationChange.objects.create(
                organization=unit,
                field=field,
                before=written_value(unit, field),
                after=after,
                effective_on=day,
            )
            for field, after in different.items()
        ]
        if kept:
            told = {each.field: [each.before, each.after] for each in kept}
            verb = "plan_organization_change" if day > today else "change_organization"
            _tell(actor, verb, unit, {"effective_on": day, "changes": told})
        if day <= today:
            _carry_out(unit, kept, today)
    organization.refresh_from_db()
    return kept


def end_organization(organization: Organization, *, actor: str, last_day: date) -> None:
    """Ends the unit after its last day; it stays in the tree's history with its services.

    Raises Conflict while units below it go on after that day.
    """
    with transaction.atomic():
        unit = _locked(organization)
        if unit.active_from and last_day < unit.active_from:
            raise Conflict(f"{unit.name} starts after that day.", field="last_day")
        going_on = [
            each
            for each in units_of(unit, last_day)
            if each.pk != unit.pk and (each.active_until is None or each.active_until > last_day)
        ]
        if going_on:
            raise Conflict(
                f"Units below {unit.name} go on after that day: {len(going_on)}.",
                field="last_day",
                fix="End them or move them first.",
            )
        _set_end(unit, actor=actor, last_day=last_day, verb="end_organization")
    organization.refresh_from_db()


def reopen_organization(organization: Organization, *, actor: str) -> None:
    """Takes back the end of a unit. Raises Conflict when the unit above it has ended."""
    with transaction.atomic():
        unit = _locked(organization)
        if unit.parent and unit.parent.active_until:
            raise Conflict(f"{unit.parent.name}, the unit above, has ended.")
        _set_end(unit, actor=actor, last_day=None, verb="reopen_organization")
    organization.refresh_from_db()


def cancel_change(change: OrganizationChange, *, actor: str) -> None:
    """Withdraws a planned change; the trail keeps that it was planned."""
    with transaction.atomic():
        waiting = planned_changes().select_for_update(of=("self",)).filter(pk=change.pk).first()
        if waiting is None:
            raise NotFound("This change was carried out or withdrawn already.")
        waiting.delete()
        told = {"field": change.field, "after": change.after, "effective_on": change.effective_on}
        _tell(actor, "cancel_organization_change", change.organization, told)


def carry_out(change: OrganizationChange, *, today: date) -> None:
    """Carries out one planned change whose day has come; raises Conflict when it no longer fits."""
    with transaction.atomic():
        parent = Organization.objects.filter(code=change.after).first()
        unit = _locked(change.organization, parent if change.field == "parent" else None)
        waiting = planned_changes(today).filter(pk=change.pk).first()
        if waiting is None:
            return
        # Changes of one day belong together: a new level may need the new parent.
        together = list(
            planned_changes(today).filter(organization=unit, effective_on=waiting.effective_on)
        )
        _check(unit, {each.field: each.after for each in together})
        _carry_out(unit, together, today)
        told = {each.field: [each.before, each.after] for each in together}
        _tell("system", "change_organization", unit, {"changes": told})


def _locked(organization: Organization, parent: Organization | None = None) -> Organization:
    """The unit read afresh, with its tree (and the one it moves to) held until the commit.

    Two moves at once could otherwise put each unit below the other.
    """
    roots = {agency_of(each).pk for each in (organization, parent) if each is not None}
    list(Organization.objects.select_for_update().filter(pk__in=roots).order_by("pk"))
    return Organization.objects.select_related("parent").get(pk=organization.pk)


def _different(unit: Organization, change: Change) -> dict[str, str]:
    wanted = {field: after.strip() for field, after in change.written().items()}
    return {field: after for field, after in wanted.items() if after != written_value(unit, field)}


def _check(unit: Organization, different: dict[str, str]) -> None:
    """Raises unless the unit may become what the changes say."""
    if "name" in different:
        _name(different["name"])
    if "time_zone" in different:
        time_zone_known(different["time_zone"])
    if "level" not in different and "parent" not in different:
        return
    parent = unit.parent
    if "parent" in different:
        parent = Organization.objects.filter(code=different["parent"]).first()
    if parent and unit.contains(parent):
        raise Conflict(f"{unit.name} cannot stand below itself.", field="parent")
    level = different.get("level", unit.level)
    place_fits(level, parent.level if parent else None)
    for child in unit.children.all():
        place_fits(child.level, level)


def _carry_out(unit: Organization, changes: list[OrganizationChange], today: date) -> None:
    for each in changes:
        if each.field == "parent":
            unit.parent = Organization.objects.filter(code=each.after).first()
        else:
            setattr(unit, each.field, each.after)
        each.applied_on = today
        each.save(update_fields=["applied_on"])
    unit.save()
    path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    if path != unit.path:
        _move_paths(unit.path, path)


def _move_paths(before: str, after: str) -> None:
    """Gives the unit and everything below it their new paths, in one statement."""
    rest = Substr("path", len(before) + 1, output_field=CharField())
    Organization.objects.filter(path__startswith=before).update(path=Concat(Value(after), rest))


def _set_end(unit: Organization, *, actor: str, last_day: date | None, verb: str) -> None:
    today = timezone.localdate()
    before = written_value(unit, "active_until")
    after = last_day.isoformat() if last_day else ""
    if before == after:
        return
    unit.active_until = last_day
    unit.save(update_fields=["active_until"])
    OrganizationChange.objects.create(
        organization=unit,
        field="active_until",
        before=before,
        after=after,
        effective_on=today,
        applied_on=today,
    )
    _tell(actor, verb, unit, {"last_day": [before, after]})


def _name(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 200:
        raise Unusable("A unit has a name of up to 200 characters.", field="name")
    return tidy


def _tell(actor: str, action: str, unit: Organization, detail: dict[str, object]) -> None:
    record(
        actor=actor,
        action=action,
        subject=subject_of(unit),
        organization=unit.code,
        detail={"code": unit.code, **detail},
    )
