"""The measurement plan as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

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
    """An XLSX file. No text in it can run as a formula or become a link."""
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": f"Measurement plan, {on.isoformat()}"})
    bold = book.add_format({"bold": True, "bottom": 1})
    sheets = (
        ("Collections", header, rows),
        ("Is it too much", LOADS, (_load(agency, each) for agency, each in loads)),
    )
    for name, head, lines in sheets:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, head, bold)
        for at, line in enumerate(lines, start=1):
            sheet.write_row(at, 0, ["" if each is None else each for each in line])
        sheet.freeze_panes(1, 0)
        sheet.autofit(max_width=360)
    book.close()
    return target.getvalue()


def _load(agency: str, load: Load) -> list[object]:
    return [
        agency, load.group, None if load.per_person is None else round(load.per_person, 2),
        load.limit or "no limit", "yes" if load.is_too_much else "no", "; ".join(load.titles),
        "; ".join(load.unknown), ", ".join(MONTHS[each - 1] for each in load.together),
    ]  # fmt: skip
