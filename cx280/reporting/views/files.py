"""A quarter to download: workbook, report, PDF, JSON, the 92 columns, the 17 columns."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.pages.downloads import csv_lines, json_response, safe_name
from cx280.reporting import access, queries
from cx280.reporting.actions import NotPublishable
from cx280.reporting.documents import report_html, report_pdf, template_lines, workbook
from cx280.reporting.models import Package
from cx280.reporting.rules.content import Content, as_json, read_content
from cx280.reporting.rules.targets import Target, target_refused
from cx280.responses.exporting import table_of
from cx280.responses.queries import responses_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@allow(Capability.SEE_QUARTERS)
@require_safe
def download(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The quarter as a file; OMB gets what it was sent."""
    person = signed_in_person(request)
    package = access.package_to_see(person, pk)
    drafts = access.sees_drafts(person, package)
    content = queries.content_of(package) if drafts else queries.sent_content(package)
    if content is None:
        raise NotFound("There is no such quarter, or it was not sent yet.")
    standing = package.get_state_display() if drafts else "As sent to OMB"
    name = f"{content.service.code}-{content.quarter}"
    return _file(request, form, content, standing, name)


def _file(
    request: HttpRequest, form: str, content: Content, standing: str, name: str
) -> HttpResponseBase:
    if form == "json":
        return json_response(name, as_json(content))
    if form == "xlsx":
        return _attached(workbook(content), XLSX, safe_name(name, "xlsx"))
    if form == "report":
        nonce = str(getattr(request, "csp_nonce", ""))
        return HttpResponse(report_html(content, standing=standing, nonce=nonce))
    if form == "pdf":
        pdf = report_pdf(content, standing=standing)
        return _attached(pdf, "application/pdf", safe_name(name, "pdf"))
    if form == "columns92":
        return _streamed(template_lines(content), safe_name(f"{name}-92", "csv"))
    raise NotFound(f"There is no file “{form}” of a quarter.")


@never_cache
@allow(Capability.SEE_QUARTERS)
@require_safe
def public(request: HttpRequest, pk: int, target: str) -> HttpResponse:
    """What is published, made for one of the places where the public may read it."""
    person = signed_in_person(request)
    package = access.package_to_see(person, pk)
    release = queries.standing_release(package)
    if release is None:
        raise NotFound("Nothing of this quarter is published yet.")
    facts = queries.facts_for(package, timezone.localdate())
    refused = target_refused(Target.of(target), agency_site_agreed=facts.agency_site_agreed)
    if refused:
        raise NotPublishable(refused[0].message, rule=refused[0].rule, fix=refused[0].fix)
    nonce = str(getattr(request, "csp_nonce", ""))
    content = read_content(release.content)
    return HttpResponse(report_html(content, standing=f"Release {release.number}", nonce=nonce))


@never_cache
@allow(Capability.EXPORT_RESPONSES)
@require_safe
def responses(request: HttpRequest, pk: int, survey: str) -> HttpResponseBase:
    """The quarter's answers to one survey in the 17 columns of 2024 and later."""
    person = signed_in_person(request)
    package = access.package_to(person, Capability.EXPORT_RESPONSES, pk)
    asked = _survey_of(package, survey)
    quarter = queries.quarter_of(package)
    rows = responses_of(asked).filter(day__range=(quarter.first_day, quarter.last_day))
    header, lines = table_of(asked, rows, "touchpoints17")
    name = safe_name(f"{survey}-{quarter}-17", "csv")
    return _streamed(csv_lines(header, lines), name)


def _survey_of(package: Package, code: str) -> Any:  # noqa: ANN401
    found = package.service.surveys.filter(code=code).first()
    if found is None:
        raise NotFound("This service has no such survey.")
    return found


def _attached(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers=_headers(name))


def _streamed(pieces: Any, name: str) -> StreamingHttpResponse:  # noqa: ANN401
    return StreamingHttpResponse(
        pieces, content_type="text/csv; charset=utf-8", headers=_headers(name)
    )


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
