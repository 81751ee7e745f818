"""Low raters beside high raters on one flow: a page, and a part of the flow's own page."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.digital import one_flow
from cx280.dashboards.queries.raters import Raters, raters
from cx280.dashboards.rules import rater_words
from cx280.dashboards.views.digital import _context, _days
from cx280.dashboards.views.digital_charts import smallest_in_files
from cx280.dashboards.views.digital_frame import online
from cx280.measures.rules.basis import Basis
from cx280.pages import charts
from cx280.pages.charts import Chart, Measured, Pair
from cx280.pages.downloads import csv_response
from cx280.pages.written import NBSP, number
from cx280.stats.medians import Estimate
from cx280.telemetry.rules.raters import Row


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the table in words."""

    row: Row

    @property
    def label(self) -> str:
        """What it is of."""
        return rater_words.label_of(self.row)

    @property
    def cells(self) -> list[tuple[str, str]]:
        """(figure, how sure with n) of low and of high raters."""
        return [self._cell(each) for each in (self.row.low, self.row.high)]

    @property
    def difference(self) -> str:
        """Low less high."""
        return rater_words.difference(self.row)

    @property
    def verdict(self) -> str:
        """What may be said."""
        return rater_words.verdict(self.row)

    def _cell(self, found: Estimate | None) -> tuple[str, str]:
        if found is None:
            return rater_words.TOO_FEW, ""
        measure = self.row.measure
        sure = rater_words.range_of(measure, found)
        n = f"n{NBSP}{number(found.n)}"
        return rater_words.figure(measure, found.value), f"{sure} · {n}"


@allow(Capability.SEE_MEASURES)
def flow_raters(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """Do people who rate us low meet something else?"""
    sight, days = online(request, code), _days(request)
    smallest, now = smallest_in_files(settings.CX280_SMALLEST_CELL), timezone.now()
    flow = one_flow(sight.service, key, days.period, smallest).row
    wanted = request.GET.get("rated", "")
    found = raters(sight.service, flow, days.period, now, smallest, wanted)
    if request.GET.get("table"):
        rows = (rater_words.cells(each) for each in found.comparison.rows)
        return csv_response(f"{code}-{key}-{found.construct}-raters", rater_words.HEADER, rows)
    context = {
        **_context(sight, "done", days),
        "flow": flow,
        "raters": found,
        "refusal": found.refusal,
        "level": 3 if request.headers.get("HX-Request") else 2,
        "chart": _chart(found),
        "rows": [Told(each) for each in found.comparison.rows],
        "groups": _groups(found),
        "others": [each for each in found.offered if each != found.construct],
        "smallest": smallest,
        "chose": _chose(found),
    }
    return render(request, "dashboards/raters.html", context)


def _groups(found: Raters) -> tuple[str, str]:
    asked = found.asked
    ends = (asked.lowest, asked.highest) if asked else ("", "")
    low, high = (f"Rated {way}{f' ({end})' if end else ''}"
                 for way, end in zip(("low", "high"), ends, strict=True))  # fmt: skip
    return low, high


def _chart(found: Raters) -> Chart:
    """The shares of both groups, row by row."""
    rows = [each for each in found.comparison.rows if each.measure.is_share]
    return charts.pairs(
        [
            Pair(rater_words.label_of(each), _measured("low", each.low),
                 _measured("high", each.high), strong=each.differs)
            for each in rows
        ],
        ("Rated low", "Rated high"),
        title=rater_words.finding(found.comparison, found.construct),
        note="Visits of people who answered. Lines show how sure we are; bold where chance alone "
        "would hardly make the difference.",
        first_column="What happened in the visit",
        key="raters-shares",
    )  # fmt: skip


def _measured(label: str, found: Estimate | None) -> Measured:
    if found is None:
        return Measured(label, suppressed=True)
    return Measured(label, found.value, found.low, found.high, found.n)


def _chose(found: Raters) -> int:
    """How many chose to answer, where nobody was asked; 0 where people were."""
    if found.asked is None or found.asked.basis is not Basis.CHOSE:
        return 0
    return found.comparison.low + found.comparison.high
