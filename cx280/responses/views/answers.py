"""Who answered, what waits for its unit, files out and in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, may, signed_in_person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotAllowed
from cx280.pages import written
from cx280.pages.downloads import csv_lines, csv_response, json_response
from cx280.pages.written import number
from cx280.responses import access, actions, exporting, pictures, queries
from cx280.responses.forms import ContactForm, HandledForm, ImportForm, PlaceForm
from cx280.responses.models import Concern
from cx280.responses.queries.entering import reach_by_mode
from cx280.responses.queries.weighted import sample_of
from cx280.responses.reading import csv_rows
from cx280.responses.rules.burden import Burden, totals, whole
from cx280.responses.rules.importing import blank_map
from cx280.responses.rules.urgency import DUE
from cx280.services.access import services_where
from cx280.surveys.access import surveys_where as surveys_owned
from cx280.surveys.rules.document import read_document

BURDEN_HEADER = [
    "survey", "service", "provider", "fiscal_year", "answers_of_the_public",
    "answers_of_federal_employees", "minutes_each", "burden_hours",
]  # fmt: skip

DAYS = 30
MOST_HANDLED = 50


@allow(Capability.SEE_SURVEYS)
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey somebody could answer, with what came in lately."""
    person = signed_in_person(request)
    since = timezone.localdate() - timedelta(days=DAYS - 1)
    rows = queries.survey_rows(access.surveys_where(person, Capability.SEE_SURVEYS), since)
    return render(request, "responses/list.html", {"rows": rows, "days": DAYS})


@allow(Capability.SEE_SURVEYS)
@require_safe
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """One survey: how many answered, day by day, and how well they are coded."""
    person = signed_in_person(request)
    scope = access.scope_to(person, Capability.SEE_SURVEYS, code)
    owner = scope.survey.service.owner
    today = queries.today_of(owner)
    since = today - timedelta(days=DAYS - 1)
    by_day = queries.counts_by_day(scope.responses, since)
    figures = queries.figures_of(scope.responses)
    offers = queries.offers_of(scope.survey, since) if scope.units is None else None
    context: dict[str, Any] = {
        "survey": scope.survey,
        "figures": figures,
        "sure": _sure(figures, offers),
        "apart": queries.apart_by_reason(scope.responses),
        "chart": pictures.answers_by_day(by_day, since, today),
        "units": None if scope.units is None else list(scope.units),
        "offers": offers,
        "modes": reach_by_mode(scope.survey, since) if scope.units is None else [],
        "may_enter": may(person, Capability.ENTER_ANSWERS, owner),
        "days": DAYS,
        "may_import": may(person, Capability.IMPORT_RESPONSES, owner),
        "may_export": access.may_export(person, scope.survey),
    }
    return render(request, "responses/survey_figures.html", context)


def _sure(figures: queries.Figures, offers: dict[str, int | None] | None) -> dict[str, str]:
    """The small words under each figure."""
    words = {
        "apart": f"{number(figures.apart)} more set apart" if figures.apart else "",
        "coded": written.n_of(figures.coded, figures.total),
    }
    if offers is not None:
        offered, started = offers["offered"], offers["started"]
        words["opened"] = "not counted" if started is None else number(started)
        words["offered"] = (
            f"in {DAYS} days; how many saw the link nobody knows"
            if offered is None
            else f"of {number(offered)} offered in {DAYS} days"
        )
    return words


@allow(Capability.SEE_SURVEYS)
@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """How many hours the surveys took of the public in a fiscal year, and whose hours."""
    years, year, lines = _burden(request)
    context = {
        "years": years,
        "year": year,
        "lines": sorted(lines, key=lambda each: -each.hours),
        "whole": whole(lines),
        "groups": [
            ("Service", totals(lines, lambda each: each.service)),
            ("High-Impact Service Provider", totals(lines, lambda each: each.provider)),
        ],
    }
    return render(request, "responses/burden.html", context)


@allow(Capability.SEE_SURVEYS)
@require_safe
def burden_file(request: HttpRequest) -> HttpResponseBase:
    """The same, a line a survey, as CSV."""
    _, year, lines = _burden(request)
    rows = [
        [
            each.survey, each.service, each.provider, each.fiscal_year, each.public,
            each.employees, "" if each.minutes is None else each.minutes, round(each.hours, 2),
        ]
        for each in lines
    ]  # fmt: skip
    return csv_response(f"burden-FY{year}.csv", BURDEN_HEADER, rows)


def _burden(request: HttpRequest) -> tuple[list[int], int, list[Burden]]:
    """The years there are, the one asked for (else the newest), and its lines."""
    person = signed_in_person(request)
    mine = surveys_owned(person, Capability.SEE_SURVEYS)
    years = queries.years_of(mine, timezone.localdate())
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(each) for each in years} else years[0]
    return years, year, queries.burden_of(mine, year)


@allow(Capability.EXPORT_RESPONSES)
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponseBase:
    """The responses as a file, streamed: `?format=csv`, `weighted` or `touchpoints17`."""
    scope = access.scope_to(signed_in_person(request), Capability.EXPORT_RESPONSES, code)
    form = request.GET.get("format", "csv")
    header, rows = exporting.table_of(scope.survey, scope.responses, form)
    name = f"{scope.survey.code}-{form}-{timezone.localdate():%Y-%m-%d}"
    if form != "touchpoints17":
        return csv_response(name, header, rows)
    # Touchpoints reads a byte order mark as part of the first column's name.
    return StreamingHttpResponse(
        csv_lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@allow(Capability.SEE_MEASURES)
@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """What the survey's sample says of everybody: weighted beside not weighted."""
    scope = access.scope_to(signed_in_person(request), Capability.SEE_MEASURES, code)
    if scope.units is not None:
        raise NotAllowed("A sample speaks for the whole service, and you see some of its units.")
    smallest = settings.CX280_SMALLEST_CELL
    context = {
        "survey": scope.survey,
        "sample": sample_of(scope.survey, smallest=smallest),
        "smallest": smallest,
        "may_export": access.may_export(signed_in_person(request), scope.survey),
    }
    return render(request, "responses/sample.html", context)


@allow(Capability.IMPORT_RESPONSES)
def quarantine(request: HttpRequest, code: str) -> HttpResponse:
    """The unit codes nobody knows, and a form that says which unit each means."""
    person = signed_in_person(request)
    survey = access.survey_to_import(person, code)
    units = access.units_to_choose(survey)
    bad: PlaceForm | None = None
    if request.method == "POST":
        form = PlaceForm(request.POST, units=units)
        if form.is_valid():
            given = form.cleaned_data
            placed = actions.place_unit(
                survey,
                code=given["code"],
                unit=given["unit"],
                remember=given["remember"],
                by=person,
            )
            said = "1 answer is" if placed == 1 else f"{placed:,} answers are"
            messages.success(request, f"{said} now with {given['unit'].name}.")
            return redirect("responses:quarantine", code=code)
        bad = form
    rows = queries.quarantined(queries.responses_of(survey))
    context = {
        "survey": survey,
        "waiting": [_with_form(row, units, bad, place) for place, row in enumerate(rows)],
        "bad": bad,
    }
    return render(request, "responses/quarantine.html", context, status=422 if bad else 200)


def _with_form(
    row: dict[str, Any], units: QuerySet[Organization], bad: PlaceForm | None, place: int
) -> dict[str, Any]:
    """The row of an unknown code with its own form, which keeps what was chosen."""
    if bad is not None and bad.data.get("code") == row["unknown_unit"]:
        return {**row, "form": bad}
    initial = {"code": row["unknown_unit"], "remember": True}
    form = PlaceForm(initial=initial, units=units, auto_id=f"id_{place}_%s")
    return {**row, "form": form}


@allow(Capability.IMPORT_RESPONSES)
@require_POST
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Counts answers that were set apart, after somebody looked."""
    person = signed_in_person(request)
    survey = access.survey_to_import(person, code)
    counted = actions.count_after_all(survey, because=request.POST.get("because", ""), by=person)
    said = "1 answer counts" if counted == 1 else f"{counted:,} answers count"
    messages.success(request, f"{said} from now on.")
    return redirect("responses:survey", code=code)


@allow(Capability.IMPORT_RESPONSES)
def bring_in(request: HttpRequest, code: str) -> HttpResponse:
    """Takes in a file of responses collected elsewhere and accounts for every line."""
    person = signed_in_person(request)
    survey = access.survey_to_import(person, code)
    form = ImportForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with csv_rows(file, file.name) as (header, rows):
            report = actions.import_responses(
                survey,
                rows=rows,
                header=header,
                plan=form.cleaned_data["map"],
                by=person.email,
                source=file.name[:200],
            )
        form = ImportForm()
    context = {"survey": survey, "form": form, "report": report}
    status = 422 if request.method == "POST" and report is None else 200
    return render(request, "responses/import.html", context, status=status)


@allow(Capability.IMPORT_RESPONSES)
@require_safe
def import_map(request: HttpRequest, code: str) -> HttpResponse:
    """A map for this survey with every question and its codes, to be filled in."""
    survey = access.survey_to_import(signed_in_person(request), code)
    version = queries.latest_version(survey.code)
    document = queries.document_of(version) if version else read_document(survey.draft)
    return json_response(f"{survey.code}-map", blank_map(document))


@allow(Capability.SEE_COMMENTS)
@require_safe
def urgent(request: HttpRequest) -> HttpResponse:
    """The comments that cannot wait: open ones first, then what was handled lately."""
    return _urgent_page(request)


def _urgent_page(
    request: HttpRequest, bad: HandledForm | None = None, about: int = 0
) -> HttpResponse:
    person = signed_in_person(request)
    found = access.concerns_where(person, Capability.SEE_COMMENTS)
    mine = set(access.concerns_where(person, Capability.HANDLE_URGENT).values_list("pk", flat=True))
    waiting = [
        (each, _handled_form(each, bad, about) if each.pk in mine else None)
        for each in queries.waiting_concerns(found)
    ]
    services = services_where(person, Capability.HANDLE_URGENT).select_related("owner")
    context = {
        "waiting": waiting,
        "untaken": sum(each.state == Concern.State.NEW for each, _ in waiting),
        "in_time": queries.concerns_in_time(found, timezone.now()),
        "late": timezone.now() - DUE,
        "handled": queries.handled_concerns(found)[:MOST_HANDLED],
        "told": queries.told(services.order_by("name")),
        "bad": bad,
    }
    return render(request, "responses/urgent.html", context, status=422 if bad else 200)


def _handled_form(concern: Concern, bad: HandledForm | None, about: int) -> HandledForm:
    return bad if bad and concern.pk == about else HandledForm(auto_id=f"id_{concern.pk}_%s")


@allow(Capability.HANDLE_URGENT)
@require_POST
def take_urgent(request: HttpRequest, pk: int) -> HttpResponse:
    """Says that the person has the comment now."""
    person = signed_in_person(request)
    actions.take_concern(access.concern_to_handle(person, pk), by=person)
    messages.success(request, "It is yours. Say what you did when it is handled.")
    return redirect("responses:urgent")


@allow(Capability.HANDLE_URGENT)
@require_POST
def close_urgent(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the comment with what was done."""
    person = signed_in_person(request)
    concern = access.concern_to_handle(person, pk)
    form = HandledForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _urgent_page(request, form, pk)
    actions.close_concern(concern, note=form.cleaned_data["note"], by=person)
    messages.success(request, "Handled, and kept with what you did.")
    return redirect("responses:urgent")


@allow(Capability.HANDLE_URGENT)
def urgent_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Who is told at once when a comment on the service cannot wait."""
    person = signed_in_person(request)
    service = access.service_to_answer_for(person, code)
    form = ContactForm(request.POST or None, initial=queries.contact_of(service))
    if request.method == "POST" and form.is_valid():
        actions.name_contact(service, **form.cleaned_data, by=person)
        messages.success(request, f"Saved for {service.name}.")
        return redirect("responses:urgent")
    context = {"service": service, "form": form, "told": queries.told_about(service)}
    status = 422 if request.method == "POST" else 200
    return render(request, "responses/urgent_contact.html", context, status=status)
