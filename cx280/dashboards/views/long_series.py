"""How has use changed over time? Days to quarters, with the weeks in which the level changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.dashboards.access import least_shown
from cx280.dashboards.queries import long_series
from cx280.dashboards.queries.long_series import History, Line
from cx280.dashboards.views.digital_frame import context_of, online
from cx280.pages import charts
from cx280.pages.charts import Chart
from cx280.pages.downloads import csv_response
from cx280.pages.filters import Filter
from cx280.telemetry.rules.funnels import Share
from cx280.telemetry.rules.long_series import (
    Change,
    Grain,
    Span,
    counted,
    headline,
    sentence,
    when,
)

GRAINS = (("day", "Days"), ("week", "Weeks"), ("month", "Months"), ("quarter", "Quarters"))
CHANGES_HEADER = [
    *("of", "week", "earliest", "latest", "share", "low", "high", "before_a_week"),
    *("after_a_week", "weeks_before", "weeks_after", "chance", "around_then"),
]


@allow(Capability.SEE_MEASURES)
def over_time(request: HttpRequest, code: str) -> HttpResponseBase:
    """Day, week, month or quarter of visits, or of one flow, with marks and changes."""
    sight, today = online(request, code), timezone.localdate()
    service = sight.service
    flows = long_series.flows_known(service)
    flow = request.GET.get("flow", "")
    flow = flow if flow in dict(flows) else ""
    usual = long_series.usual_grain(long_series.first_day(service), today)
    given = request.GET.get("grain", "")
    grain = Grain(given) if given in dict(GRAINS) else usual
    found = long_series.history(service, flow, grain, today)
    smallest = least_shown()
    wanted = request.GET.get("table")
    if wanted == "changes":
        return csv_response(f"{code}-changes", CHANGES_HEADER, _change_rows(found))
    if wanted:
        header = [grain.value, *(each.name for each in found.lines), "days_missing"]
        return csv_response(f"{code}-over-time", header, _series_rows(found, smallest))
    filters = [
        Filter("flow", "Of", [("", "All visits"), *flows], flow),
        Filter("grain", "By", GRAINS, grain.value),
    ]
    name = dict(flows).get(flow, "")
    context = {
        **context_of(sight, "time"),
        "filters": filters,
        "query": f"flow={flow}&grain={grain.value}&",
        "found": found,
        "subject": f"“{name}” of {service.name}" if name else service.name,
        "chart": _chart(found, smallest),
        "finished": _finished_chart(found, smallest) if len(found.lines) > 1 else None,
        "changes": [_Told(line, each, found) for line in found.lines for each in _shown(line)],
        "changes_query": f"?flow={flow}&table=changes",
        "change_query": f"?{urlencode({'figure': f'finished:{flow}'})}" if flow else "",
    }
    return render(request, "dashboards/over_time.html", context)


def _shown(line: Line) -> list[Change]:
    return list(reversed(line.changes.found))


@dataclass(frozen=True, slots=True)
class _Told:
    """A change as the page lists it."""

    line: Line
    change: Change
    history: History

    @property
    def sentence(self) -> str:
        """What changed, by how much, and how sure."""
        return sentence(self.change, self.line.name)

    @property
    def counted(self) -> str:
        """Weeks and visits a week before and after."""
        return counted(self.change, least_shown())

    @property
    def when(self) -> str:
        """How sure the week is."""
        return when(self.change)

    @property
    def around(self) -> str:
        """What happened to the flow around then."""
        return "; ".join(_around(self.change, self.history))


def _around(change: Change, history: History) -> list[str]:
    """Marks of the flow within the weeks in which the change may have come, a week around."""
    return [
        f"{each.label} on {each.on:%b} {each.on.day}, {each.on.year}"
        for each in history.marks
        if (each.on - change.earliest).days >= -7 and (each.on - change.latest).days <= 13
    ]


def _label_of(line: Line, day: date) -> str:
    """The label of the period that holds the day; "" when it is not drawn."""
    held = [each.label for each in line.spans if each.start <= day]
    return held[-1] if held and line.spans[0].start <= day else ""


def _chart(found: History, smallest: int) -> Chart:
    if not found.lines:
        return charts.trend([], title="Nobody can say yet", first_column="Period", key="series")
    first = found.lines[0]
    launches = [
        charts.Mark(label, each.label)
        for each in found.marks
        if each.on not in found.breaks and (label := _label_of(first, each.on))
    ]
    launches += [
        charts.Mark(label, f"{line.name} {_signed(each.share)}")
        for line in found.lines
        for each in line.changes.found
        if (label := _label_of(line, each.week))
    ]
    return charts.trend(
        [
            charts.Series(each.name.capitalize(), str(at), _points(each.spans, smallest))
            for at, each in enumerate(found.lines, start=1)
        ],
        title=". ".join(headline(each.changes, each.name) for each in found.lines),
        note=_note(found),
        breaks=[
            charts.Mark(label, "it took another’s place")
            for each in found.breaks
            if (label := _label_of(first, each))
        ],
        launches=launches,
        unit=charts.VISITS,
        first_column="Period",
        key="series",
    )


def _note(found: History) -> str:
    said = "Distinct visits of periods that are over; robots are not counted."
    if any(each.missing for line in found.lines for each in line.spans):
        said += " In some periods nothing came in for days: they are lower than they were."
    return said


def _points(found: Sequence[Span], smallest: int) -> list[charts.Point]:
    return [
        charts.Point(
            each.label,
            each.total,
            n=None if each.total is None else round(each.total),
            suppressed=each.total is not None and 0 < each.total < smallest,
        )
        for each in found
    ]


def _signed(share: float) -> str:
    return f"{share * 100:+.0f}\N{NO-BREAK SPACE}%".replace("-", "\N{MINUS SIGN}")


def _finished_chart(found: History, smallest: int) -> Chart:
    """The share that finished, by period, with its interval."""
    points = []
    for begun, ended in zip(found.lines[0].spans, found.lines[1].spans, strict=False):
        if begun.total is None or ended.total is None or not begun.total:
            points.append(charts.Point(begun.label))
            continue
        share = Share(min(round(ended.total), round(begun.total)), round(begun.total))
        few = any(0 < each < smallest for each in (share.part, share.n, share.n - share.part))
        points.append(
            charts.Point(begun.label, share.share, *share.ends, n=share.n, suppressed=few)
        )
    return charts.trend(
        [charts.Series("Finished", "2", points)],
        title="Of those who started, how many finished",
        note="In the same visit. Bands show what chance alone would do (Wilson, 95 %).",
        first_column="Period",
        key="finished",
    )


def _series_rows(found: History, smallest: int) -> Iterator[list[object]]:
    for parts in zip(*(each.spans for each in found.lines), strict=True):
        counts = [_cell(each.total, smallest) for each in parts]
        yield [parts[0].start.isoformat(), *counts, parts[0].missing]


def _cell(total: float | None, smallest: int) -> object:
    if total is None:
        return ""
    return "too few to show" if 0 < total < smallest else round(total)


def _change_rows(found: History) -> Iterator[list[object]]:
    for line in found.lines:
        for each in line.changes.found:
            dates = [each.week, each.earliest, each.latest]
            shares = [round(value, 4) for value in (each.share, each.low, each.high)]
            rates = [round(each.before, 1), round(each.after, 1)]
            yield [line.name, *(day.isoformat() for day in dates), *shares, *rates,
                   each.weeks_before, each.weeks_after, each.chance,
                   "; ".join(_around(each, found))]  # fmt: skip
