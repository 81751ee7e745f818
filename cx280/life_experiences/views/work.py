"""Life experiences for those who work on them: reading them, and proposing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.agencies.models import Level as UnitLevel
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotAllowed, Problem
from cx280.life_experiences import access
from cx280.life_experiences.actions.proposing import propose_milestone, propose_service
from cx280.life_experiences.forms import MemberForm, MilestoneForm, ProgressForm, ServiceForm
from cx280.life_experiences.models import LifeExperience
from cx280.life_experiences.queries.experiences import findings_of, standings_of, whole_of


@never_cache
@allow(access.SEE)
@require_safe
def experiences(request: HttpRequest) -> HttpResponse:
    """Every life experience the person may see, drafts among them."""
    person, today = signed_in_person(request), timezone.localdate()
    rows = [(each, whole_of(each, today), findings_of(each, today))
            for each in access.experiences_to_see(person)]  # fmt: skip
    context = {"rows": rows, "leads": access.leads(person)}
    return render(request, "life_experiences/list.html", context)


@never_cache
@allow(access.SEE)
@require_safe
def experience(request: HttpRequest, code: str) -> HttpResponse:
    """One life experience, with what is proposed and what it lacks."""
    return page_of(request, access.experience_to_see(signed_in_person(request), code))


def page_of(request: HttpRequest, found: LifeExperience, **failed: forms.Form) -> HttpResponse:
    """The page, with a form that was not taken in the place of its empty one."""
    person, today = signed_in_person(request), timezone.localdate()
    leads = access.leads(person)
    milestones = list(access.milestones_to_show(person, found))
    services = service_form(request, found)
    context: dict[str, Any] = {
        "row": found,
        "whole": whole_of(found, today),
        "findings": findings_of(found, today) if leads else [],
        "leads": leads,
        "members": found.members.select_related("agency"),
        "services": access.services_to_show(person, found),
        "milestones": list(zip(milestones, standings_of(milestones, today), strict=True)),
        "may_propose": access.services_to_propose(person, found).exists(),
        "may_propose_milestones": access.may_propose_milestones(person, found),
        "service_form": services,
        "milestone_form": MilestoneForm(),
        "member_form": member_form() if leads else None,
        "progress_form": ProgressForm(),
        **failed,
    }
    status = 422 if failed else 200
    return render(request, "life_experiences/experience.html", context, status=status)


def service_form(request: HttpRequest, found: LifeExperience, data: Any = None) -> ServiceForm:  # noqa: ANN401
    """The form with the services the person may put forward."""
    form = ServiceForm(data)
    known = access.services_to_propose(signed_in_person(request), found)
    form.fields["service"].queryset = known  # type: ignore[attr-defined]
    return form


def member_form(data: Any = None) -> MemberForm:  # noqa: ANN401
    """The form with every agency there is."""
    form = MemberForm(data)
    agencies = Organization.objects.filter(level=UnitLevel.DEPARTMENT).order_by("name")
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
    return form


@never_cache
@allow(access.PROPOSE, access.LEAD)
@require_POST
def service(request: HttpRequest, code: str) -> HttpResponse:
    """Puts a service forward."""
    person = signed_in_person(request)
    found = access.experience_to_see(person, code)
    form = service_form(request, found, request.POST)
    if form.is_valid():
        try:
            propose_service(found, **form.cleaned_data, by=person, now=timezone.now())
        except NotAllowed:
            raise
        except Problem as problem:
            tell(form, problem)
        else:
            return _said(request, code)
    return page_of(request, found, service_form=form)


@never_cache
@allow(access.PROPOSE, access.LEAD)
@require_POST
def milestone(request: HttpRequest, code: str) -> HttpResponse:
    """Puts a milestone forward."""
    person = signed_in_person(request)
    found = access.experience_to_see(person, code)
    form = MilestoneForm(request.POST)
    if not form.is_valid():
        return page_of(request, found, milestone_form=form)
    propose_milestone(found, **form.cleaned_data, by=person, now=timezone.now())
    return _said(request, code)


def _said(request: HttpRequest, code: str) -> HttpResponse:
    leads = access.leads(signed_in_person(request))
    messages.success(request, "Added." if leads else "Proposed. OMB decides on it.")
    return redirect("life_experiences:experience", code=code)
