"""How a survey reaches people: its links and codes for each unit; its versions and files."""

from __future__ import annotations

import json

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound, Problem
from cx280.surveys import access, actions, queries
from cx280.surveys.forms import LARGEST_FILE, FileForm
from cx280.surveys.rules.document import as_data, read_document
from cx280.surveys.rules.links import POSTERS_AT_ONCE, address, snippet
from cx280.surveys.rules.vocabulary import PosterSize
from cx280.surveys.views.tabs import tabs_of


@allow(Capability.SEE_SURVEYS)
@require_safe
def share(request: HttpRequest, code: str) -> HttpResponse:
    """The survey's link, a link and QR code for each unit, its versions."""
    person = signed_in_person(request)
    survey = access.survey_to_see(person, code)
    version = survey.versions.filter(closed_at__isnull=True).first()
    document = read_document(version.document) if version else queries.draft_of(survey)
    link = address(settings.PUBLIC_ADDRESS, survey.code)
    units = [
        (unit, address(settings.PUBLIC_ADDRESS, survey.code, unit.code))
        for unit in queries.units_to_link(survey, timezone.localdate())
    ]
    return render(
        request,
        "surveys/share.html",
        {
            "survey": survey,
            "version": version,
            "document": document,
            "link": link,
            "units": units,
            "sizes": tuple(PosterSize),
            "parts": range(2, -(-len(units) // POSTERS_AT_ONCE) + 1),
            "snippet": snippet(link, document.heading()),
            "versions": survey.versions.select_related("opened_by").order_by("-number"),
            "may_edit": access.may_edit(person, survey),
            "may_open": access.may_open(person, survey),
            "upload": FileForm(),
            "builder_tabs": tabs_of(survey, may_edit=access.may_edit(person, survey)),
        },
    )


@allow(Capability.SEE_SURVEYS)
@require_safe
def code_image(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code of the survey's link, for the unit named in `unit`, as SVG to print."""
    survey = access.survey_to_see(signed_in_person(request), code)
    unit_code = request.GET.get("unit", "")
    linked = queries.units_to_link(survey, timezone.localdate())
    if unit_code and unit_code not in {each.code for each in linked}:
        raise NotFound("This service has no such unit.")
    link = address(settings.PUBLIC_ADDRESS, survey.code, unit_code)
    title = f"QR code for {link}"
    image = segno.make(link, error="m").svg_inline(scale=8, border=4, title=title, omitsize=True)
    drawing = image.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    response = HttpResponse(drawing, content_type="image/svg+xml")
    if "download" in request.GET:
        name = slugify(f"{survey.code} {unit_code}")
        response["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return response


@allow(Capability.SEE_SURVEYS)
@require_safe
def document_file(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """The draft, or the version with that number, as a survey document to keep."""
    survey = access.survey_to_see(signed_in_person(request), code)
    if number is None:
        data, name = as_data(queries.draft_of(survey)), f"{survey.code}-draft.json"
    else:
        version = survey.versions.filter(number=number).first()
        if version is None:
            raise NotFound("This survey has no such version.")
        data, name = version.document, f"{survey.code}-version-{number}.json"
    text = json.dumps(data, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@allow(Capability.EDIT_SURVEYS)
@require_POST
def read_file(request: HttpRequest, code: str) -> HttpResponse:
    """Replaces the draft by a survey document from a file; versions stay as they are."""
    person = signed_in_person(request)
    survey = access.survey_to_edit(person, code)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for each in form.errors.get("file", [])))
        return redirect("surveys:share", survey.code)
    try:
        document = read_document(form.cleaned_data["file"].read(LARGEST_FILE), draft=True)
        actions.save_draft(survey, by=person, document=document, revision=survey.draft_revision)
    except Problem as problem:
        messages.error(request, f"The draft was not changed. {problem.message}")
        return redirect("surveys:share", survey.code)
    messages.success(request, "The draft now has the questions of the file.")
    return redirect("surveys:builder", survey.code)
