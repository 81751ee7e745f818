"""The first page of OMB: what waits, and how the government stands."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.deep_dive.access import discussions_to_see
from cx280.deep_dive.queries import follow_ups_of, talks_of
from cx280.kernel.quarter import fiscal_year_of
from cx280.oversight.queries.findings import quarters_reported, reports_of
from cx280.oversight.queries.groups import groups_in
from cx280.oversight.queries.handed_in import lines_in, met_in, tally_of
from cx280.oversight.queries.releases import counted
from cx280.oversight.queries.waiting import everything_waiting
from cx280.oversight.rules.findings import raised_in
from cx280.oversight.rules.waiting import piles_of
from cx280.oversight.views.rule_words import titled

SEE = Capability.SEE_GOVERNMENT
_RULES, _TALKS = 5, 5
_SOON = timedelta(days=120)


@never_cache
@allow(SEE)
@require_safe
def console(request: HttpRequest) -> HttpResponse:
    """All agencies at once; each part leads to its list."""
    person, today = signed_in_person(request), timezone.localdate()
    year = fiscal_year_of(today)
    lines = lines_in(year, today)
    quarter = next(iter(quarters_reported()), None)
    raised = raised_in(reports_of(quarter.fiscal_year, quarter.number)) if quarter else []
    groups = groups_in(quarter) if quarter else []
    talks = discussions_to_see(person)
    ahead = talks.filter(
        held_on__isnull=True, cancelled_because="", planned_on__gte=today,
        planned_on__lte=today + _SOON,
    ).order_by("planned_on")  # fmt: skip
    left = follow_ups_of(talks, open_only=True)
    piles = piles_of(everything_waiting(today))
    context = {
        "piles": piles,
        "waits": sum(len(each.things) for each in piles),
        "year": year,
        "tally": tally_of(lines),
        "handed_in": len(met_in(lines)),
        "quarter": quarter,
        "raised": titled(raised[:_RULES]),
        "rules": len(raised),
        "groups": sum(not each.stands_alone for each in groups),
        "alone": sum(each.stands_alone for each in groups),
        "talks": talks_of(ahead[:_TALKS], today),
        "left": left.count(),
        "behind": left.filter(due_on__lt=today).count(),
        "releases": counted(),
    }
    return render(request, "oversight/console.html", context)
