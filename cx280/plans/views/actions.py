"""One action: writing it, how far it has come, and telling how it goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed, Problem
from cx280.plans import access
from cx280.plans.actions.writing import remove_action, save_action, tell_status
from cx280.plans.forms import ActionForm, StatusForm
from cx280.plans.models import Action, ActionPlan, PainPoint
from cx280.plans.queries.measures import measures_of
from cx280.plans.queries.plans import line_of
from cx280.plans.queries.reviews import remark_on
from cx280.plans.queries.templates import template_of
from cx280.plans.rules.vocabulary import Of

SEE, EDIT = Capability.SEE_QUARTERS, Capability.EDIT_QUARTERS
_FIELDS = (
    "service", "change", "pain_point", "owner", "starts_on", "ends_on", "measure", "baseline",
    "target", "human_centered", "idea", "note",
)  # fmt: skip


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds an action."""
    return _write(request, access.plan_to_see(signed_in_person(request), pk), None)


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """Changes an action of a draft."""
    found = access.action_to_see(signed_in_person(request), pk, action)
    return _write(request, found.plan, found)


def _write(request: HttpRequest, plan: ActionPlan, action: Action | None) -> HttpResponse:
    person = signed_in_person(request)
    if not access.may_write(person, plan):
        raise NotAllowed("You may not write the plan of this provider.")
    begun = {name: request.GET.get(name) for name in ("service", "pain_point")}
    initial = {name: getattr(action, name) for name in _FIELDS} if action else begun
    form = _form(plan, request.POST if request.method == "POST" else None, initial, action)
    if form.is_bound and form.is_valid():
        try:
            kept = save_action(plan, action, fields=_fields(form, action), by=person,
                               now=timezone.now())  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("plans:action", pk=plan.pk, action=kept.pk)
    context = {"plan": plan, "action": action, "form": form}
    return render(request, "plans/edit.html", context, status=422 if form.is_bound else 200)


def _fields(form: ActionForm, action: Action | None) -> dict[str, Any]:
    fields, told = form.split()
    return {**fields, "told": {**(action.told if action else {}), **told}}


def _form(
    plan: ActionPlan,
    data: Any,  # noqa: ANN401
    initial: dict[str, Any],
    action: Action | None,
) -> ActionForm:
    """The form in the template's words, with the choices that the plan's services have."""
    told = action.told if action else None
    form = ActionForm(data, initial=initial, template=template_of(plan), told=told)
    services = access.services_of(plan)
    form.fields["service"].queryset = services  # type: ignore[attr-defined]
    form.fields["pain_point"].queryset = PainPoint.objects.filter(  # type: ignore[attr-defined]
        service__in=services
    ).select_related("service")
    known = {value: words for each in services for value, words in measures_of(each)}
    form.fields["measure"].choices = [("", "None chosen yet"), *known.items()]  # type: ignore[attr-defined]
    return form


@never_cache
@allow(SEE)
@require_safe
def action(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """One action with its evidence, its measure and its history."""
    return _page(request, access.action_to_see(signed_in_person(request), pk, action))


def _page(request: HttpRequest, found: Action, form: StatusForm | None = None) -> HttpResponse:
    person = signed_in_person(request)
    if access.sees_all(person):
        raise NotAllowed("OMB reads the plan as it was sent.")
    context = {
        "plan": found.plan,
        "line": line_of(found, timezone.localdate()),
        "evidence": found.pain_point.evidence.all() if found.pain_point else [],
        "history": found.history.select_related("by"),
        "may_write": access.may_write(person, found.plan) and found.plan.is_open,
        "remark": remark_on(found),
        "may_tell": access.may_write(person, found.plan),
        "told": _told(found),
        "form": form or StatusForm(initial={"status": found.status}),
    }
    return render(request, "plans/action.html", context, status=422 if form else 200)


def _told(found: Action) -> list[tuple[str, str]]:
    """What was said under the template's own questions."""
    template = template_of(found.plan)
    asked = template.own(Of.ACTION) if template else ()
    return [(each.question, found.told[each.code]) for each in asked if found.told.get(each.code)]


@never_cache
@allow(EDIT)
@require_POST
def status(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """Tells how the action goes."""
    person = signed_in_person(request)
    found = access.action_to_see(person, pk, action)
    form = StatusForm(request.POST)
    if form.is_valid():
        try:
            tell_status(found, **form.cleaned_data, by=person, now=timezone.now())
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("plans:action", pk=pk, action=action)
    return _page(request, found, form)


@never_cache
@allow(EDIT)
@require_POST
def remove(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """Takes an action out of a draft."""
    person = signed_in_person(request)
    remove_action(access.action_to_see(person, pk, action), by=person)
    messages.success(request, "Removed.")
    return redirect("plans:plan", pk=pk)
