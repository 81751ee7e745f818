"""Counts that others have made of visits: analytics.usa.gov (DAP) exports and plain time series.

These are aggregates, not events: nobody can be followed in them, and nothing can be counted anew.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import msgspec

from cx280.kernel.problem import Unusable

OTHER = "(other)"
# Columns that say when, finest last: one of them with a date in it is enough.
_WHEN = ("date", "day", "week", "month", "hour", "minute", "timestamp", "time", "at")
_MONEY_OR_COUNT = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
# Columns whose cells may look like numbers and name something all the same.
_NAMES = re.compile(r"(^|[_ :.-])(version|label|name|code|page|domain|title|language|size|id)$")
_WHEN_SHAPE = re.compile(r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[ T](\d{2}):(\d{2})(?::\d{2}.*)?)?$")
_AGO = re.compile(r"(\d+)daysAgo$")


class Count(msgspec.Struct, frozen=True, order=True):
    """One number of a report.

    `at` is as the source says it, in its own time zone: `2024-01-04`, `2024-01-04T19:00`, a span
    `2023-10-07/2024-01-04`, or empty where the file does not say. `dimension` and `value` name the
    group it counts (`device`, `mobile`); several are joined by ` × ` and ` · `. Both are empty for
    everybody.
    """

    report: str
    at: str
    dimension: str
    value: str
    metric: str
    number: float

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What there is one number of."""
        return self.report, self.at, self.dimension, self.value, self.metric


@dataclass(slots=True)
class Reconciliation:
    """What became of each row: rows = kept + empty + malformed + repeated."""

    report: str
    rows: int = 0
    kept: int = 0
    empty: int = 0  # rows that hold no number at all: a gap, not a zero
    repeated: int = 0  # rows that say what an earlier one said
    malformed: int = 0
    first_malformed: list[tuple[int, str]] = field(default_factory=list)  # (row, why)
    counts: list[Count] = field(default_factory=list)

    def refuse(self, row: int, why: str) -> None:
        """Counts a row that cannot be read and keeps the first twenty with their reason."""
        self.malformed += 1
        if len(self.first_malformed) < 20:
            self.first_malformed.append((row, why))


def read_counts(content: bytes, name: str, *, covers: str = "") -> Reconciliation:
    """Every number of an export, oldest first, each row accounted for.

    CSV or JSON, told by its first character. `name` is the file's name: a CSV's report is called
    by it. `covers`: the day or span of a file that does not say when (a top list): `2024-01-04` or
    `2023-12-05/2024-01-04`. Raises Unusable for a file that is neither.
    """
    text = _text(content, name)
    if text.lstrip()[:1] in {"{", "["}:
        found = _of_json(text, name, covers)
    else:
        found = _of_csv(text, name, covers)
    if not found.counts:
        raise Unusable(
            f"{name} holds no number that could be read.",
            fix="Give a CSV or JSON export of analytics.usa.gov, or a date and counts.",
        )
    found.counts.sort()
    return found


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(f"{name} is not UTF-8.", fix="Save it as UTF-8 and try again.") from None


def report_of(name: str) -> str:
    """What a report is called: its file's name without ending, in small letters and hyphens."""
    stem = re.sub(r"\.(csv|json|gz|txt)\b", "", name.rsplit("/", 1)[-1].lower())
    return re.sub(r"[^a-z0-9_]+", "-", stem).strip("-")[:80] or "counts"


def _of_csv(text: str, name: str, covers: str) -> Reconciliation:
    found = Reconciliation(report_of(name))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        raise Unusable(f"{name} is not a CSV file: {problem}.") from None
    head = [each.strip() for each in rows[0]] if rows else []
    if len(head) < 2 or len(set(head)) < len(head) or not all(head):
        raise Unusable(f"{name} needs a first line that names each column once.")
    whole: list[tuple[int, dict[str, str]]] = []
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        found.rows += 1
        if len(row) != len(head):
            found.refuse(number, f"{len(row)} cells for {len(head)} columns")
        else:
            whole.append((number, dict(zip(head, row, strict=True))))
    _take(found, whole, head, covers)
    return found


def _of_json(text: str, name: str, covers: str) -> Reconciliation:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise Unusable(f"{name} is not JSON.") from None
    if isinstance(document, list):
        document = {"data": document}
    found = Reconciliation(report_of(str(document.get("name") or name)))
    rows = document.get("data") or []
    if not isinstance(rows, list):
        raise Unusable(f"{name} has data that is no list of rows.")
    found.rows = len(rows)
    window = covers or _window(document)
    whole: list[tuple[int, dict[str, str]]] = []
    for number, row in enumerate(rows):
        if isinstance(row, dict) and not any(isinstance(v, dict | list) for v in row.values()):
            whole.append((number, {str(k): "" if v is None else str(v) for k, v in row.items()}))
        else:
            found.refuse(number, "not a row of names and values")
    head = list(dict.fromkeys(key for _, row in whole for key in row))
    _take(found, whole, head, window, named=_dimensions(document, head))
    if not rows:
        _take_totals(found, document.get("totals"), window)
    return found


def _dimensions(document: Mapping[str, object], head: Sequence[str]) -> frozenset[str] | None:
    """The columns that name groups, where the export says how many of its first ones do."""
    query = document.get("query")
    listed = query.get("dimensions", []) if isinstance(query, dict) else None
    if not isinstance(listed, list):
        return None
    metrics = query.get("metrics") if isinstance(query, dict) else None
    if not isinstance(metrics, list) or len(listed) + len(metrics) != len(head):
        return None
    return frozenset(head[: len(listed)])


def _window(document: Mapping[str, object]) -> str:
    """The span a JSON export covers, from its query and the moment it was taken."""
    taken = str(document.get("taken_at") or "")
    day = _date(taken[:10])
    query = document.get("query")
    ranges = query.get("dateRanges") if isinstance(query, dict) else None
    if day is None:
        return ""
    if not isinstance(ranges, list) or not ranges or not isinstance(ranges[0], dict):
        return taken[:16]  # real time: the moment itself
    first = _relative(str(ranges[0].get("startDate", "")), day)
    last = _relative(str(ranges[0].get("endDate", "")), day)
    if first is None or last is None:
        return day.isoformat()
    return first.isoformat() if first == last else f"{first}/{last}"


def _relative(said: str, day: date) -> date | None:
    ago = {"today": 0, "yesterday": 1}.get(said)
    found = _AGO.match(said)
    if found and len(found[1]) < 6:
        ago = int(found[1])
    return _date(said) if ago is None else day - timedelta(days=ago)


def _date(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _take(
    found: Reconciliation,
    rows: Sequence[tuple[int, dict[str, str]]],
    head: Sequence[str],
    covers: str,
    *,
    named: frozenset[str] | None = None,
) -> None:
    """Puts the numbers of the rows into `found`, each under its key once."""
    columns = _Columns.of(head, [row for _, row in rows], named)
    known: dict[tuple[str, str, str, str, str], float] = {}
    for number, row in rows:
        try:
            counts = columns.counts_of(found.report, row, covers)
        except ValueError as problem:
            found.refuse(number, str(problem))
            continue
        new = [each for each in counts if each.key not in known]
        if any(known.get(each.key, each.number) != each.number for each in counts):
            found.refuse(number, "says another number for what an earlier row counted")
        elif not counts:
            found.empty += 1
        elif not new:
            found.repeated += 1
        else:
            found.kept += 1
            found.counts += new
            known |= {each.key: each.number for each in new}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns say when, which name groups, and which hold numbers."""

    when: tuple[str, ...]
    groups: tuple[str, ...]
    metrics: tuple[str, ...]
    long: bool  # a column `metric` names what the column `value` counts

    @classmethod
    def of(
        cls, head: Sequence[str], rows: Sequence[Mapping[str, str]], named: frozenset[str] | None
    ) -> _Columns:
        lower = {each.lower(): each for each in head}
        when = tuple(lower[each] for each in _WHEN if each in lower)
        rest = [each for each in head if each not in when]
        if {"metric", "value"} <= set(lower):
            apart = {lower["metric"], lower["value"]}
            groups = tuple(each for each in rest if each not in apart)
            return cls(when, groups, (lower["value"],), True)
        metrics = tuple(
            each
            for each in rest
            if (each not in named if named is not None else _holds_numbers(each, rows))
        )
        return cls(when, tuple(each for each in rest if each not in metrics), metrics, False)

    def counts_of(self, report: str, row: Mapping[str, str], covers: str) -> list[Count]:
        """The numbers of one row; raises ValueError with what is wrong."""
        at, unplaced = _moment(row, self.when)
        groups = [(each, row.get(each, "").strip() or "(not set)") for each in self.groups]
        groups += unplaced
        name = " × ".join(each.rsplit(":", 1)[-1] for each, _ in groups)
        value = " · ".join(each for _, each in groups)
        found = []
        for column in self.metrics:
            number = _number(row.get(column, ""))
            metric = row.get("metric", "").strip() if self.long else column
            if number is not None:
                found.append(Count(report, at or covers, name, value, metric, number))
        return found


def _holds_numbers(column: str, rows: Iterable[Mapping[str, str]]) -> bool:
    """Whether a column counts: most of what it holds reads as numbers, and it names nothing."""
    if _NAMES.search(column.lower()):
        return False
    cells = [row.get(column, "").strip() for row in rows]
    filled = [each for each in cells if each]
    good = sum(1 for each in filled if _reads_as_number(each))
    return bool(filled) and good * 2 > len(filled)


def _reads_as_number(cell: str) -> bool:
    try:
        return _number(cell) is not None
    except ValueError:
        return False


def _number(cell: str) -> float | None:
    """The number in a cell, None for an empty one; `1,234` is read, words and infinity are not."""
    said = cell.strip()
    if not said:
        return None
    try:
        number = float(said.replace(",", "") if _MONEY_OR_COUNT.match(said) else said)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or "_" in said:
        raise ValueError("a number that cannot be read")
    return number


def _moment(row: Mapping[str, str], when: Sequence[str]) -> tuple[str, list[tuple[str, str]]]:
    """When a row is, and what of it cannot be placed: hour `(other)` is a group of its day."""
    at, unplaced = "", []
    for column in when:
        said = row.get(column, "").strip()
        if said and not said.startswith("(") and (len(said) > 2 or not said.isdigit()):
            at = _place(said)
    for column in when:
        said = row.get(column, "").strip()
        if column.lower() == "hour" and said.isdigit() and len(said) <= 2:
            if not at or int(said) > 23:
                raise ValueError("an hour that does not exist")
            at = f"{at[:10]}T{int(said):02d}:00"
        elif said.startswith("("):
            unplaced.append((column, said))
    if when and not at and not unplaced:
        raise ValueError("no date")
    return at, unplaced


def _place(said: str) -> str:
    """`2024-01-04`, `20240104`, `2024-01`, `2024-01-04 19:05:00` as the day, month or minute."""
    found = _WHEN_SHAPE.match(said)
    if found is None:
        raise ValueError("a date that cannot be read")
    year, month, day, hour, minute = found.groups()
    try:
        moment = datetime(int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0))  # noqa: DTZ001
    except ValueError:
        raise ValueError("a date that does not exist") from None
    return moment.strftime("%Y-%m-%dT%H:%M" if hour else "%Y-%m-%d")


def _take_totals(found: Reconciliation, totals: object, window: str) -> None:
    """The totals of an export without rows: {visits: n} and {by_device: {mobile: n}}."""
    if not isinstance(totals, dict):
        return
    plain = [str(name) for name, said in totals.items() if not isinstance(said, dict)]
    metric_of_groups = plain[0] if len(plain) == 1 else "total"
    for name, said in totals.items():
        dimension = re.sub(r"^by_", "", str(name)).rsplit(":", 1)[-1]
        pairs = [("", "", str(name), said)] if not isinstance(said, dict) else [
            (dimension, str(value), metric_of_groups, number) for value, number in said.items()
        ]  # fmt: skip
        for group, value, metric, number in pairs:
            found.rows += 1
            try:
                read = _number(str(number))
            except ValueError as problem:
                found.refuse(found.rows, f"{name}: {problem}")
                continue
            found.kept += 1
            found.counts.append(Count(found.report, window, group, value, metric, read or 0.0))
