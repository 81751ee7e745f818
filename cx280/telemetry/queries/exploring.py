"""Answers free exploration: from facts where they know, else from the lake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from django.utils import timezone

from cx280.telemetry.queries import facts
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import questions
from cx280.telemetry.rules.exploring import (
    MOST_LINES,
    MOST_VALUES,
    Cell,
    Choice,
    protected,
)
from cx280.telemetry.rules.facts import ALL, OTHER, Figure, added_by_key
from cx280.telemetry.rules.periods import Period, local_days


@dataclass(frozen=True, slots=True)
class Explored:
    """The answer: a cell for each value and period, those of most events first, and all together.

    source: `facts`, counted by the day, or `lake`, from the events themselves. left_out: values
    beyond those that are told. whole: all values together; None where they are not told apart.
    """

    cells: list[Cell]
    whole: Cell | None
    source: str
    left_out: int = 0


def explored(service: int, choice: Choice, smallest: int) -> Explored:
    """What was asked, with everything hidden that is too small to show."""
    first = facts.first_day(service)
    known = first is not None and first <= choice.last
    answer = _from_facts(service, choice) if known and choice.is_standard else None
    answer = answer or _from_lake(service, choice)
    cells = protected(answer.cells, smallest)
    whole = protected([answer.whole], smallest)[0] if answer.whole else None
    return Explored(cells, whole, answer.source, answer.left_out)


def _from_facts(service: int, choice: Choice) -> Explored | None:
    """The answer, or None where facts cannot give this figure."""
    by = "name" if choice.name else "kind" if choice.kind else ALL
    part = choice.by or "totals"
    hours = choice.grain == "hour"
    of_kind = [
        (day, each)
        for day, each in facts.figures(service, choice.first, choice.last, part, hours=hours, by=by)
        if choice.kind in {"", each.kind}
    ]
    if choice.name and any(each.name == OTHER for _, each in of_kind):
        return None  # the name may be among those that are told together
    told = [(day, each) for day, each in of_kind if choice.name in {"", each.name}]
    if choice.grain == "whole":
        cells = [_of_figure("", each, choice) for each in added_by_key(e for _, e in told)]
    else:
        cells = [_of_figure(_period(day, each), each, choice) for day, each in told]
    if any(each.measured and each.figure is None for each in cells):
        return None  # values of several kinds, or without a histogram
    ranked = _ranked(cells)
    kept = _kept(ranked, choice)
    whole = None
    if choice.by and choice.grain == "whole":
        apart = Choice(choice.figure, "", "whole", choice.kind, choice.name, (), choice.first,
                       choice.last)  # fmt: skip
        found = _from_facts(service, apart)
        whole = found.cells[0] if found and found.cells else None
    return Explored([e for e in cells if e.value in kept], whole, "facts", len(ranked) - len(kept))


def _period(day: date, figure: Figure) -> str:
    if figure.hour < 0:
        return day.isoformat()
    return datetime.fromtimestamp(figure.hour, UTC).isoformat()


def _of_figure(period: str, found: Figure, choice: Choice) -> Cell:
    value = cast("float | None", getattr(found, choice.figure))
    return Cell(period, found.value, value, found.events, found.measured, found.visits)


def _ranked(cells: Iterable[Cell]) -> list[str]:
    """The values, those of most events first."""
    events: dict[str, int] = {}
    for each in cells:
        events[each.value] = events.get(each.value, 0) + each.events
    return sorted(events, key=lambda value: (-events[value], value))


def _kept(ranked: list[str], choice: Choice) -> list[str]:
    return ranked[: MOST_VALUES if choice.grain == "whole" else MOST_LINES]


def _from_lake(service: int, choice: Choice) -> Explored:
    """Asked for the figure that is shown and the counts it stands with, and for nothing else."""
    period = local_days(choice.first, choice.last, timezone.get_current_timezone_name())
    only = {each: [value] for each, value in choice.only}
    only |= {"kind": [choice.kind]} if choice.kind else {}
    only |= {"name": [choice.name]} if choice.name else {}
    if choice.grain == "whole":
        return _whole_from_lake(service, period, choice, only)
    return _lines_from_lake(service, period, choice, only)


def _whole_from_lake(
    service: int, period: Period, choice: Choice, only: Mapping[str, list[str]]
) -> Explored:
    sql = questions.facts_whole(choice.by, _sizes(only), _wanted(choice))
    rows = [row for row in _asked(service, period, sql, only) if row["events"]]
    apart = [_of_row("", row, choice) for row in rows if row.get(choice.by, "") is not None]
    together = [_of_row("", row, choice) for row in rows if row.get(choice.by, "") is None]
    kept = apart[:MOST_VALUES]
    whole = together[0] if together else None
    return Explored(kept, whole, "lake", len(apart) - len(kept))


def _lines_from_lake(
    service: int, period: Period, choice: Choice, only: dict[str, list[str]]
) -> Explored:
    by, left_out = [choice.by] if choice.by else [], 0
    if by:
        sql = questions.facts_whole(choice.by, _sizes(only), ["events"])
        told = [row[choice.by] for row in _asked(service, period, sql, only)]
        ranked = [str(value) for value in told if value is not None]
        only |= {choice.by: ranked[:MOST_LINES]} if ranked else {}
        left_out = max(0, len(ranked) - MOST_LINES)
    sizes = _sizes(only)
    if choice.grain == "day":
        sql = questions.facts_by_day(period.offsets, by, sizes, _wanted(choice))
    else:
        sql = questions.facts_by_hour(by, sizes, _wanted(choice))
    rows = _asked(service, period, sql, only)
    return Explored([_of_row(_moment(row), row, choice) for row in rows], None, "lake", left_out)


def _wanted(choice: Choice) -> tuple[str, ...]:
    """The figure, and how many events and visits it is of."""
    return ("events", "visits", "measured", choice.figure)


def _sizes(only: Mapping[str, list[str]]) -> dict[str, int]:
    return {each: len(values) for each, values in only.items()}


def _asked(
    service: int, period: Period, sql: str, only: Mapping[str, list[str]]
) -> list[dict[str, object]]:
    values = {
        f"{each}_{at}": value
        for each, many in only.items()
        for at, value in enumerate(many, start=1)
    }
    return ask(sql, service=service, **period.parameters, **values)


def _moment(row: Mapping[str, object]) -> str:
    if "local_day" in row:
        return cast(date, row["local_day"]).isoformat()
    at = cast(datetime, row["hour"])
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


def _of_row(period: str, row: Mapping[str, object], choice: Choice) -> Cell:
    figure = row[choice.figure]
    events, measured, visits = (cast(int, row[name]) for name in ("events", "measured", "visits"))
    return Cell(
        period, str(row.get(choice.by) or ""),
        None if figure is None else float(cast(float, figure)), events, measured, visits,
    )  # fmt: skip
