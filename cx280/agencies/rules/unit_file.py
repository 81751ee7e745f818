"""The CSV file in which organization trees are exchanged: one unit a row, any order."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cx280.agencies.rules.tree import ORDER, code_written, time_zone_known
from cx280.kernel.problem import Problem, Unusable

COLUMNS: Sequence[str] = (
    "code",
    "name",
    "level",
    "parent_code",
    "abbreviation",
    "time_zone",
    "executive_agency",
    "active_from",
    "active_until",
)
_NEEDED = ("code", "name", "level")
MOST_ROWS = 20_000
_YES = {"yes": True, "true": True, "1": True, "": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the file tells it; None where the file has no such column."""

    line: int
    code: str
    name: str
    level: str
    parent_code: str = ""
    abbreviation: str | None = None
    time_zone: str | None = None
    executive_agency: bool | None = None
    active_from: date | None = None
    active_until: date | None = None
    says_until: bool = False  # whether the file has the column at all


def read_units(text: str) -> list[UnitRow]:
    """The units of the file, higher levels first, so that parents come before children.

    Raises Unusable that names the line and the column at fault: nothing is half read.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("﻿")), strict=True)
    header = [(each or "").strip() for each in reader.fieldnames or []]
    _check_header(header)
    reader.fieldnames = header
    rows: list[UnitRow] = []
    try:
        for cells in reader:
            rows.append(_row(reader.line_num, cells))
            if len(rows) > MOST_ROWS:
                raise Unusable(f"The file has more than {MOST_ROWS:,} units; split it.")
    except csv.Error as error:
        raise Unusable(f"Line {reader.line_num} is not CSV: {error}.") from error
    _check_once([row.code for row in rows])
    return sorted(rows, key=lambda row: (ORDER.index(row.level), row.line))


def _check_header(header: Sequence[str]) -> None:
    unknown = [each for each in header if each not in COLUMNS]
    missing = [each for each in _NEEDED if each not in header]
    if unknown:
        raise Unusable(
            f"The file has columns we do not know: {', '.join(unknown)}.",
            fix=f"The columns are: {', '.join(COLUMNS)}.",
        )
    if missing:
        raise Unusable(f"The file lacks the columns: {', '.join(missing)}.")


def _check_once(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise Unusable(f"The code “{code}” stands in the file twice.", field="code")
        seen.add(code)


def _row(line: int, cells: dict[str, str | None]) -> UnitRow:
    def cell(column: str) -> str | None:
        value = cells.get(column)
        return value.strip() if value is not None else None

    if None in cells:
        raise Unusable(f"Line {line} has more cells than the header has columns.")
    try:
        return UnitRow(
            line=line,
            code=code_written(cell("code") or ""),
            name=_name(cell("name") or ""),
            level=_level(cell("level") or ""),
            parent_code=(cell("parent_code") or "").lower(),
            abbreviation=cell("abbreviation"),
            time_zone=_zone(cell("time_zone")),
            executive_agency=_yes_or_no(cell("executive_agency")),
            active_from=_day(cell("active_from")),
            active_until=_day(cell("active_until")),
            says_until=cell("active_until") is not None,
        )
    except Problem as problem:
        raise Unusable(
            f"Line {line}: {problem.message}", field=problem.field, fix=problem.fix
        ) from problem


def _name(written: str) -> str:
    if not written or len(written) > 200:
        raise Unusable("A unit has a name of up to 200 characters.", field="name")
    return written


def _level(written: str) -> str:
    level = written.lower().replace(" ", "_")
    if level not in ORDER:
        raise Unusable(f"“{written}” is none of: {', '.join(ORDER)}.", field="level")
    return level


def _zone(written: str | None) -> str | None:
    return time_zone_known(written) if written else None


def _yes_or_no(written: str | None) -> bool | None:
    if written is None:
        return None
    if written.lower() not in _YES:
        raise Unusable(f"“{written}” is neither yes nor no.", field="executive_agency")
    return _YES[written.lower()]


def _day(written: str | None) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Unusable(f"“{written}” is not a day.", fix="Write days as 2022-01-28.") from error
