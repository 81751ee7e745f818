"""What OMB does: writes life experiences, members and progress; takes proposals in or out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.agencies.models import Level as UnitLevel
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotFound, Problem
from cx280.life_experiences import access
from cx280.life_experiences.actions import leading
from cx280.life_experiences.forms import ExperienceForm, ProgressForm
from cx280.life_experiences.models import JoinedService, LifeExperience, Member, Milestone
from cx280.life_experiences.views.work import member_form, page_of

_PARTS: dict[str, type[JoinedService | Milestone | Member]] = {
    "services": JoinedService,
    "milestones": Milestone,
    "members": Member,
}


@never_cache
@allow(access.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Chooses a life experience."""
    return _write(request, None)


@never_cache
@allow(access.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Changes how one is described, designates it, ends it."""
    return _write(request, access.experience_to_see(signed_in_person(request), code))


def _write(request: HttpRequest, row: LifeExperience | None) -> HttpResponse:
    initial = {name: getattr(row, name) for name in ExperienceForm.base_fields} if row else {}
    form = ExperienceForm(request.POST if request.method == "POST" else None, initial=initial)
    agencies = Organization.objects.filter(level=UnitLevel.DEPARTMENT).order_by("name")
    form.fields["lead"].queryset = agencies  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        try:
            kept = leading.save_experience(
                row, fields=form.cleaned_data, by=signed_in_person(request)
            )
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("life_experiences:experience", code=kept.code)
    status = 422 if form.is_bound else 200
    context = {"form": form, "row": row}
    return render(request, "life_experiences/edit.html", context, status=status)


@never_cache
@allow(access.LEAD)
@require_POST
def member(request: HttpRequest, code: str) -> HttpResponse:
    """Adds somebody who takes part."""
    person = signed_in_person(request)
    found = access.experience_to_see(person, code)
    form = member_form(request.POST)
    if form.is_valid():
        try:
            leading.add_member(found, **form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Added.")
            return redirect("life_experiences:experience", code=code)
    return page_of(request, found, member_form=form)


@never_cache
@allow(access.LEAD)
@require_POST
def progress(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Tells how far a milestone is."""
    person = signed_in_person(request)
    found = access.experience_to_see(person, code)
    row = found.milestones.filter(pk=pk).first()
    if row is None:
        raise NotFound("This life experience has no such milestone.")
    form = ProgressForm(request.POST)
    if form.is_valid():
        try:
            leading.tell_progress(row, **form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("life_experiences:experience", code=code)
    return page_of(request, found, progress_form=form)


@never_cache
@allow(access.LEAD)
@require_POST
def take_in(request: HttpRequest, code: str, part: str, pk: int) -> HttpResponse:
    """Takes a proposal in."""
    row = _part(request, code, part, pk)
    if isinstance(row, Member):
        raise NotFound("Members are not proposed.")
    leading.take_in(row, by=signed_in_person(request), now=timezone.now())
    messages.success(request, "Taken in.")
    return redirect("life_experiences:experience", code=code)


@never_cache
@allow(access.LEAD)
@require_POST
def take_out(request: HttpRequest, code: str, part: str, pk: int) -> HttpResponse:
    """Declines a proposal, or takes out what was part of it."""
    row = _part(request, code, part, pk)
    leading.take_out(row, by=signed_in_person(request))
    messages.success(request, "Taken out.")
    return redirect("life_experiences:experience", code=code)


def _part(
    request: HttpRequest, code: str, part: str, pk: int
) -> JoinedService | Milestone | Member:
    found = access.experience_to_see(signed_in_person(request), code)
    kind = _PARTS.get(part)
    row = kind.objects.filter(experience=found, pk=pk).first() if kind else None
    if row is None:
        raise NotFound("This life experience has no such part.")
    return row
