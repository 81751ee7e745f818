"""What was discussed with OMB: the list, and a new record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.kernel.problem import NotAllowed, Unusable
from cx280.surveys import access, actions
from cx280.surveys.forms import DiscussionForm


@allow(Capability.SEE_DISCUSSIONS)
@require_safe
def discussions(request: HttpRequest) -> HttpResponse:
    """The talks with OMB of the agencies this person may see, newest first."""
    person = signed_in_person(request)
    talks = access.discussions_where(person, Capability.SEE_DISCUSSIONS)
    may_record = access.agencies_to_record_for(person).exists()
    return render(request, "surveys/discussions.html", {"talks": talks, "may_record": may_record})


@allow(Capability.RECORD_DISCUSSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Records a talk; `survey` and `kind` in the address fill the form."""
    person = signed_in_person(request)
    form = _form(request, person)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            talk = actions.record_discussion(
                given.pop("agency"), by=person, on=timezone.localdate(), **given
            )
        except Unusable as problem:
            form.add_error(problem.field, problem.message)
        else:
            messages.success(request, "The talk with OMB is recorded.")
            if talk.survey is not None:
                return redirect("surveys:builder", talk.survey.code)
            return redirect("surveys:discussions")
    return render(request, "surveys/record_discussion.html", {"form": form})


def _form(request: HttpRequest, person: Person) -> DiscussionForm:
    surveys = access.surveys_where(person, Capability.RECORD_DISCUSSIONS)
    agencies = access.agencies_to_record_for(person)
    if not agencies.exists():
        raise NotAllowed("Talks with OMB are recorded for a whole agency, by its CX lead.")
    survey = surveys.filter(code=request.GET.get("survey", "")).first()
    initial = {"kind": request.GET.get("kind", ""), "outcome": "", "held_on": timezone.localdate()}
    if survey is not None:
        initial |= {"survey": survey.pk, "agency": agency_of(survey.service.owner).pk}
    form = DiscussionForm(request.POST or None, initial=initial)
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
    form.fields["survey"].queryset = surveys.order_by("title")  # type: ignore[attr-defined]
    return form
