"""The plan and the report of an agency before they are published, and publishing them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.queries import justifications_for
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.indicators import access
from cx280.indicators.actions.publishing import explain_warning, publish_paper
from cx280.indicators.queries.papers import paper_of
from cx280.indicators.queries.register import findings_of, plan_subject
from cx280.indicators.rules.vocabulary import Paper
from cx280.indicators.views.files import file_of
from cx280.kernel.problem import NotFound, Problem
from cx280.kernel.quarter import fiscal_year_of

DRAFT = "Draft, not published"


def _asked(request: HttpRequest, agency: str, paper: str, year: int) -> tuple[Organization, Paper]:
    """The agency and the paper of the address; NotFound where they are not the person's."""
    person = signed_in_person(request)
    found = access.agency_to_see(person, agency)
    if paper not in {each.value for each in Paper} or not 2022 <= year <= 2100:
        raise NotFound("There is no such plan or report.")
    if not access.sees_papers(person, found):
        raise NotFound("The plan and the report are of the whole agency, and you see a part.")
    return found, Paper.of(paper)


@never_cache
@allow(access.SEE)
@require_safe
def draft(request: HttpRequest, agency: str, paper: str, year: int) -> HttpResponse:
    """The document as it would be published today, with what the plan lacks."""
    found, kind = _asked(request, agency, paper, year)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "agency": found,
        "paper": kind,
        "year": year,
        "content": paper_of(found, kind, year, today),
        "findings": findings_of(found, year, today),
        "reasons": justifications_for(plan_subject(found, year)),
        "last": access.published().filter(
            agency=found, paper=kind.value, fiscal_year=year
        ).order_by("-number").first(),
        "may_publish": access.may_publish(signed_in_person(request), found),
        "too_early": kind is Paper.REPORT and year >= fiscal_year_of(today),
    }  # fmt: skip
    return render(request, "indicators/draft.html", context)


@never_cache
@allow(access.SEE)
@require_safe
def draft_file(
    request: HttpRequest, agency: str, paper: str, year: int, ending: str
) -> HttpResponseBase:
    """The draft as a file."""
    found, kind = _asked(request, agency, paper, year)
    return file_of(paper_of(found, kind, year, timezone.localdate()), ending, DRAFT)


@never_cache
@allow(access.EDIT)
@require_POST
def explain(request: HttpRequest, agency: str, year: int) -> HttpResponse:
    """Keeps why a warning of the plan stands."""
    found, _ = _asked(request, agency, Paper.PLAN.value, year)
    stamp, text = request.POST.get("finding", ""), request.POST.get("text", "")
    explain_warning(found, year, stamp=stamp, text=text, by=signed_in_person(request))
    messages.success(request, "The reason is kept with the plan.")
    return redirect(f"{reverse('indicators:list')}?agency={found.code}&year={year}")


@never_cache
@allow(Capability.CERTIFY_QUARTERS)
@require_POST
def publish(request: HttpRequest, agency: str, paper: str, year: int) -> HttpResponse:
    """Publishes the document as it stands."""
    found, kind = _asked(request, agency, paper, year)
    try:
        publish_paper(found, kind, year, by=signed_in_person(request), now=timezone.now())
    except Problem as problem:
        if problem.status == 403:
            raise
        messages.error(request, problem.message)
        return redirect("indicators:draft", agency=agency, paper=paper, year=year)
    messages.success(request, "Published. Everybody can read it now.")
    return redirect("indicators:public", agency=agency, paper=paper, year=year)


@never_cache
@allow(access.SEE)
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every published plan and report, the latest number of each."""
    latest = {}
    for each in access.published().order_by("-fiscal_year", "agency__name", "paper", "number"):
        latest[each.agency_id, each.paper, each.fiscal_year] = each
    sees_all = access.sees_all(signed_in_person(request))
    context = {"rows": list(latest.values()), "sees_all": sees_all}
    return render(request, "indicators/published.html", context)
