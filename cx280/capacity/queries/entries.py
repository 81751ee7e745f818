"""Lines of registers as pages and files show them, and the register of roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cx280.accounts.access import organizations_where
from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import Capability, Role
from cx280.agencies.models import Organization
from cx280.capacity.models import Entry
from cx280.capacity.queries.known.organizing import MANDATORY
from cx280.capacity.queries.known.registers import backlog_of
from cx280.capacity.rules.shapes import Shape
from cx280.capacity.rules.vocabulary import Register
from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the (label, words, address) of each thing its register asks."""

    entry: Entry
    cells: tuple[tuple[str, str], ...]


def lines_of(entries: Iterable[Entry], shape: Shape, today: date) -> list[Line]:
    """The lines as they stand; modernization in the order in which to do it (280.17-e4)."""
    found = _without_blank([line_of(each, shape) for each in entries])
    if shape.register is not Register.IDEA:
        return found
    by_key = {each.entry.pk: each for each in found}
    ordered = backlog_of([each.entry for each in found], today)
    return [
        replace(
            by_key[each.key],
            cells=(
                *by_key[each.key].cells,
                ("High-impact service", "yes" if each.is_hisp else "no"),
            ),
        )
        for each in ordered
    ]


def _without_blank(lines: list[Line]) -> list[Line]:
    """The lines without what is blank in all of them."""
    used = {label for line in lines for label, words in line.cells if words}
    return [
        replace(line, cells=tuple(each for each in line.cells if each[0] in used)) for line in lines
    ]


def line_of(entry: Entry, shape: Shape) -> Line:
    """What stands in the line, in the order of its shape."""
    return Line(
        entry,
        tuple((label, _said(entry, shape, name)) for name, (label, _) in shape.asked.items()),
    )


def _said(entry: Entry, shape: Shape, name: str) -> str:
    value = getattr(entry, name)
    if value in (None, ""):
        return ""
    if name in shape.choices:
        return str(dict(shape.choices[name]).get(value, value))
    if name == "amount":
        said = f"{value:,.2f}".rstrip("0").rstrip(".")
        return f"${said}" if shape.unit == "dollars" else f"{said} {shape.unit}"
    if name == "shared":
        return "yes" if value else "no"
    if name == "on":
        return f"{value:%B} {value.day}, {value.year}"
    return str(value)


@implements("280.9-f4")
def lesson_document(lessons: Iterable[Entry], fiscal_year: int) -> dict[str, Any]:
    """Shared lessons for others: what was learned, of which agency, from which release.

    No person, no address inside the agency, no figure that is not published.
    """
    return {
        "fiscal_year": f"FY{fiscal_year}",
        "lessons": [
            {
                "agency": each.organization.name,
                "learned": each.what,
                "how_we_know": each.words,
                "figures_from_release": each.release,
            }
            for each in lessons
            if each.shared
        ],
    }


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A mandatory role of an agency: who holds it, who held it, or that it is vacant."""

    agency: Organization
    role: str
    now: tuple[Assignment, ...]
    before: tuple[Assignment, ...]


@implements("280.9-c1")
def roles_for(person: Person, today: date) -> list[RoleLine]:
    """The mandatory roles of each agency the person sees, with their history."""
    seen = organizations_where(person, Capability.SEE_QUARTERS)
    roots = Organization.objects.filter(parent__isnull=True)
    mine = [each for each in roots.order_by("name") if seen.filter(path__startswith=each.path)]
    return [_role_line(each, role, today) for each in mine for role in MANDATORY]


def _role_line(agency: Organization, role: Role, today: date) -> RoleLine:
    rows = (
        Assignment.objects.filter(
            role=role.value, organization__path__startswith=agency.path, since__lte=today
        )
        .select_related("person", "organization")
        .order_by("-since")
    )
    held = [each for each in rows if each.until is None or each.until >= today]
    return RoleLine(
        agency,
        role.label,
        tuple(each for each in held if each.person.is_active),
        tuple(each for each in rows if each not in held),
    )
