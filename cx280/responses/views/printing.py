"""Paper forms to print: a page that makes them, and the forms as PDF and as a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.pages.downloads import safe_name
from cx280.responses import access, actions, paper_forms, queries
from cx280.responses.forms import PrintForm
from cx280.responses.models import FormRun
from cx280.responses.queries import entering as entered
from cx280.responses.rules.form_numbers import form_number
from cx280.responses.rules.standing import Standing
from cx280.responses.views.entering import ENTER, survey_tabs
from cx280.responses.wording import written_languages
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.labels import LANGUAGE_NAMES


@never_cache
@allow(ENTER)
def forms(request: HttpRequest, code: str) -> HttpResponse:
    """The forms that were printed, and a form that prints the next ones."""
    person = signed_in_person(request)
    scope = access.survey_to_enter(person, code)
    version = queries.latest_version(code)
    is_open = version is not None and queries.standing_of(version) is Standing.OPEN
    form = _form(request, scope, version) if version and is_open else None
    if request.method == "POST" and version and form is not None and form.is_valid():
        given = form.cleaned_data
        actions.print_forms(version, **given, by=person, now=timezone.now())
        return redirect("responses:forms", code=code)
    context = {
        "survey": scope.survey,
        "form": form,
        "version": version,
        "runs": [(each, _numbers(each)) for each in entered.runs_of(scope.survey, scope.units)],
        "tabs": survey_tabs(person, scope.survey),
    }
    bad = request.method == "POST"
    return render(request, "responses/forms.html", context, status=422 if bad else 200)


def _form(request: HttpRequest, scope: access.Scope, version: SurveyVersion) -> PrintForm:
    """The form; languages are those of the survey that the form around it speaks as well."""
    offered = [each for each in queries.document_of(version).locales if _is_written(each)]
    units = access.units_to_enter(scope)
    last = next(iter(entered.runs_of(scope.survey, scope.units)), None)
    initial = {
        "unit": last.unit if last else (units.first() if len(units) == 1 else None),
        "return_to": last.return_to if last else "",
    }
    return PrintForm(
        request.POST if request.method == "POST" else None,
        units=units,
        languages=[(each, LANGUAGE_NAMES.get(each, each)) for each in offered],
        initial=initial,
    )


def _is_written(language: str) -> bool:
    return language.split("-")[0] in written_languages()


def _numbers(run: FormRun) -> str:
    if not run.copies:
        return "one sheet without a number"
    first = form_number(run.version.number, run.first)
    last = form_number(run.version.number, run.first + run.copies - 1)
    return first if run.copies == 1 else f"{first} to {last}"


@never_cache
@allow(ENTER)
@require_safe
def form_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The forms as PDF."""
    run = access.forms_to_print(signed_in_person(request), code, pk)
    name = safe_name(f"{code}-forms-{run.pk}-{run.language}", "pdf")
    return HttpResponse(
        paper_forms.form_pdf(run),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@never_cache
@allow(ENTER)
@require_safe
def form_page(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The forms as a page to print from the browser."""
    run = access.forms_to_print(signed_in_person(request), code, pk)
    nonce = str(getattr(request, "csp_nonce", ""))
    return HttpResponse(paper_forms.form_html(run, nonce=nonce))
