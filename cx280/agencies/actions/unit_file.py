"""Takes over a file of units: adds what is new, changes what is different, deletes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cx280.agencies.actions.units import (
    Change,
    add_organization,
    change_organization,
    end_organization,
    reopen_organization,
)
from cx280.agencies.models import Level, Organization
from cx280.agencies.rules.unit_file import UnitRow
from cx280.kernel.problem import NotAllowed, NotFound, Problem, Unusable


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of units did: how many were added, changed, ended, and found as they were."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0

    def as_dict(self) -> dict[str, int]:
        """The counts as the command line prints them."""
        return {
            "added": self.added,
            "changed": self.changed,
            "ended": self.ended,
            "unchanged": self.unchanged,
        }

    def in_words(self) -> str:
        """The counts in one sentence."""
        return (
            f"{self.added} units added, {self.changed} changed, {self.ended} ended, "
            f"{self.unchanged} as they were."
        )


def import_units(
    rows: Iterable[UnitRow],
    *,
    actor: str,
    on: date,
    may_edit: Callable[[Organization | None], bool] = lambda _unit: True,
    only_check: bool = False,
) -> Imported:
    """What was done, all of it or nothing; changes take effect on `on`. Twice is as once.

    `may_edit` says whether the importing person may edit a unit (None: may add agencies).
    `only_check` does everything and then takes it back. Raises Unusable that names the line.
    """
    given = list(rows)
    with transaction.atomic():
        first = _each(given, lambda row: _take_over(row, actor=actor, on=on, may_edit=may_edit))
        # From the bottom up: a unit ends only after the units below it.
        second = _each(given[::-1], lambda row: _end(row, actor=actor))[::-1]
        if only_check:
            transaction.set_rollback(True)
    return Imported(
        added=first.count("added"),
        changed=first.count("changed"),
        ended=second.count("ended"),
        unchanged=sum(not (one or other) for one, other in zip(first, second, strict=True)),
    )


def _each(rows: list[UnitRow], do: Callable[[UnitRow], str]) -> list[str]:
    """What was done with each row; a problem is told with the row's line."""
    done = []
    for row in rows:
        try:
            done.append(do(row))
        except Problem as problem:
            raise Unusable(
                f"Line {row.line}, {row.code}: {problem.message}", fix=problem.fix
            ) from problem
    return done


def _take_over(
    row: UnitRow, *, actor: str, on: date, may_edit: Callable[[Organization | None], bool]
) -> str:
    unit = Organization.objects.filter(code__iexact=row.code).first()
    parent = _parent(row)
    if not may_edit(unit or parent) or not may_edit(parent or unit):
        raise NotAllowed("You may not edit this part of the tree.")
    if unit is None:
        _add(row, parent, actor)
        return "added"
    change = Change(
        name=row.name,
        abbreviation=row.abbreviation,
        level=row.level if row.level != unit.level else None,
        parent=parent if parent != unit.parent else None,
        time_zone=row.time_zone,
    )
    different = bool(change_organization(unit, actor=actor, change=change, on=on))
    if row.says_until and row.active_until is None and unit.active_until:
        reopen_organization(unit, actor=actor)
        different = True
    return "changed" if different else ""


def _end(row: UnitRow, *, actor: str) -> str:
    unit = Organization.objects.get(code__iexact=row.code)
    if row.active_until is None or row.active_until == unit.active_until:
        return ""
    end_organization(unit, actor=actor, last_day=row.active_until)
    return "ended"


def _parent(row: UnitRow) -> Organization | None:
    if not row.parent_code:
        return None
    if row.level == Level.DEPARTMENT:
        raise Unusable("A department or independent agency has no parent.")
    parent = Organization.objects.filter(code__iexact=row.parent_code).first()
    if parent is None:
        raise NotFound(f"There is no unit with the code “{row.parent_code}”.")
    return parent


def _add(row: UnitRow, parent: Organization | None, actor: str) -> None:
    add_organization(
        actor=actor,
        code=row.code,
        name=row.name,
        level=row.level,
        parent=parent,
        abbreviation=row.abbreviation or "",
        time_zone=row.time_zone or "",
        executive_agency=row.executive_agency is not False,
        active_from=row.active_from,
        active_until=row.active_until,
    )
