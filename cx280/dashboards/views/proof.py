"""Does this survey reach people, in time, and how far do they come?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.circular.implements import implements
from cx280.dashboards.queries.proof import KINDS, Proof, proof_of
from cx280.dashboards.rules.proof import Part, Spread, headline, in_seconds, in_time
from cx280.pages import charts
from cx280.pages.downloads import csv_response
from cx280.pages.written import number
from cx280.surveys.access import may_edit, survey_to_see
from cx280.surveys.views.tabs import tabs_of

_HEADER = (
    "kind", "name", "asked", "opened", "answered", "figure", "low", "high", "n", "note",
)  # fmt: skip
_LOW, _HIGH = _HEADER.index("low"), _HEADER.index("high")
TOO_FEW = "too few to show"


@allow(Capability.SEE_SURVEYS)
@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponseBase:
    """The quarter's counts from asking to answer, and what they prove."""
    person = signed_in_person(request)
    survey = survey_to_see(person, code)
    smallest = settings.CX280_SMALLEST_CELL
    found = proof_of(survey, request.GET.get("quarter", ""), smallest=smallest)
    if request.GET.get("table"):
        return csv_response(f"{code}-reach-{found.quarter}", _HEADER, rows_of(found))
    context = {
        "found": found,
        "survey": survey,
        "title": headline(found.rates[0], found.whole),
        "chart": _chart(found),
        "asked_lag": _said(found.asked_lag, in_time),
        "answered_lag": _said(found.answered_lag, lambda hours: in_time(hours * 60)),
        "time": _said(found.time, in_seconds),
        "kinds": [(kind, KINDS[kind], parts) for kind, parts in found.parts.items()],
        "smallest": smallest,
        "tabs": tabs_of(survey, may_edit=may_edit(person, survey)),
    }
    return render(request, "dashboards/proof.html", context)


def _said(spread: Spread | None, words: Callable[[int], str]) -> dict[str, object] | None:
    """Median, p90 and the interval of the median in words."""
    if spread is None:
        return None
    return {
        "spread": spread,
        "median": words(spread.median),
        "low": words(spread.low),
        "high": words(spread.high),
        "p90": words(spread.p90),
    }


def _chart(found: Proof) -> charts.Chart:
    """From asked to answered, as far as it was counted."""
    whole = found.whole
    steps = {
        "Asked": whole.asked,
        "Began": whole.opened,
        "Sent their answers": whole.answered,
    }
    rows = [_count_bar(label, n, whole) for label, n in steps.items()]
    return charts.bars(
        [each for each in rows if each.value is not None],
        title=_chart_title(found),
        unit=charts.COUNT,
        first_column="Step",
        value_column="People",
        key="steps",
    )


def _count_bar(label: str, n: int | None, whole: Part) -> charts.Bar:
    return charts.Bar(label, None if n is None else float(n), suppressed=whole.hidden)


def _chart_title(found: Proof) -> str:
    whole = found.whole
    if whole.hidden or not whole.answered:
        return "From asked to answered"
    if whole.completion is not None and whole.opened:
        return f"{number(whole.opened - whole.answered)} began and did not answer"
    return f"{number(whole.answered)} sent their answers"


@implements("INC-44")
def rows_of(found: Proof) -> Iterator[list[object]]:
    """The page as rows of a file; none has a range where people found the survey themselves."""
    for row in _rows_of(found):
        yield row if found.sure else [*row[:_LOW], None, None, *row[_HIGH + 1 :]]


def _rows_of(found: Proof) -> Iterator[list[object]]:
    yield _part_row("all", found.whole)
    for state, n in found.states.items():
        yield ["invitations", state.value, "", "", "", "", "", "", n, state.label]
    for reason, n in found.reasons.items():
        yield ["left alone", reason.value, "", "", "", "", "", "", n, reason.label]
    for by in found.messages:
        yield ["messages", by.channel.value, by.reached, "", "", "", "", "", by.drawn,
               f"{by.returned} came back, {by.in_doubt} in doubt"]  # fmt: skip
    for rate in found.rates:
        ends = [_rounded(each) for each in rate.bounds or (None, None)]
        yield ["response rate", rate.name, rate.asked, "", rate.answered, _rounded(rate.rate),
               *ends, rate.asked, rate.reason or rate.formula]  # fmt: skip
    yield from _spread_rows("minutes from end to message", found.asked_lag)
    yield from _spread_rows("hours from end to answer", found.answered_lag)
    yield from _spread_rows("seconds from page to answer", found.time)
    for kind, parts in found.parts.items():
        for part in parts:
            yield _part_row(kind, part)
    for step in found.steps:
        ends = [_rounded(each) for each in step.bounds or (None, None)]
        yield ["skipped", step.text, "", step.shown, step.answered, _rounded(step.skipped),
               *ends, step.shown, _last(step.last)]  # fmt: skip


def _last(n: int | None) -> str:
    return TOO_FEW if n is None else f"the last one answered: {n}"


def _part_row(kind: str, part: Part) -> list[object]:
    if part.hidden:
        return [kind, part.name, "", "", "", "", "", "", "", TOO_FEW]
    ends = [_rounded(each) for each in part.rate_bounds or (None, None)]
    n = part.asked if part.rate is not None else None
    counts = [part.asked, part.opened, part.answered]
    return [kind, part.name, *counts, _rounded(part.rate), *ends, n, ""]


def _spread_rows(kind: str, spread: Spread | None) -> Iterator[list[object]]:
    if spread is None:
        return
    yield [kind, "median", "", "", "", spread.median, spread.low, spread.high, spread.n, ""]
    yield [kind, "p90", "", "", "", spread.p90, "", "", spread.n, ""]
    low, high = spread.bounds
    yield [kind, f"share within {spread.limit}", "", "", "", _rounded(spread.share_within),
           _rounded(low), _rounded(high), spread.n, ""]  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
