"""What an agency owes OMB in a year, when, and whether it is ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.quarter import Quarter
from cx280.obligations import access
from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import Line, fiscal_years_of, lines_of, this_year
from cx280.obligations.rules.vocabulary import State
from cx280.obligations.views.files import csv_of
from cx280.pages.charts import Chart, Day, timeline
from cx280.services.models import Hisp

SEE = Capability.SEE_QUARTERS
TONES = {
    State.ON_TIME: "done",
    State.HANDED_OVER: "done",
    State.LATE: "late",
    State.MISSING: "needs-you",
    State.RETURNED: "needs-you",
    State.NOT_STARTED: "open",
    State.IN_PROGRESS: "open",
}


@never_cache
@allow(SEE)
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Everything owed in the year, the next thing first."""
    person = signed_in_person(request)
    seen = access.obligations_to_see(person)
    today = timezone.localdate()
    years = fiscal_years_of(seen)
    chosen = chosen_year(request, years, today)
    hisps = list(Hisp.objects.filter(obligations__in=seen).distinct().order_by("name"))
    hisp = next((each for each in hisps if each.code == request.GET.get("provider")), None)
    rows = seen.filter(fiscal_year=chosen)
    if hisp is not None:
        rows = rows.filter(hisp=hisp)
    lines = lines_of(rows, today, whole=not access.sees_all(person))
    open_ones = [each for each in lines if each.state.is_open]
    before = [] if chosen != this_year() else _missing_before(seen, chosen, today, person)
    context = {
        "everybody": access.sees_all(person),
        "lines": lines,
        "years": years or [chosen],
        "chosen": chosen,
        "hisps": hisps,
        "hisp": hisp,
        "groups": groups_of(lines),
        "before": before,
        "next": next(iter([*before, *open_ones]), None),
        "missing": [*before, *(each for each in open_ones if each.state is State.MISSING)],
        "late": sum(each.state is State.LATE for each in lines),
        "done": sum(not each.state.is_open for each in lines),
        "chart": _chart(lines, chosen, today),
        "may_hand_in": {
            each.obligation.pk
            for each in [*before, *lines]
            if access.may_hand_in(person, each.obligation)
        },
    }
    return render(request, "obligations/year.html", context)


def _missing_before(
    seen: QuerySet[Obligation], fiscal_year: int, today: date, person: Person
) -> list[Line]:
    """What of the year before is missing still: a new year does not make it go away."""
    rows = seen.filter(fiscal_year=fiscal_year - 1, due__lt=today)
    lines = lines_of(rows, today, whole=not access.sees_all(person))
    return [each for each in lines if each.state in {State.MISSING, State.RETURNED}]


@never_cache
@allow(SEE)
@require_safe
def year_file(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV, of all years or of one."""
    person = signed_in_person(request)
    rows = access.obligations_to_see(person)
    if written := request.GET.get("year", ""):
        rows = rows.filter(fiscal_year=chosen_year(request, [], timezone.localdate()))
    lines = lines_of(rows, timezone.localdate(), whole=not access.sees_all(person))
    return csv_of(lines, f"obligations {written}".strip())


def chosen_year(request: HttpRequest, years: Sequence[int], today: date) -> int:
    """The fiscal year asked for as 2023 or FY2023, else the one that runs."""
    written = request.GET.get("year", "").upper().removeprefix("FY").strip()
    if written.isdecimal() and len(written) == 4:
        return int(written)
    running = Quarter.of(today).fiscal_year
    return running if running in years or not years else years[0]


@dataclass(frozen=True, slots=True)
class Group:
    """What is owed by one day under one name, for one or several."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Obligation:
        """One of them; they share their name, period and days."""
        return self.lines[0].obligation

    @property
    def needs_somebody(self) -> bool:
        """Whether one of them is missing, or was returned."""
        return any(each.state in {State.MISSING, State.RETURNED} for each in self.lines)


def groups_of(lines: Sequence[Line]) -> list[Group]:
    """The lines by day and name, in time."""

    def key(line: Line) -> tuple[date, str]:
        return line.obligation.due, line.obligation.code

    return [Group(tuple(found)) for _, found in groupby(sorted(lines, key=key), key=key)]


def _chart(lines: Sequence[Line], fiscal_year: int, today: date) -> Chart:
    first, last = date(fiscal_year - 1, 10, 1), date(fiscal_year, 11, 5)
    days = list(_days(lines))
    done = sum(each.tone == "done" for each in days)
    title = f"{done} of {len(days)} due days of FY{fiscal_year} met" if days else "The year"
    return timeline(days, first=first, last=last, today=today, title=title)


def _days(lines: Sequence[Line]) -> Iterator[Day]:
    """One mark a day: of several, what needs somebody first decides its tone."""
    for each in groups_of(lines):
        yield Day(each.first.due, _short(each.first), _standing(each.lines), _tone(each.lines))


def _short(row: Obligation) -> str:
    """`Feedback data, FY2022 Q1`; what people call it."""
    names = {
        "designation": "Designated services",
        "quarterly": f"Feedback data, {row.period}",
        "capacity_assessment": "Capacity Assessment",
        "deep_dive": "Deep dive",
        "action_plan": "Action Plan",
        "reflection": "Yearly reflection",
    }
    return names.get(row.code, row.name)


def _standing(lines: Sequence[Line]) -> str:
    if len(lines) == 1 or len({each.state for each in lines}) == 1:
        return lines[0].state.label.lower()
    done = sum(not each.state.is_open for each in lines)
    return f"{done} of {len(lines)} done"


def _tone(lines: Sequence[Line]) -> str:
    tones = {TONES.get(each.state, "quiet") for each in lines}
    return next(each for each in ("needs-you", "open", "late", "done", "quiet") if each in tones)
