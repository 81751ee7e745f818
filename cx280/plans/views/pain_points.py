"""Pain points: what hurts customers, what shows it, and what is done about it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.plans import access
from cx280.plans.actions.writing import add_pain_point
from cx280.plans.forms import PainPointForm
from cx280.plans.queries.measures import measures_of
from cx280.plans.queries.trace import points_told, trace_of
from cx280.plans.rules.trace import loose_ends
from cx280.research import access as research
from cx280.services.access import services_where
from cx280.services.models import Service

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def pain_points(request: HttpRequest) -> HttpResponse:
    """Every pain point of the person's services, and the form for one more."""
    person = signed_in_person(request)
    mine = services_where(person, EDIT).select_related("owner").order_by("name")
    form = _form(request, person, mine)
    if form.is_bound and form.is_valid():
        try:
            add_pain_point(**form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Written down.")
            return redirect("plans:pain-points")
    points = access.points_to_see(person)
    today = timezone.localdate()
    context = {
        "rows": points_told(points, today),
        "loose": None if access.sees_all(person) else loose_ends(trace_of(points)),
        "form": form,
        "may_write": mine.exists(),
        "sees_research": Capability.SEE_RESEARCH in capabilities_of(person),
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/pain_points.html", context, status=status)


def _form(request: HttpRequest, person: Person, mine: QuerySet[Service]) -> PainPointForm:
    """The form with the services, the research and the figures that the person may choose."""
    form = PainPointForm(
        request.POST if request.method == "POST" else None,
        initial={"service": request.GET.get("service")},
    )
    figures = {value: words for each in mine for value, words in measures_of(each)}
    form.fields["service"].queryset = mine  # type: ignore[attr-defined]
    form.fields["study"].queryset = research.studies_to_see(person)  # type: ignore[attr-defined]
    form.fields["insight"].queryset = research.insights_to_see(person).filter(  # type: ignore[attr-defined]
        retired_on__isnull=True
    )
    form.fields["figure"].choices = [("", "None"), *figures.items()]  # type: ignore[attr-defined]
    return form
