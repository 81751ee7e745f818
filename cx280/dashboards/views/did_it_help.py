"""Did a change help? A figure before and after a day, less what would have come anyway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.dashboards.access import least_shown
from cx280.dashboards.queries import did_it_help as queries
from cx280.dashboards.queries.did_it_help import Known, Told
from cx280.dashboards.rules import change_words
from cx280.dashboards.rules.change_words import Subject
from cx280.dashboards.rules.did_it_help import AFTER, BEFORE, Answer, Refusal, Week, day_of
from cx280.dashboards.views.digital_frame import context_of, online
from cx280.kernel.problem import Problem
from cx280.measures.access import Sight
from cx280.pages import charts
from cx280.pages.charts import Chart
from cx280.pages.downloads import csv_response
from cx280.pages.filters import Filter
from cx280.pages.written import shortdate
from cx280.telemetry.rules.facts import FUNNELS, TOTALS
from cx280.telemetry.rules.funnels import Share
from cx280.telemetry.rules.long_series import Grain

HEADER = ["week", "seen", "low", "high", "expected_without", "n", "note"]
_MOST_CHANGES = 12
_NOT = "not compared"
_A_DAY = replace(charts.COUNT, none=_NOT)
_SHARE = replace(charts.SHARE, none=_NOT)


@allow(Capability.SEE_MEASURES)
def did_it_help(request: HttpRequest, code: str) -> HttpResponseBase:
    """The form, and its answer below; what is wrong is said beside the field."""
    sight, today = online(request, code), timezone.localdate()
    given = {key: str(request.GET.get(key, "")) for key in ("figure", "on")}
    frame = _frame(sight, given, today)
    if "on" not in request.GET:
        return render(request, "dashboards/did_it_help.html", frame)
    try:
        figure = queries.figure_of(sight.service, given["figure"])
        changed = day_of(given["on"], today)
    except Problem as problem:
        context = {**frame, "problem": problem}
        return render(request, "dashboards/did_it_help.html", context, status=422)
    told = queries.told(sight.service, figure, changed, today, least_shown())
    if isinstance(told.answer, Refusal):
        context = {**frame, "refusal": told.answer, "changed": changed}
        return render(request, "dashboards/did_it_help.html", context)
    if request.GET.get("table"):
        rows = _rows(told.answer, told.subject)
        return csv_response(f"{code}-did-it-help", HEADER, rows)
    context = {**frame, **_answered(told, told.answer, changed), "query": f"?{urlencode(given)}&"}
    return render(request, "dashboards/did_it_help.html", context)


def _frame(sight: Sight, given: dict[str, str], today: date) -> dict[str, object]:
    figures = queries.figures_of(sight.service)
    figure = given["figure"] if given["figure"] in dict(figures) else "visits"
    known = queries.changes_of(sight.service, today)
    read = FUNNELS if ":" in figure else TOTALS
    return {
        **context_of(sight, "time", read),
        "figures": Filter("figure", "Of", figures, figure),
        "on": given["on"],
        "known": [(each, _address(each)) for each in known[:_MOST_CHANGES]],
        "least_before": BEFORE,
        "least_after": AFTER,
    }


def _address(known: Known) -> str:
    asked = {"figure": queries.FINISHED + known.flow, "on": known.on.isoformat()}
    return f"?{urlencode(asked)}"


def _answered(told: Told, answer: Answer, changed: date) -> dict[str, object]:
    found, subject = answer.found, told.subject
    return {
        "answer": answer,
        "subject": subject,
        "changed": changed,
        "title": change_words.title(answer, subject, changed),
        "chart": _chart(answer, subject, changed),
        "stats": _stats(answer, subject),
        "removed": " ".join(change_words.removed(answer)),
        "least_seen": change_words.least_seen(found),
        "before": change_words.about(answer.before),
        "after": change_words.about(answer.after),
    }


def _stats(answer: Answer, subject: Subject) -> list[dict[str, object]]:
    found = answer.found
    sure = "these people chose to answer" if subject.chose else change_words.interval(found)
    people = f"{change_words.about(answer.after)} {subject.counted} in {found.after} days"
    return [
        {"label": "Effect", "value": change_words.effect(found), "sure": sure.capitalize()},
        {"label": "Since the change", "value": change_words.value(found, found.seen),
         "sure": f"n {people}"},
        {"label": "Without it, expected", "value": change_words.value(found, found.without),
         "sure": f"From {found.before} days before"},
    ]  # fmt: skip


def _label(week: Week, answer: Answer) -> str:
    years = answer.weeks[0].start.year != answer.weeks[-1].start.year
    return Grain.WEEK.label(week.start, years=years)


def _chart(answer: Answer, subject: Subject, changed: date) -> Chart:
    counts = subject.kind == "counts"
    held = [each for each in answer.weeks if each.start <= changed]
    mark = charts.Mark(_label(held[-1], answer), f"the change, {shortdate(changed)}")
    seen = [_point(each, answer, subject) for each in answer.weeks]
    expected = [charts.Point(_label(each, answer), each.expected) for each in answer.weeks]
    return charts.trend(
        [charts.Series("Seen", "1", seen), charts.Series("Expected without it", "2", expected)],
        title=f"{subject.label}{' a day' if counts else ''}, week by week",
        note="Weeks from Monday to Sunday. The week of the change is left out of the line."
        + ("" if counts or subject.chose else " Bands show what chance alone would do."),
        launches=[mark],
        unit=_A_DAY if counts else _SHARE,
        first_column="Week of",
        key="weeks",
    )


def _ends(week: Week, subject: Subject) -> tuple[float | None, float | None]:
    """The range of a week; counts are all there are, and people who chose to answer have none."""
    if subject.kind == "counts" or subject.chose or week.seen is None or week.suppressed:
        return None, None
    return Share(round(week.part), round(week.n)).ends


def _point(week: Week, answer: Answer, subject: Subject) -> charts.Point:
    low, high = _ends(week, subject)
    n = None if week.seen is None else round(week.n)
    label = _label(week, answer)
    return charts.Point(label, week.seen, low, high, n=n, suppressed=week.suppressed)


def _rows(answer: Answer, subject: Subject) -> Iterator[list[object]]:
    for each in answer.weeks:
        if each.suppressed or each.seen is None:
            note = "too few to show" if each.suppressed else _NOT
            yield [each.start.isoformat(), *[""] * 5, note]
            continue
        values = (each.seen, *_ends(each, subject), each.expected)
        cells = ["" if value is None else round(value, 4) for value in values]
        yield [each.start.isoformat(), *cells, round(each.n), ""]
