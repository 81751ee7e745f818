"""How do visits differ? Any figure of the events, told apart by one thing, by day or hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.dashboards.access import least_shown
from cx280.dashboards.views.digital_frame import context_of, online
from cx280.kernel.problem import Problem
from cx280.measures.access import Sight
from cx280.pages import charts
from cx280.pages.charts import Chart, Table
from cx280.pages.downloads import csv_response
from cx280.pages.filters import Filter
from cx280.pages.written import number
from cx280.telemetry.queries.exploring import Explored, explored
from cx280.telemetry.rules.exploring import (
    COUNTS,
    FIGURES,
    GRAINS,
    MOST_LINES,
    NONE,
    SPANS,
    Cell,
    Choice,
    choice_of,
)
from cx280.telemetry.rules.facts import DIMENSIONS, TOTALS
from cx280.telemetry.rules.vocabulary import EventKind

HEADER = ["period", "value", "figure", "events", "visits", "events_with_a_value", "note"]
WORDS = {
    "flow": "Flow", "step": "Step", "page": "Page", "device": "Device", "unit": "Office",
    "channel": "Channel", "language": "Language",
}  # fmt: skip
_BARS = 15


def _plain(value: float | None) -> str:
    """Whole numbers as they are, small ones with what their size needs."""
    if value is None or float(value).is_integer() or abs(value) >= 100:
        return number(value)
    return number(value, 1 if abs(value) >= 10 else 2)


VALUES = charts.Unit(_plain, none="no value")


@dataclass(frozen=True, slots=True)
class Typed:
    """A text or day that narrows the events: its name, label, kind of input, and what was typed."""

    name: str
    label: str
    kind: str
    value: str
    wrong: bool


@allow(Capability.SEE_MEASURES)
def explore(request: HttpRequest, code: str) -> HttpResponseBase:
    """The form, and its answer below; what is wrong is said beside the field."""
    sight = online(request, code)
    # Nothing chosen yet: pages, since one number beside nothing tells little.
    given = {key: str(value) for key, value in request.GET.items()} or {"by": "page"}
    try:
        choice = choice_of(given, timezone.localdate())
    except Problem as problem:
        context = {**_frame(sight, given, problem), "problem": problem}
        return render(request, "dashboards/explore.html", context, status=422)
    answer = explored(sight.service.pk, choice, least_shown())
    if given.get("table"):
        return csv_response(f"{code}-{choice.figure}", HEADER, _rows(answer, choice))
    return _answered(request, sight, given, choice, answer)


def _answered(
    request: HttpRequest, sight: Sight, given: dict[str, str], choice: Choice, answer: Explored
) -> HttpResponse:
    context = {
        **_frame(sight, given, None),
        "choice": choice,
        "answer": answer,
        "subject": _subject(choice),
        "chart": _chart(answer, choice) if answer.cells else None,
        "table": _table(answer, choice) if choice.grain == "whole" else None,
        "query": urlencode({k: v for k, v in given.items() if k != "table" and v}) + "&",
    }
    return render(request, "dashboards/explore.html", context)


def _frame(sight: Sight, given: dict[str, str], problem: Problem | None) -> dict[str, object]:
    split = [("", "nothing"), *((each, WORDS[each].lower()) for each in DIMENSIONS)]
    kinds = [("", "all events"), *((each.value, each.label) for each in EventKind)]
    wrong = problem.field if problem else None
    by = given.get("by", "")
    typed = [("from", "From", "date"), ("to", "To", "date"), ("name", "Name", "text")]
    typed += [(each, WORDS[each], "text") for each in DIMENSIONS]
    return {
        **context_of(sight, "explore", by if by in DIMENSIONS else TOTALS),
        "selects": [
            Filter("figure", "Show", list(FIGURES.items()), given.get("figure", "visits")),
            Filter("by", "By", split, by),
            Filter("grain", "Over", list(GRAINS.items()), given.get("grain", "whole")),
            Filter("days", "Days", list(SPANS.items()), given.get("days", "28")),
        ],
        "kinds": Filter("kind", "Of", kinds, given.get("kind", "")),
        "typed": [
            Typed(name, label, kind, given.get(name, ""), name == wrong)
            for name, label, kind in typed
        ],
        "narrowed": any(given.get(name) for name, _, _ in typed) or bool(given.get("kind")),
        "none": NONE,
    }


def _subject(choice: Choice) -> str:
    """`Visits by device, page views, device mobile, Nov 1 to Nov 28`."""
    said = FIGURES[choice.figure]
    if choice.by:
        said += f" by {WORDS[choice.by].lower()}"
    if choice.kind:
        kind, _, _ = EventKind.of(choice.kind).label.partition(":")
        said += f", {kind.lower()}"
    if choice.name:
        said += f" “{choice.name}”"
    for dimension, value in choice.only:
        said += f", {WORDS[dimension].lower()} “{value or NONE}”"
    return f"{said}, {_day(choice.first)} to {_day(choice.last)}"


def _day(day: date) -> str:
    return f"{day:%b} {day.day}"


def _words(value: str, choice: Choice) -> str:
    return (value or NONE) if choice.by else "All"


def _period(written: str) -> str:
    if "T" not in written:
        return _day(date.fromisoformat(written))
    at = timezone.localtime(datetime.fromisoformat(written))
    return f"{at:%b} {at.day}, {at:%-I %p}"


def _unit(choice: Choice) -> charts.Unit:
    return charts.COUNT if choice.figure in COUNTS else VALUES


def _chart(answer: Explored, choice: Choice) -> Chart:
    note = "All events that told us are counted; robots are not."
    if choice.grain == "whole":
        rows = [
            charts.Bar(_words(each.value, choice), each.figure, n=each.n, suppressed=each.hidden)
            for each in answer.cells[:_BARS]
        ]
        column = WORDS.get(choice.by, "Visits")
        return charts.bars(
            rows,
            title=_subject(choice),
            note=note,
            unit=_unit(choice),
            first_column=column,
            value_column=FIGURES[choice.figure],
            key="explored",
        )
    lines: dict[str, list[charts.Point]] = {}
    for each in sorted(answer.cells, key=lambda cell: cell.period):
        point = charts.Point(_period(each.period), each.figure, n=each.n, suppressed=each.hidden)
        lines.setdefault(_words(each.value, choice), []).append(point)
    return charts.trend(
        [
            charts.Series(name, str(at), points)
            for at, (name, points) in enumerate(lines.items(), 1)
        ],
        title=_subject(choice),
        note=note + (f" The {MOST_LINES} with most events." if answer.left_out else ""),
        unit=_unit(choice),
        first_column=GRAINS[choice.grain].rstrip("s"),
        key="explored",
    )


def _table(answer: Explored, choice: Choice) -> Table:
    head = [WORDS.get(choice.by, "All"), FIGURES[choice.figure], "Visits", "Events", "With a value"]
    if choice.figure in COUNTS:
        head = [head[0], "Visits", "Events"]
    cells = list(answer.cells) + ([answer.whole] if answer.whole else [])
    rows = [
        ("All together" if each is answer.whole else _words(each.value, choice),
         *_figures(each, choice))
        for each in cells
    ]  # fmt: skip
    return Table(tuple(head), tuple(rows))


def _figures(cell: Cell, choice: Choice) -> list[str]:
    counts = [number(cell.visits) if cell.visits else "–", number(cell.events)]
    if choice.figure in COUNTS:
        return ["too few to show", ""] if cell.hidden else counts
    if cell.hidden:
        return ["too few to show", "", "", ""]
    return [_plain(cell.figure) if cell.measured else "–", *counts, number(cell.measured)]


def _rows(answer: Explored, choice: Choice) -> Iterator[list[object]]:
    for each in [*answer.cells, *([answer.whole] if answer.whole else [])]:
        value = "(all)" if each is answer.whole else _words(each.value, choice)
        if each.hidden:
            yield [each.period, value, "", "", "", "", "too few to show"]
        else:
            figure: object = "" if each.figure is None else each.figure
            if choice.figure in COUNTS and each.figure is not None:
                figure = int(each.figure)
            yield [each.period, value, figure, each.events, each.visits, each.measured, ""]
