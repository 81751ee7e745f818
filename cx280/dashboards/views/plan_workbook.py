"""The measurement plan as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cx280.pages.workbook import Sheet, workbook_of
from cx280.surveys.rules.burden_plan import Load
from cx280.surveys.rules.seasons import MONTHS

LOADS = (
    "agency", "customers_of", "invitations_a_person_a_year", "contact_rules_allow", "too_much",
    "collections", "not_known_of", "months_with_several_that_no_rule_holds",
)  # fmt: skip


def workbook(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    loads: Iterable[tuple[str, Load]],
    on: date,
) -> bytes:
    """The XLSX file: the plan, and what it asks of people in a year."""
    return workbook_of(
        f"Measurement plan, {on.isoformat()}",
        "",
        (
            Sheet("Collections", _in_words(header), rows),
            Sheet("Is it too much", _in_words(LOADS), (_load(*each) for each in loads)),
        ),
    )


def _in_words(header: Iterable[str]) -> list[str]:
    """Heads for people: the same words as in the CSV."""
    return [each.replace("_", " ").capitalize() for each in header]


def _load(agency: str, load: Load) -> list[object]:
    return [
        agency, load.group, None if load.per_person is None else round(load.per_person, 2),
        load.limit or "no limit", "yes" if load.is_too_much else "no", "; ".join(load.titles),
        "; ".join(load.unknown), ", ".join(MONTHS[each - 1] for each in load.together),
    ]  # fmt: skip
