"""Plans: which there are, what one commits to, and moving it along its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.queries import justifications_for
from cx280.accounts.rules import Capability
from cx280.audit.actions import subject_of
from cx280.designation.queries.meetings import together
from cx280.kernel.finding import errors
from cx280.kernel.problem import NotFound, Problem
from cx280.kernel.quarter import Quarter
from cx280.plans import access
from cx280.plans.actions.moving import publish_plan, reopen_plan, sign_plan, submit_plan
from cx280.plans.actions.writing import begin_plan, explain_warning, save_summary
from cx280.plans.forms import BecauseForm, BeginForm, SummaryForm
from cx280.plans.models import ActionPlan
from cx280.plans.queries.plans import action_counts, findings_of, lines_of, plan_before
from cx280.plans.queries.reviews import returned_review, reviews_of
from cx280.plans.queries.templates import template_of, templates_for
from cx280.plans.rules.content import readable
from cx280.plans.rules.vocabulary import Stage

_ON_A_PAGE = 100
SEE, EDIT = Capability.SEE_QUARTERS, Capability.EDIT_QUARTERS
_MOVES: dict[str, tuple[Callable[..., object], str]] = {
    "sign": (sign_plan, "Signed. The CX lead can send it to OMB now."),
    "submit": (submit_plan, "Sent to OMB."),
    "publish": (publish_plan, "Published. Everybody can read it now."),
}


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan the person may see, and the form that begins one."""
    person, today = signed_in_person(request), timezone.localdate()
    hisps = access.hisps_to_plan(person)
    given = request.POST if request.method == "POST" else None
    form = BeginForm(given, initial={"fiscal_year": Quarter.of(today).fiscal_year})
    form.fields["hisp"].queryset = hisps  # type: ignore[attr-defined]
    if given is not None and form.is_valid():
        plan = begin_plan(
            form.cleaned_data["hisp"], fiscal_year=form.cleaned_data["fiscal_year"], by=person
        )
        return redirect("plans:plan", pk=plan.pk)
    page = Paginator(access.plans_to_see(person).select_related("hisp"), _ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    counts = action_counts(page.object_list)
    rows = [(each, counts.get(each.pk, 0)) for each in page.object_list]
    context = {"rows": rows, "page": page, "form": form, "may_begin": hisps.exists(),
               "sees_all": access.sees_all(person)}  # fmt: skip
    status = 422 if given is not None else 200
    return render(request, "plans/list.html", context, status=status)


@never_cache
@allow(SEE)
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: each commitment with how far it has come, and what is wrong with the plan."""
    return _page(request, access.plan_to_see(signed_in_person(request), pk))


def _page(
    request: HttpRequest,
    found: ActionPlan,
    *,
    summary_form: forms.Form | None = None,
    because_form: forms.Form | None = None,
) -> HttpResponse:
    person, today = signed_in_person(request), timezone.localdate()
    from_outside = access.sees_all(person)
    version = access.version_to_see(person, found)
    wrong = [] if from_outside else findings_of(found, today)
    before = plan_before(found)
    context: dict[str, Any] = {
        "plan": found,
        "version": version,
        "content": readable(version.content) if version and from_outside else None,
        "lines": [] if from_outside else lines_of(found, today),
        "findings": wrong if found.is_open else [],
        "reasons": justifications_for(subject_of(found)),
        "to_fix": len(errors(wrong)),
        "together": None if from_outside else together(found.hisp, found.fiscal_year),
        "before": before,
        "before_lines": lines_of(before, today) if before and not from_outside else [],
        "may_write": access.may_write(person, found) and found.is_open,
        "may_tell": access.may_write(person, found),
        "may_sign": access.may_sign(person, found) and found.is_open,
        "may_send": access.may_send(person, found),
        "may_review": access.may_review(person, found) and found.stage == Stage.SUBMITTED,
        "reviews": reviews_of(found),
        "returned": returned_review(found),
        "may_publish": access.may_publish(person, found),
        "summary_form": summary_form or _summary_form(found),
        "template": template_of(found),
        "offered": templates_for(found.fiscal_year) if found.is_open else [],
        "because_form": because_form or BecauseForm(),
        "because_failed": because_form is not None,
    }
    failed = summary_form is not None or because_form is not None
    return render(request, "plans/plan.html", context, status=422 if failed else 200)


def _summary_form(found: ActionPlan) -> SummaryForm:
    begun = {"summary": found.summary}
    return SummaryForm(initial=begun, template=template_of(found), told=found.told)


@never_cache
@allow(EDIT)
@require_POST
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the words above the actions."""
    person = signed_in_person(request)
    found = access.plan_to_see(person, pk)
    form = SummaryForm(request.POST, template=template_of(found))
    if form.is_valid():
        fields, words = form.split()
        save_summary(found, summary=fields["summary"], words=words, by=person)
        messages.success(request, "Kept.")
        return redirect("plans:plan", pk=pk)
    return _page(request, found, summary_form=form)


@never_cache
@allow(EDIT)
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps why a warning stands."""
    person = signed_in_person(request)
    stamp, text = request.POST.get("finding", ""), request.POST.get("text", "")
    explain_warning(access.plan_to_see(person, pk), stamp=stamp, text=text, by=person)
    messages.success(request, "The reason is kept with the plan.")
    return redirect("plans:plan", pk=pk)


@never_cache
@allow(Capability.CERTIFY_QUARTERS, Capability.SUBMIT_QUARTERS, Capability.PUBLISH)
@require_POST
def move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Signs, sends, publishes, or opens again."""
    person = signed_in_person(request)
    found = access.plan_to_see(person, pk)
    if step == "reopen":
        return _reopen(request, found)
    if step not in _MOVES:
        raise NotFound("A plan does not go that way.")
    act, words = _MOVES[step]
    act(found, by=person)
    messages.success(request, words)
    return redirect("plans:plan", pk=pk)


def _reopen(request: HttpRequest, found: ActionPlan) -> HttpResponse:
    form = BecauseForm(request.POST)
    if form.is_valid():
        try:
            reopen_plan(found, because=form.cleaned_data["because"], by=signed_in_person(request))
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Opened again. What is published stays until the next is.")
            return redirect("plans:plan", pk=found.pk)
    return _page(request, found, because_form=form)
