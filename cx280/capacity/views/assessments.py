"""Assessments: which there are, what one says and lacks, and moving it along its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from cx280.agencies.models import Organization
from cx280.audit.actions import subject_of
from cx280.capacity import access
from cx280.capacity.actions.moving import (
    reopen_assessment,
    sign_assessment,
    submit_assessment,
)
from cx280.capacity.actions.writing import begin_assessment, begin_reflection, explain_warning
from cx280.capacity.checks import check
from cx280.capacity.forms import BecauseForm, BeginForm
from cx280.capacity.models import Assessment
from cx280.capacity.queries.assessments import content_now, facts_of, grid_of, parts_of, years_of
from cx280.capacity.rules.levels import IN_WORDS, levels_of
from cx280.capacity.rules.vocabulary import Stage
from cx280.kernel.finding import errors
from cx280.kernel.problem import NotFound, Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.models import Hisp

_ON_A_PAGE = 100
SEE, EDIT = Capability.SEE_QUARTERS, Capability.EDIT_QUARTERS
_MOVES: dict[str, tuple[Callable[..., object], str]] = {
    "sign": (sign_assessment, "Signed. It can no longer be changed."),
    "submit": (submit_assessment, "Handed to OMB."),
}


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment the person may see, and the form that begins one."""
    person, today = signed_in_person(request), timezone.localdate()
    hisps, agencies = access.hisps_to_assess(person), access.agencies_to_reflect(person)
    given = request.POST if request.method == "POST" else None
    form = BeginForm(
        given, hisps=hisps, agencies=agencies, initial={"fiscal_year": fiscal_year_of(today)}
    )
    if given is not None and form.is_valid():
        try:
            begun = _begin(form.cleaned_data, hisps, agencies, person)
        except Problem as problem:
            tell(form, problem)
        else:
            return redirect("capacity:assessment", pk=begun.pk)
    page = Paginator(access.assessments_to_see(person), _ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "rows": page.object_list,
        "page": page,
        "form": form,
        "may_begin": bool(hisps or agencies),
        "sees_all": access.sees_all(person),
    }
    return render(request, "capacity/list.html", context, status=200 if given is None else 422)


def _begin(
    chosen: dict[str, Any],
    hisps: list[Hisp],
    agencies: list[Organization],
    person: Any,  # noqa: ANN401
) -> Assessment:
    kind, _, code = chosen["subject"].partition(":")
    if kind == "hisp":
        hisp = next(each for each in hisps if each.code == code)
        return begin_assessment(hisp, fiscal_year=chosen["fiscal_year"], by=person)
    agency = next(each for each in agencies if each.code == code)
    return begin_reflection(agency, fiscal_year=chosen["fiscal_year"], by=person)


@never_cache
@allow(SEE)
@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment: how much is answered, what is missing, where each function stands."""
    person = signed_in_person(request)
    found = access.assessment_to_see(person, pk)
    if access.sees_all(person):
        return redirect("capacity:document", pk=pk)
    return _page(request, found)


def _page(
    request: HttpRequest, found: Assessment, because_form: BecauseForm | None = None
) -> HttpResponse:
    person, today = signed_in_person(request), timezone.localdate()
    facts = facts_of(found, today)
    is_draft = found.stage == Stage.DRAFT
    wrong = check(facts) if is_draft else []
    version = access.version_to_see(person, found)
    content = content_now(found, facts) if is_draft or version is None else version.content
    context = {
        "assessment": found,
        "template": facts.template,
        "version": version,
        "content": content,
        "is_draft": is_draft,
        "parts": parts_of(facts, wrong),
        "levels": levels_of(facts),
        "rule": IN_WORDS[facts.template.rule],
        "years": years_of(found, content),
        "grid": grid_of(found, facts),
        "findings": wrong,
        "reasons": justifications_for(subject_of(found)),
        "to_fix": len(errors(wrong)),
        "may_write": access.may_write(person, found) and is_draft,
        "may_sign": access.may_sign(person, found) and is_draft,
        "may_send": access.may_send(person, found),
        "because_form": because_form or BecauseForm(),
        "because_failed": because_form is not None,
    }
    status = 422 if because_form is not None else 200
    return render(request, "capacity/assessment.html", context, status=status)


@never_cache
@allow(EDIT)
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps why a warning stands."""
    found = access.draft_to_see(signed_in_person(request), pk)
    stamp, text = request.POST.get("finding", ""), request.POST.get("text", "")
    explain_warning(found, stamp=stamp, text=text, by=signed_in_person(request))
    messages.success(request, "The reason is kept with the assessment.")
    return redirect("capacity:assessment", pk=pk)


@never_cache
@allow(Capability.CERTIFY_QUARTERS, Capability.SUBMIT_QUARTERS)
@require_POST
def move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Signs, hands to OMB, or opens again."""
    person = signed_in_person(request)
    found = access.draft_to_see(person, pk)
    if step == "reopen":
        return _reopen(request, found)
    if step not in _MOVES:
        raise NotFound("An assessment does not go that way.")
    act, words = _MOVES[step]
    act(found, by=person)
    messages.success(request, words)
    return redirect("capacity:assessment", pk=pk)


def _reopen(request: HttpRequest, found: Assessment) -> HttpResponse:
    form = BecauseForm(request.POST)
    if form.is_valid():
        try:
            reopen_assessment(
                found, because=form.cleaned_data["because"], by=signed_in_person(request)
            )
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Opened again. OMB reads the last one until you hand over.")
            return redirect("capacity:assessment", pk=found.pk)
    return _page(request, found, form)
