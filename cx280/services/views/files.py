"""Inventories as files: CSV and JSON out and in, and the worksheet of one service."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, organizations_where, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem, Unusable
from cx280.services import access, actions, queries
from cx280.services.actions import Reconciliation
from cx280.services.forms import FileForm, WorksheetForm
from cx280.services.rules.inventory_csv import from_csv, to_csv
from cx280.services.rules.inventory_json import from_json, to_json
from cx280.services.rules.record import ServiceRecord, public_part
from cx280.services.rules.worksheet import to_worksheet

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES
MOST_BYTES = 5 * 1024 * 1024


@never_cache
@allow(SEE)
@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every service the person may see, as one table."""
    response = StreamingHttpResponse(to_csv(_records(request)), content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="services.csv"'
    return response


@never_cache
@allow(SEE)
@require_safe
def export_json(request: HttpRequest) -> HttpResponse:
    """Every service the person may see, as one document."""
    response = HttpResponse(to_json(_records(request)), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="services.json"'
    return response


def _records(request: HttpRequest) -> list[ServiceRecord]:
    """The services the person may see; personal fields only of those they may change."""
    person = signed_in_person(request)
    mine = access.services_where(person, SEE).select_related("owner", "hisp").order_by("code")
    own = set(access.services_where(person, EDIT).values_list("code", flat=True))
    return [each if each.code in own else public_part(each) for each in queries.records_of(mine)]


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Brings services in from a file and tells what became of each row."""
    form = FileForm(request.POST or None, request.FILES or None)
    done: Reconciliation | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = _store(request, form.cleaned_data["file"])
        except Problem as problem:
            form.add_error("file", f"{problem.message} {problem.fix}".strip())
    context = {"form": form, "done": done, "findings": done.findings.most_common() if done else []}
    return render(request, "services/import.html", context, status=422 if form.errors else 200)


def _store(request: HttpRequest, file: UploadedFile[Any]) -> Reconciliation:
    person = signed_in_person(request)
    text = text_of(file)
    is_json = text.lstrip("\ufeff \r\n\t").startswith(("{", "["))
    records, unreadable = from_json(text) if is_json else from_csv(text)
    return actions.import_services(
        records, by=person, unreadable=unreadable, within=organizations_where(person, EDIT)
    )


def text_of(file: UploadedFile[Any], most: int = MOST_BYTES) -> str:
    """The text of an uploaded file; raises Unusable when it is too large or not UTF-8."""
    if (file.size or 0) > most:
        raise Unusable(f"The file is larger than {most // 1024 // 1024} MB.")
    try:
        return bytes(file.read()).decode("utf-8")
    except UnicodeDecodeError:
        raise Unusable(
            "The file is not UTF-8 text.", fix="Save it from the spreadsheet as “CSV UTF-8”."
        ) from None


@never_cache
@allow(SEE)
@require_safe
def worksheet_text(request: HttpRequest, code: str) -> HttpResponse:
    """The worksheet of one service as a text file."""
    found = access.service_to_see(signed_in_person(request), code)
    sheet = to_worksheet(queries.record_of(found))
    response = HttpResponse(sheet, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}-worksheet.txt"'
    return response


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def worksheet(request: HttpRequest, code: str) -> HttpResponse:
    """The worksheet to read and print, and the form that brings a changed one back."""
    person = signed_in_person(request)
    found = access.service_to_see(person, code)
    form = WorksheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        found = access.service_to_edit(person, code)
        if form.is_valid():
            try:
                changed = actions.import_worksheet(
                    found, text_of(form.cleaned_data["file"], 1024 * 1024), by=person
                )
            except Problem as problem:
                tell(form, problem)
            else:
                said = "The worksheet is stored." if changed else "The worksheet changed nothing."
                messages.success(request, said)
                return redirect("services:service", code)
    context = {
        "service": found,
        "form": form,
        "may_edit": access.may_edit(person, found),
    }
    return render(request, "services/worksheet.html", context, status=422 if form.errors else 200)
