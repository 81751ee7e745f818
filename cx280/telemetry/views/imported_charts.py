"""Imported counts as pictures and tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from cx280.lake.counts import CountRow
from cx280.pages import written
from cx280.pages.charts import Chart, Point, Series, Table, Unit, trend
from cx280.telemetry.rules.dap import OTHER
from cx280.telemetry.rules.timelines import Drawn, Timeline, moment_of, timeline

_LINES = 5
_ROWS = 100
MISSING = "not in the file"
EVERYBODY = "All"


def in_time(rows: Sequence[CountRow], *, report: str, metric: str) -> Chart | None:
    """The lines of the largest groups, `(other)` always among them; None where nothing has a time.

    A gap in the file is a gap in the line and says so in the table.
    """
    placed = _placed(rows)
    if not placed:
        return None
    totals: dict[str, float] = defaultdict(float)
    for each in placed:
        totals[each.value] += each.number
    chosen = sorted(totals, key=lambda name: (name != OTHER, -totals[name]))[:_LINES]
    chosen.sort(key=lambda name: -totals[name])
    time = timeline((each.value, each.at, each.number) for each in placed if each.value in chosen)
    unit = Unit(_writer(placed, means=time.step != time.counted))
    words = metric.replace("_", " ")
    series = [
        Series(_name(group), str(place), [_point(each, time) for each in time.groups[group]])
        for place, group in enumerate(chosen, start=1)
    ]
    chart = trend(
        series,
        title=_finding(time, chosen, words, unit, report),
        note=_note(time, words, len(totals) - len(chosen)),
        unit=unit,
        key="imported",
    )
    return replace(chart, table=_table(series, time, unit))


def _placed(rows: Sequence[CountRow]) -> list[CountRow]:
    """The rows that have a time as fine as the finest: an hour that is `(other)` has none."""
    fine = [each for each in rows if "T" in each.at and moment_of(each.at) is not None]
    return fine or [each for each in rows if moment_of(each.at) is not None]


def over_spans(rows: Sequence[CountRow]) -> list[tuple[str, Table, int]]:
    """What is not drawn over time, by span, largest first: (when, table, groups not shown)."""
    drawn = {id(each) for each in _placed(rows)}
    by_span: dict[str, list[CountRow]] = defaultdict(list)
    for each in rows:
        if id(each) not in drawn:
            by_span[each.at].append(each)
    found = []
    for at, group in sorted(by_span.items(), reverse=True):
        largest = sorted(group, key=lambda each: (-each.number, each.value))
        write = _writer(group)
        cells = tuple((_group(each), write(each.number)) for each in largest[:_ROWS])
        found.append((_when(at), Table(("Group", "Counted"), cells), len(group) - len(cells)))
    return found


def _group(row: CountRow) -> str:
    if not row.value:
        return EVERYBODY
    return f"{row.dimension}: {_name(row.value)}" if OTHER in row.value else row.value


def _name(group: str) -> str:
    """`(other)` is the source's word for what it did not tell apart."""
    if not group:
        return EVERYBODY
    return "(other), not told apart" if group == OTHER else group


def _writer(rows: Sequence[CountRow], *, means: bool = False) -> Callable[[float | None], str]:
    """Whole numbers as they are, others with as many decimals as tell them apart."""
    whole = not means and all(each.number == int(each.number) for each in rows)
    largest = max((abs(each.number) for each in rows), default=0.0)
    decimals = 0 if whole or largest >= 10_000 else 1 if largest >= 10 else 3
    return lambda value: written.number(value, decimals)


def usual_metric(rows: Sequence[CountRow]) -> str:
    """The metric with the most numbers in time: what a report is mostly about."""
    if len(only := {each.metric for each in rows}) == 1:
        return only.pop()
    timed = [each.metric for each in rows if moment_of(each.at) is not None]
    counts = Counter(timed or [each.metric for each in rows])
    return min(counts, key=lambda name: (-counts[name], name))


def _when(at: str) -> str:
    """When a number was counted, in words."""
    if not at:
        return "The file does not say when"
    if "/" in at:
        first, last = at.split("/", 1)
        return f"{_day(first)} to {_day(last)}"
    return _day(at)


def _day(at: str) -> str:
    moment = moment_of(at)
    return at if moment is None else _label(moment, "minute" if "T" in at else "day")


def _label(start: datetime, step: str) -> str:
    if step == "month":
        return start.strftime("%b %Y")
    day = written.shortdate(start.date())
    if step in {"day", "week"} or step.endswith(" days"):
        return day
    if not step and not (start.hour or start.minute):
        return day
    return f"{day} {start:%H:%M}"


def _point(drawn: Drawn, time: Timeline) -> Point:
    together = time.step != time.counted
    return Point(_label(drawn.start, time.step), drawn.mean, n=drawn.n if together else None)


def _finding(time: Timeline, chosen: Sequence[str], words: str, unit: Unit, report: str) -> str:
    """When the largest group was highest: the last number is often that of a day still running."""
    group = chosen[0]
    known = [each for each in time.groups[group] if each.mean is not None]
    peak = max(known, key=lambda each: each.mean or 0.0)
    per = f" per {time.counted}" if time.step != time.counted else ""
    of = f" ({group})" if group else ""
    when = "in" if time.step == "month" else "on"
    return (f"{report}: {words}{per}{of} were highest {when} {_label(peak.start, time.step)}, "
            f"at {unit.write(peak.mean)}")  # fmt: skip


def _note(time: Timeline, words: str, left: int) -> str:
    said = ["Counted by others, in the time zone of whoever counted; cx280 cannot check it."]
    if time.step != time.counted:
        said.append(f"Each point is the mean of {words} per {time.counted}, over the "
                    f"{_many(time.counted)} that the file has in the {time.step}.")  # fmt: skip
    if left:
        said.append(f"The {written.number(left)} smaller groups are in the CSV file.")
    gaps = sum(1 for group in time.groups.values() for each in group if each.mean is None)
    if gaps:
        said.append("Where a line is broken the file has no number: that is not a zero.")
    return " ".join(said)


def _many(period: str) -> str:
    return period if period.endswith("s") else f"{period}s"


def _table(series: Sequence[Series], time: Timeline, unit: Unit) -> Table:
    """A row for each period, newest first; a gap says that it is one."""
    together = time.step != time.counted
    head = [time.step.capitalize() or "When"]
    for each in series:
        head += [each.name, f"{each.name}: {_many(time.counted)}"] if together else [each.name]
    rows = []
    for points in zip(*(each.points for each in series), strict=True):
        cells = [points[0].label]
        for point in points:
            cells.append(MISSING if point.shown is None else unit.write(point.shown))
            cells += [written.number(point.n)] if together else []
        rows.append(tuple(cells))
    return Table(tuple(head), tuple(reversed(rows)))
