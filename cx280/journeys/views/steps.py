"""One step with all its lanes: saved as it is typed, and never over what somebody else wrote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.journeys import access
from cx280.journeys.actions.drawing import write_step
from cx280.journeys.forms import StepForm, values_of
from cx280.journeys.queries.history import Theirs, changed_by_others
from cx280.journeys.queries.maps import map_of, sketch_of
from cx280.journeys.views.frame import frame
from cx280.kernel.problem import Problem
from cx280.services.models import Journey, JourneyStep


@never_cache
@allow(Capability.EDIT_SERVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """The step's lanes. A save by script answers with the new revision alone."""
    person = signed_in_person(request)
    journey = access.journey_to_draw(person, pk)
    row = access.step_of(journey, step)
    now = sketch_of(journey).step(row.pk)
    revision = map_of(journey).revision
    initial = {**values_of(now, row.organization_id), "revision": revision}
    given = request.POST if request.method == "POST" else None
    form = StepForm(journey.service, row.organization, given, initial=initial)
    if given is None or not form.is_valid():
        return _page(request, journey, row, form, None, 422 if given is not None else 200)
    changed = changed_by_others(journey, row.pk, form.cleaned_data["revision"], person)
    if changed is not None:
        # What was typed stays; whoever saves once more has seen what the other wrote.
        typed = request.POST.copy()
        typed["revision"] = str(revision)
        form.data = typed
        return _page(request, journey, row, form, changed, 409)
    try:
        told = write_step(journey, row.pk, form.record(now), by=person, now=timezone.now())
    except Problem as problem:
        tell(form, problem)
        return _page(request, journey, row, form, None, 422)
    if request.headers.get("X-Autosave"):
        return HttpResponse(status=204, headers={"X-Revision": str(told.revision)})
    following = _following(journey, row) if request.POST.get("go") == "next" else None
    if following is not None:
        return redirect("journeys:step", pk, following)
    return redirect("journeys:edit", pk)


def _following(journey: Journey, row: JourneyStep) -> int | None:
    """The number of the step after this one; None after the last."""
    keys = list(journey.steps.values_list("pk", flat=True))
    return next(iter(keys[keys.index(row.pk) + 1 :]), None)


def _page(
    request: HttpRequest, journey: Journey, row: JourneyStep, form: StepForm,
    changed: Theirs | None, status: int,
) -> HttpResponse:  # fmt: skip
    context = {**frame(request, journey), "step": row, "form": form, "theirs": changed}
    return render(request, "journeys/step.html", context, status=status)
