"""What will you do about it? From any page of figures, with what was seen there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.alarms.queries.told import lines_about
from cx280.kernel.problem import Problem
from cx280.pages.written import shortdate
from cx280.plans.access import drafts_to_write
from cx280.plans.actions.writing import add_pain_point
from cx280.plans.forms import ActForm
from cx280.plans.models import PainPoint
from cx280.plans.rules.seen import kind_of, page_of, said_of
from cx280.services.access import service_to_edit
from cx280.services.models import Service

EDIT = Capability.EDIT_SERVICES


@never_cache
@allow(EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Writes down what hurts, begins an action, or adds to an alarm; what was seen goes along."""
    person = signed_in_person(request)
    service = service_to_edit(person, code)
    page = page_of(request.GET.get("page", ""))
    seen = said_of(request.GET.get("seen", ""), shortdate(timezone.localdate()))
    plans = drafts_to_write(person, service)
    form = ActForm(
        request.POST if request.method == "POST" else None,
        initial={"evidence": seen, "kind": kind_of(page).value},
        plans=plans,
    )
    if form.is_bound and form.is_valid():
        try:
            kept = _write(service, page, form, person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Written down, with the page you came from.")
            return redirect(_next(form, kept))
    context = {
        "service": service, "page": page, "seen": seen, "form": form,
        "lines": lines_about(person, service),
        "note": f"{seen} {request.build_absolute_uri(page)}" if page else seen,
    }  # fmt: skip
    return render(request, "plans/act.html", context, status=422 if form.is_bound else 200)


def _write(service: Service, page: str, form: ActForm, person: Person) -> PainPoint:
    given = form.cleaned_data
    return add_pain_point(
        service, words=given["words"], kind=given["kind"], evidence=given["evidence"],
        address=page, by=person,
    )  # fmt: skip


def _next(form: ActForm, kept: PainPoint) -> str:
    """The new action of the plan that was chosen, or all pain points."""
    plan = form.cleaned_data["plan"]
    if not plan:
        return reverse("plans:pain-points")
    begun = urlencode({"service": kept.service_id, "pain_point": kept.pk})
    return f"{reverse('plans:new-action', args=[plan])}?{begun}"
