"""An assessment as people keep it: printed page, PDF, JSON, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.capacity import access
from cx280.capacity.models import Assessment, AssessmentVersion
from cx280.capacity.queries.assessments import content_now, facts_of
from cx280.capacity.rules.content import readable, rows_of
from cx280.pages.downloads import csv_response, json_response, safe_name
from cx280.pages.pdf import pdf_of

SEE = Capability.SEE_QUARTERS
HEADER = (
    "notice", "subject", "fiscal_year", "part", "code", "title", "said", "level", "words",
    "evidence", "said_by", "said_on", "known_from_cx280",
)  # fmt: skip


def _read(
    request: HttpRequest, pk: int
) -> tuple[Assessment, AssessmentVersion | None, dict[str, Any]]:
    """The assessment, its signed version and content; a draft as it stands for its own people."""
    person = signed_in_person(request)
    found = access.assessment_to_see(person, pk)
    version = access.version_to_see(person, found)
    if version is not None and (found.stage != "draft" or access.sees_all(person)):
        return found, version, version.content
    return found, None, content_now(found, facts_of(found, timezone.localdate()))


@never_cache
@allow(SEE)
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The assessment on one page, to read and to print."""
    found, version, content = _read(request, pk)
    context = {
        "assessment": found,
        "version": version,
        "content": readable(content),
        "sees_all": access.sees_all(signed_in_person(request)),
    }
    return render(request, "capacity/document.html", context)


@never_cache
@allow(SEE)
@require_safe
def document_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF/UA."""
    found, version, content = _read(request, pk)
    page = render_to_string(
        "capacity/print.html", {"version": version, "content": readable(content)}
    )
    name = safe_name(str(found), "pdf")
    return HttpResponse(
        pdf_of(page),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@allow(SEE)
@require_safe
def document_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for programs, with its digest when it is signed."""
    found, version, content = _read(request, pk)
    signed = {"signed_at": version.signed_at, "digest": version.digest} if version else {}
    return json_response(str(found), {**content, "draft": version is None, **signed})


@never_cache
@allow(SEE)
@require_safe
def document_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A row for each question."""
    found, _, content = _read(request, pk)
    return csv_response(str(found), HEADER, _rows(content))


def _rows(content: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    head = (content["notice"], content["subject"], content["fiscal_year"])
    for row in rows_of(content):
        yield (*head, *row)
