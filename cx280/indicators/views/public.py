"""A published plan or report, for everybody: page and files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cx280.accounts.access import PUBLIC, allow
from cx280.indicators import access
from cx280.indicators.views.files import file_of


@allow(PUBLIC)
@require_safe
def paper(request: HttpRequest, agency: str, paper: str, year: int) -> HttpResponse:
    """The document as it was published last."""
    found = access.published_document(agency, paper, year)
    context = {"document": found, "content": found.content}
    return render(request, "indicators/public.html", context)


@allow(PUBLIC)
@require_safe
def paper_file(
    _request: HttpRequest, agency: str, paper: str, year: int, ending: str
) -> HttpResponseBase:
    """The same as a file."""
    found = access.published_document(agency, paper, year)
    return file_of({**found.content, "digest": found.digest}, ending, f"Number {found.number}")
