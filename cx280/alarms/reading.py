"""Reads a CSV file of numbers in time: a time, a value, and where it is given the n of each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from cx280.kernel.problem import Unusable
from cx280.responses.reading import csv_rows

_MISSING = {"", "na", "n/a", "nan", "null", "none", "."}


class Row(NamedTuple):
    """A row of the file: what is written in it, and what it says; n: 1 where none is given."""

    time: str
    value: str
    at: datetime
    number: float
    n: float


def read_rows(file: Path) -> list[Row]:
    """The rows as they stand. Raises Unusable for a cell that is no time or no number."""
    with file.open("rb") as opened, csv_rows(opened, file.name) as (header, lines):
        if len(header) < 2:
            raise Unusable(
                f"{file.name} has one column; a time and a value are needed.",
                fix="Write the columns timestamp,value.",
            )
        time = "timestamp" if "timestamp" in header else header[0]
        value = "value" if "value" in header else next(each for each in header if each != time)
        n = "n" if "n" in header and value != "n" else None
        rows = [_row(line, time, value, n, at) for at, line in enumerate(lines, start=2)]
    if len(rows) < 2:
        raise Unusable(f"{file.name} has {len(rows)} rows; at least two are needed.")
    if len({row.at.tzinfo is None for row in rows}) > 1:
        raise Unusable(f"{file.name} has times with a zone and times without; use one kind.")
    return rows


def _row(line: dict[str, str], time: str, value: str, n: str | None, at: int) -> Row:
    written = (line.get(time) or "").strip()
    try:
        moment = datetime.fromisoformat(f"{written}-01" if len(written) == 7 else written)
    except ValueError:
        raise Unusable(
            f"Line {at}: “{written}” in column {time} is no time.",
            fix="Write it like 2022-01-28 or 2022-01-28 09:00:00.",
        ) from None
    many = _number(line, n, at) if n else 1.0
    return Row(written, (line.get(value) or "").strip(), moment, _number(line, value, at), many)


def _number(line: dict[str, str], column: str, at: int) -> float:
    """NaN where nothing is written."""
    number = (line.get(column) or "").strip()
    if number.lower() in _MISSING:
        return float("nan")
    try:
        return float(number)
    except ValueError:
        raise Unusable(
            f"Line {at}: “{number}” in column {column} is no number.",
            fix="Leave a missing value empty.",
        ) from None
