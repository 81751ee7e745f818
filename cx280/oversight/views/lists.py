"""The lists of the console; each comes as page, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import fiscal_year_of
from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import fiscal_years_of
from cx280.oversight.queries.findings import quarters_reported
from cx280.oversight.queries.groups import groups_in
from cx280.oversight.queries.handed_in import YEARLY, HandedIn, lines_in
from cx280.oversight.queries.handed_in import handed_in as read_handed_in
from cx280.oversight.queries.releases import (
    RELEASED,
    accepted_quarters,
    counted,
    released,
    released_rows,
)
from cx280.oversight.queries.waiting import everything_waiting
from cx280.oversight.rules.waiting import Kind, Pile, piles_of
from cx280.oversight.views.asked import asked_quarter, asked_year
from cx280.pages.downloads import file_response

SEE = Capability.SEE_GOVERNMENT
_ON_A_PAGE = 100
_LONGEST = 25  # of each kind, where all kinds are shown


@never_cache
@allow(SEE)
@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """What waits for OMB, by what is to be done, the longest first; `kind` in the address gives
    all of one kind, page by page.
    """
    today = timezone.localdate()
    kind = request.GET.get("kind", "")
    piles = piles_of(everything_waiting(today))
    if kind:
        chosen = Kind.of(kind)
        piles = [each for each in piles if each.kind is chosen]
    if written := request.GET.get("format"):
        return file_response("waiting for OMB", _WAITING, _waiting(piles, today), form=written)
    shown = _ON_A_PAGE if kind else _LONGEST
    pages = [(each, Paginator(each.things, shown)) for each in piles]
    context = {
        "piles": [(pile, pages.get_page(request.GET.get("page"))) for pile, pages in pages],
        "count": sum(len(each.things) for each in piles),
        "kinds": list(Kind),
        "kind": kind,
        "today": today,
    }
    return render(request, "oversight/waiting.html", context)


_WAITING = ("kind", "what", "provider", "provider_name", "agency", "since", "days", "due")


def _waiting(piles: Iterable[Pile], today: date) -> Iterator[tuple[object, ...]]:
    for pile in piles:
        for each in pile.things:
            yield (
                each.kind.value, each.words, each.provider, each.provider_name, each.agency,
                each.since, each.days(today), each.due,
            )  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def handed_in(request: HttpRequest) -> HttpResponseBase:
    """Assessments, Action Plans, deep dives and designations handed in for a year."""
    today = timezone.localdate()
    years = fiscal_years_of(Obligation.objects.all())
    year = asked_year(request, years or [fiscal_year_of(today)], today)
    code = request.GET.get("what", "")
    if code and code not in {each.value for each in YEARLY}:
        raise NotFound("Nothing of that kind is handed in once a year.")
    rows = read_handed_in(lines_in(year, today), code)
    if written := request.GET.get("format"):
        name = f"handed in FY{year}"
        return file_response(name, _HANDED_IN, _handed_in(rows), form=written)
    context = {
        "count": len(rows),
        "page": Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("page")),
        "years": years or [year],
        "year": year,
        "codes": [(each.value, each.label) for each in YEARLY],
        "code": code,
        "late": sum(each.line.state == "late" for each in rows),
    }
    return render(request, "oversight/handed_in.html", context)


_HANDED_IN = (
    "provider", "provider_name", "agency", "obligation", "name", "period", "due", "handed_in_on",
    "state",
)  # fmt: skip


def _handed_in(rows: Iterable[HandedIn]) -> Iterator[tuple[object, ...]]:
    for each in rows:
        row = each.obligation
        yield (
            each.hisp.code, each.hisp.name, each.hisp.organization.name, row.code, row.name,
            row.period, row.due, each.line.met_on, each.line.state.value,
        )  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def releases(request: HttpRequest) -> HttpResponseBase:
    """What waits to be published, what is published, and what corrected what."""
    corrections = request.GET.get("corrections") == "yes"
    found = released(corrections_only=corrections)
    if written := request.GET.get("format"):
        rows = released_rows(found)
        return file_response("releases", RELEASED, rows, form=written)
    context = {
        "waiting": list(accepted_quarters()[:_LONGEST]),
        "page": Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page")),
        "counted": counted(),
        "corrections": corrections,
    }
    return render(request, "oversight/releases.html", context)


@never_cache
@allow(SEE)
@require_safe
def groups(request: HttpRequest) -> HttpResponseBase:
    """Which questions on trust and satisfaction may be compared across the government."""
    quarters = quarters_reported()
    quarter = asked_quarter(request, quarters)
    rows = groups_in(quarter) if quarter else []
    if written := request.GET.get("format"):
        lines = (
            (each.construct, each.asks, each.wording, each.key, each.questions, each.services,
             each.providers)
            for each in rows
        )  # fmt: skip
        return file_response(f"comparable {quarter}", _GROUPS, lines, form=written)
    context = {
        "rows": [each for each in rows if not each.stands_alone],
        "alone": [each for each in rows if each.stands_alone],
        "quarters": quarters,
        "quarter": quarter,
    }
    return render(request, "oversight/groups.html", context)


_GROUPS = ("construct", "asks", "wording", "key", "questions", "services", "providers")
