"""A published Action Plan, for everybody: page, JSON, PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from cx280.accounts.access import PUBLIC, allow
from cx280.pages.downloads import json_response, safe_name
from cx280.pages.pdf import pdf_kept
from cx280.plans import access
from cx280.plans.rules.content import readable


@allow(PUBLIC)
@require_safe
def plan(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """The plan as it was published."""
    found = access.published(hisp, year)
    context = {"version": found, "content": readable(found.content), "hisp": hisp, "year": year}
    return render(request, "plans/public.html", context)


@allow(PUBLIC)
@require_safe
def plan_json(_request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """The same for programs, with its digest."""
    found = access.published(hisp, year)
    document = {**found.content, "digest": found.digest}
    return json_response(f"action plan {hisp} FY{year}", document)


@allow(PUBLIC)
@require_safe
def plan_pdf(_request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """The same as a tagged PDF."""
    found = access.published(hisp, year)
    html = render_to_string(
        "plans/document.html", {"version": found, "content": readable(found.content)}
    )
    name = safe_name(f"action plan {hisp} FY{year}", "pdf")
    return HttpResponse(
        pdf_kept(html),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
