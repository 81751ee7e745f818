"""The measurement plan of a service: questions, metrics, actions; and its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.kernel.finding import Finding
from cx280.pages.downloads import csv_response, json_response
from cx280.telemetry import access
from cx280.telemetry.actions import plan as actions
from cx280.telemetry.forms import MetricForm, QuestionForm
from cx280.telemetry.forms.planning import PlanFileForm, questions_in, read_plan
from cx280.telemetry.models import Question
from cx280.telemetry.queries.flows import flows_of
from cx280.telemetry.queries.plan import HEADER, plan_document, plan_of, plan_rows
from cx280.telemetry.rules.plan import Plan, findings, said
from cx280.telemetry.views.frame import edited, filled, framed, words

SEE, EDIT = Capability.SEE_TELEMETRY, Capability.EDIT_TELEMETRY


@never_cache
@allow(SEE)
@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan, with what it lacks beside the question or metric that lacks it."""
    service = access.service_to_see(signed_in_person(request), code)
    known = plan_of(service, timezone.localdate())
    found = findings(known)
    rows = service.telemetry_questions.prefetch_related("metrics")
    questions = [
        _asked(row, known, at, found) for at, row in enumerate(rows) if at < len(known.questions)
    ]
    overall = [each for each in found if each.where is None] if questions else []
    context = framed(request, service, questions=questions, overall=overall, lacks=len(found))
    return render(request, "telemetry/plan.html", context)


def _asked(row: Question, known: Plan, at: int, found: list[Finding]) -> dict[str, Any]:
    """A question as the page shows it, with what it lacks and the metrics that answer it."""
    where = f"questions[{at}]"
    pairs = zip(row.metrics.all(), known.questions[at].metrics, strict=False)
    return {
        "row": row,
        "findings": [each for each in found if each.where == where],
        "metrics": [
            {
                "row": metric,
                "counts": said(planned.counts),
                "has_arrived": known.has_arrived(planned),
                "findings": [each for each in found if each.where == f"{where}.metrics[{number}]"],
            }
            for number, (metric, planned) in enumerate(pairs)
        ],
    }


@never_cache
@allow(SEE)
@require_safe
def plan_json(request: HttpRequest, code: str) -> HttpResponse:
    """The plan as a JSON file."""
    service = access.service_to_see(signed_in_person(request), code)
    return json_response(f"measurement-plan-{code}", plan_document(service))


@never_cache
@allow(SEE)
@require_safe
def plan_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    """The plan as a CSV file, one row a metric."""
    service = access.service_to_see(signed_in_person(request), code)
    return csv_response(f"measurement-plan-{code}", HEADER, plan_rows(service))


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Brings in a plan from a file, beside what is there."""
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    form = PlanFileForm(request.POST or None, request.FILES or None)
    back = reverse("telemetry:plan", args=[code])

    def keep() -> str:
        read = read_plan(questions_in(form.cleaned_data["file"]), flows_of(service))
        actions.bring_in(service, by=person, questions=read.questions, is_whole=False)
        return back

    said = words(
        "Which plan do you bring?",
        "A plan that works for one service is a good start for the next.",
        back,
        "Plan",
    )
    return edited(request, service, form, said, keep)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: HttpRequest, code: str) -> HttpResponse:
    """Adds a question."""
    return _question_page(request, code, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_question(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Changes a question."""
    return _question_page(request, code, pk)


def _question_page(request: HttpRequest, code: str, pk: int | None) -> HttpResponse:
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    found = access.question_of(service, pk) if pk else None
    form = filled(QuestionForm, request, found)
    back = reverse("telemetry:plan", args=[code])

    def keep() -> str:
        actions.save_question(found, service, by=person, values=form.cleaned_data)
        return back

    said = words(
        "Change the question" if found else "What do you want to learn?",
        "Begin with what you want to know about your customers, then decide what to measure.",
        back,
        "Plan",
    )
    return edited(request, service, form, said, keep)


@never_cache
@allow(EDIT)
@require_POST
def remove_question(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Takes a question and its metrics out of the plan."""
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    actions.remove_question(access.question_of(service, pk), by=person)
    messages.success(request, "The question and its metrics left the plan.")
    return redirect("telemetry:plan", code)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_metric(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Adds a metric to the question with that number."""
    return _metric_page(request, code, question_pk=pk)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_metric(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Changes a metric."""
    return _metric_page(request, code, metric_pk=pk)


def _metric_page(
    request: HttpRequest, code: str, *, question_pk: int = 0, metric_pk: int = 0
) -> HttpResponse:
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    found = access.metric_of(service, metric_pk) if metric_pk else None
    question = found.question if found else access.question_of(service, question_pk)
    initial = {name: getattr(found, name) for name in MetricForm.base_fields} if found else {}
    form = MetricForm(flows_of(service), request.POST or None, initial=initial)
    back = reverse("telemetry:plan", args=[code])

    def keep() -> str:
        actions.save_metric(found, question, by=person, values=form.cleaned_data)
        return back

    title = "Change the metric" if found else "What will you measure, and what will you do?"
    said = words(title, f"It helps to answer: {question.text}", back, "Plan")
    return edited(request, service, form, said, keep)


@never_cache
@allow(EDIT)
@require_POST
def remove_metric(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Takes a metric out of the plan."""
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    actions.remove_metric(access.metric_of(service, pk), by=person)
    messages.success(request, "The metric left the plan.")
    return redirect("telemetry:plan", code)
