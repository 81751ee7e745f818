"""Flows of a service, and one flow with its life."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.services.models import Service
from cx280.telemetry import access
from cx280.telemetry.actions.flows import change_state, save_flow
from cx280.telemetry.forms import ChangeForm, FlowForm
from cx280.telemetry.models import Flow
from cx280.telemetry.queries.evidence import evidence_of
from cx280.telemetry.queries.flows import chain_of, findings_of, flows_of, life_of
from cx280.telemetry.rules.flows import is_muted, marks
from cx280.telemetry.rules.markup import flow_marks
from cx280.telemetry.rules.scorecard import Verdict, scorecard
from cx280.telemetry.rules.vocabulary import FlowState
from cx280.telemetry.views.frame import edited, filled, framed, words

SEE, EDIT = Capability.SEE_TELEMETRY, Capability.EDIT_TELEMETRY


@never_cache
@allow(SEE)
@require_safe
def flows(request: HttpRequest, code: str) -> HttpResponse:
    """The flows of one service, those in use first."""
    service = access.service_to_see(signed_in_person(request), code)
    today = timezone.localdate()
    rows = [(each, findings_of(each, today)) for each in flows_of(service)]
    working = sum(not is_muted(FlowState.of(each.state)) for each, _ in rows)
    return render(
        request, "telemetry/flows.html", framed(request, service, rows=rows, working=working)
    )


@never_cache
@allow(SEE)
@require_safe
def flow(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One flow: its steps, and its life from launch on."""
    service = access.service_to_see(signed_in_person(request), code)
    found = access.flow_of(service, pk)
    return _page(request, service, found, ChangeForm(found, timezone.localdate()))


def _page(
    request: HttpRequest, service: Service, found: Flow, change_form: ChangeForm
) -> HttpResponse:
    context = framed(
        request,
        service,
        flow=found,
        findings=findings_of(found, timezone.localdate()),
        marks=marks(life_of(found)),
        before=chain_of(found)[:-1],
        muted=is_muted(FlowState.of(found.state)),
        change_form=change_form,
        markup=flow_marks(found.key, found.steps),
    )
    status = 422 if change_form.errors else 200
    return render(request, "telemetry/flow.html", context, status=status)


@never_cache
@allow(EDIT)
@require_POST
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Keeps that the flow changed on a day."""
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    found = access.flow_of(service, pk)
    form = ChangeForm(found, timezone.localdate(), request.POST)
    if form.is_valid():
        said = form.cleaned_data
        state = FlowState.of(said.pop("state"))
        try:
            change_state(found, by=person, state=state, **said)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "The change is kept. Charts carry its day.")
            return redirect("telemetry:flow", code, pk)
    return _page(request, service, access.flow_of(service, pk), form)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_flow(request: HttpRequest, code: str) -> HttpResponse:
    """Registers a flow."""
    return _form_page(request, code, None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_flow(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Corrects a flow."""
    return _form_page(request, code, pk)


def _form_page(request: HttpRequest, code: str, pk: int | None) -> HttpResponse:
    person = signed_in_person(request)
    service = access.service_to_edit(person, code)
    found = access.flow_of(service, pk) if pk else None
    form = filled(FlowForm, request, found)

    def keep() -> str:
        made = save_flow(found, service, by=person, values=form.cleaned_data)
        return reverse("telemetry:flow", args=[code, made.pk])

    said = words(
        f"Correct “{found.name}”" if found else "What do people come to do here?",
        "Register it before its launch: telemetry is expected from the first day.",
        reverse("telemetry:flows", args=[code]),
        "Flows",
    )
    return edited(request, service, form, said, keep)


@never_cache
@allow(SEE)
@require_safe
def practices(request: HttpRequest, code: str) -> HttpResponse:
    """The fourteen practices of 280.7, each judged for this service with its evidence."""
    service = access.service_to_see(signed_in_person(request), code)
    found = scorecard(evidence_of(service, timezone.localdate()))
    judged = [each for each in found if each.verdict is not Verdict.NOT_APPLICABLE]
    passed = sum(each.verdict is Verdict.PASS for each in judged)
    context = framed(request, service, practices=found, judged=len(judged), passed=passed)
    return render(request, "telemetry/practices.html", context)
