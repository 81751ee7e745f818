"""The digital pages of a service: what people came to do, where they stop, what is slow, now."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.digital import (
    Chosen,
    Digital,
    FlowRow,
    chosen,
    digital,
    one_flow,
)
from cx280.dashboards.queries.raters import may_be_joined
from cx280.dashboards.queries.said import Said, said_online
from cx280.dashboards.views import digital_charts
from cx280.dashboards.views.digital_frame import how_fresh
from cx280.dashboards.views.digital_gaps import gaps_told, silent_in
from cx280.measures.access import Sight, service_to_measure
from cx280.pages.charts import duration
from cx280.pages.downloads import csv_response
from cx280.pages.written import between, number, percent
from cx280.telemetry.queries import answers
from cx280.telemetry.queries.answers import Speed
from cx280.telemetry.rules.facts import FUNNELS, SPEED
from cx280.telemetry.rules.funnels import Completion, Share, untold
from cx280.telemetry.rules.speed import MEASURES, Verdict, headline, verdict, written

SPEED_HEADER = [
    *("page", "measure", "loads", "p75", "good", "good_low", "good_high", "poor", "verdict"),
]


def _website(request: HttpRequest, code: str) -> Sight:
    """The service, for whoever sees it or one of its offices: its website serves them all.

    Its figures are of visits, never of one office's customers, and small groups are hidden; so an
    office learns how the way in that its customers use goes, and nothing of another office.
    """
    return service_to_measure(signed_in_person(request), code)


def _context(sight: Sight, part: str, days: Chosen | None = None) -> dict[str, object]:
    return {
        "sight": sight,
        "service": sight.service,
        "digital_part": part,
        "days": days,
        "filters": [days.filter] if days else [],
        "query": f"days={days.filter.value}&" if days else "",
        "smallest": settings.CX280_SMALLEST_CELL,
        **gaps_told(sight.service, days),
        **(how_fresh(sight, SPEED if part == "speed" else FUNNELS) if days else {}),
    }


def _days(request: HttpRequest) -> Chosen:
    zone = timezone.get_current_timezone_name()
    return chosen(request.GET.dict(), timezone.localdate(), zone)


@allow(Capability.SEE_MEASURES)
def service_online(request: HttpRequest, code: str) -> HttpResponseBase:
    """Did people finish what they came to do?"""
    sight, days = _website(request, code), _days(request)
    smallest = digital_charts.smallest_in_files(settings.CX280_SMALLEST_CELL)
    found = digital(sight.service, days.period, smallest)
    if request.GET.get("table"):
        rows = digital_charts.finished_rows(found.flows)
        return csv_response(f"{code}-finished", digital_charts.FINISHED_HEADER, rows)
    context = {
        **_context(sight, "done", days),
        "found": found,
        "flows": [_told(each) for each in found.flows],
        "finished": digital_charts.finished_chart(found.flows),
        "by_day": digital_charts.days_chart(
            found.days, days.period, smallest, silent_in(sight.service, days)
        ),
        "ways": [each for each in found.ways if each.visits >= smallest],
        "lead": _lead(found, days),
        "said": _said(sight, days, smallest),
    }
    return render(request, "dashboards/digital.html", context)


def _said(sight: Sight, days: Chosen, smallest: int) -> Said | None:
    """What people said online; an office does not see it, since it is of other offices too."""
    if sight.unit is not None:
        return None
    return said_online(sight, days.period.first, days.period.last, smallest)


def _lead(found: Digital, days: Chosen) -> str:
    best = next((each for each in found.flows if each.done.completion.finished), None)
    if best is None or best.done.completion.finished is None:
        return f"What people came to do online in {days.words}."
    share = best.done.completion.finished
    return (
        f"Most came for “{best.name}”: {percent(share.share)} of {number(share.n)} visits finished "
        f"it ({between(share.ends)}) in {days.words}."
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A flow as a row of the table."""

    row: FlowRow
    share: Share | None
    reason: str
    took: str
    longest: str


def _told(row: FlowRow) -> Told:
    thing, found = row.done.thing, row.done.completion
    timed = found.finished is not None and found.finished.part > 0
    return Told(
        row,
        found.finished,
        found.reason.split(":")[0].rstrip("."),
        duration(thing.median_seconds) if timed else "",
        duration(thing.p90_seconds) if timed else "",
    )


@allow(Capability.SEE_MEASURES)
def flow(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """Where do people stop?"""
    sight, days = _website(request, code), _days(request)
    smallest = digital_charts.smallest_in_files(settings.CX280_SMALLEST_CELL)
    told = one_flow(sight.service, key, days.period, smallest)
    found, answer = told.row, told.row.answer
    stages = answer.stages if answer else []
    if request.GET.get("table"):
        rows = digital_charts.funnel_rows(stages)
        return csv_response(f"{code}-{key}-funnel", digital_charts.FUNNEL_HEADER, rows)
    title = answer.finding if answer and found.done.thing.started else ""
    context = {
        **_context(sight, "done", days),
        "found": found,
        "title": title.split(":")[0] or f"Nobody started “{found.name}” in {days.words}",
        "sure": title.partition(": ")[2],
        "funnel": digital_charts.funnel_chart(
            stages,
            "Where people stop",
            "Visits that reach each step in order, how many stop on the way to it, and how long "
            "half of the rest take at most. Lines show how sure we are.",
        ),
        "by_day": digital_charts.flow_days_chart(
            told.trend, smallest, silent_in(sight.service, days)
        ),
        "stats": _stats(found, smallest),
        "untold": untold(found.done.completion.finished, stages, smallest),
        "side_steps": answer.side_steps if answer else [],
        "since": answer.since if answer else None,
        "outdated": answer.is_outdated if answer else False,
        "raters_refusal": may_be_joined(sight.service),
    }
    return render(request, "dashboards/flow.html", context)


def _stats(found: FlowRow, smallest: int) -> list[dict[str, object]]:
    thing = found.done.thing
    started = digital_charts.visits_words(thing.started, smallest)
    stats: list[dict[str, object]] = [
        {"label": "Visits that started", "value": started, "sure": "Robots are not counted."},
        _finished(found.done.completion),
    ]
    share = found.done.completion.finished
    if share is not None and share.part:
        longest = f"9 in 10 took at most {duration(thing.p90_seconds)} · n {number(share.part)}"
        stats.append(
            {"label": "Half took at most", "value": duration(thing.median_seconds), "sure": longest}
        )
    return stats


def _finished(found: Completion) -> dict[str, object]:
    if found.finished is None:
        return {"label": "Finished", "value": "–", "sure": found.reason}
    return {
        "label": "Finished",
        "value": percent(found.finished.share),
        "sure": f"{between(found.finished.ends)} · n {number(found.finished.n)}",
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """A page by one measure of speed, as a row of the table."""

    speed: Speed
    verdict: Verdict
    smallest: int

    @property
    def good(self) -> Share:
        """Loads that were good, of all."""
        return Share(self.speed.good, self.speed.loads)

    @property
    def hidden(self) -> bool:
        """Whether there are too few loads to show."""
        return self.verdict == Verdict.TOO_FEW

    @property
    def p75(self) -> str:
        """The third quartile in words."""
        return written(self.speed.name, self.speed.p75)

    @property
    def measure(self) -> str:
        """What was measured, in plain words."""
        return MEASURES[self.speed.name].words

    @property
    def cells(self) -> list[object]:
        """The row as a file has it."""
        each = self.speed
        if self.hidden:
            return [each.page, each.name, "", "", "", "", "", "", self.verdict]
        ends = [round(end, 4) for end in self.good.ends]
        return [each.page, each.name, each.loads, each.p75, each.good, *ends, each.poor,
                self.verdict]  # fmt: skip


@allow(Capability.SEE_MEASURES)
def speed(request: HttpRequest, code: str) -> HttpResponseBase:
    """Which pages are slow?"""
    sight, days = _website(request, code), _days(request)
    smallest = digital_charts.smallest_in_files(settings.CX280_SMALLEST_CELL)
    found = answers.speed(sight.service.pk, days.period)
    rows = [
        Measured(each, verdict(each.name, each.p75, each.good, each.loads, smallest), smallest)
        for each in found
    ]
    pages: dict[str, list[Verdict]] = {}
    for each in rows:
        pages.setdefault(each.speed.page, []).append(each.verdict)
    rows.sort(key=lambda each: (_badness(pages[each.speed.page]), each.speed.page))
    if request.GET.get("table"):
        return csv_response(f"{code}-speed", SPEED_HEADER, (each.cells for each in rows))
    context = {
        **_context(sight, "speed", days),
        "rows": rows,
        "title": headline(pages) if rows else "Nobody can say yet which pages are slow",
        "chart": digital_charts.speed_chart(found, smallest),
        "measures": MEASURES.values(),
    }
    return render(request, "dashboards/speed.html", context)


def _badness(verdicts: list[Verdict]) -> int:
    """Where a page stands in the table: by its worst verdict, poor first."""
    order = [Verdict.POOR, Verdict.NEEDS_WORK, Verdict.UNSURE, Verdict.GOOD, Verdict.TOO_FEW]
    return min(order.index(each) for each in verdicts)
