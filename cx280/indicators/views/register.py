"""The register: every indicator of an agency by kind, and what its plan lacks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.queries import justifications_for
from cx280.circular.deadlines import edition_for
from cx280.indicators import access
from cx280.indicators.queries.figures import lines_of
from cx280.indicators.queries.register import by_kind, findings_of, in_use, plan_subject
from cx280.indicators.rules.vocabulary import Paper
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import fiscal_year_of


@never_cache
@allow(access.SEE)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The indicators the person may see for a fiscal year, this one unless asked otherwise."""
    person, today = signed_in_person(request), timezone.localdate()
    if access.sees_all(person):
        return redirect("indicators:published")
    agencies = access.agencies_to_see(person)
    code = request.GET.get("agency", "")
    agency = access.agency_to_see(person, code) if code else next(iter(agencies), None)
    if agency is None:
        raise NotFound("You work in no agency that has indicators.")
    this = fiscal_year_of(today)
    year = _year(request.GET.get("year", ""), this)
    mine = set(access.indicators_to_see(person).values_list("pk", flat=True))
    rows = [each for each in in_use(agency) if each.pk in mine]
    whole = access.sees_papers(person, agency)
    context = {
        "agency": agency,
        "agencies": agencies,
        "year": year,
        "years": range(this - 3, this + 3),
        "panels": by_kind(lines_of(rows, [year - 1, year], today)),
        "count": len(rows),
        "findings": findings_of(agency, year, today) if whole else [],
        "reasons": justifications_for(plan_subject(agency, year)),
        "may_explain": whole and access.may_explain(person, agency),
        "edition": edition_for(year).title,
        "whole": whole,
        "services": access.services_to_write(person, agency),
        "may_add": access.services_to_write(person, agency).exists(),
        "plan": Paper.PLAN,
        "report": Paper.REPORT,
        "documents": access.published().filter(agency=agency)[:8],
    }
    return render(request, "indicators/list.html", context)


def _year(written: str, otherwise: int) -> int:
    if not written:
        return otherwise
    if not (written.isdigit() and 2018 <= int(written) <= 2100):
        raise NotFound(f"“{written[:20]}” is not a fiscal year.")
    return int(written)
