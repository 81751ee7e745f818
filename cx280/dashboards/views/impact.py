"""Which services should we ask about first?"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.impact import Ranked, ranked
from cx280.kernel.problem import Unusable
from cx280.pages.downloads import csv_response
from cx280.services.access import services_where
from cx280.surveys.access import service_to_survey
from cx280.surveys.actions import record_impact
from cx280.surveys.forms import ImpactForm, WeightsForm
from cx280.surveys.models import ServiceImpact
from cx280.surveys.rules.impact import FACTORS, weights_of

_HEADER = (
    "service", "customers_a_year", "cost_a_year", "priority_1_to_5", "source", "weight_customers",
    "weight_cost", "weight_priority", "score", "rank", "best_rank", "worst_rank", "not_known",
    "surveys_now",
)  # fmt: skip
_EVEN = dict.fromkeys(FACTORS, 1.0)


@allow(Capability.SEE_SURVEYS)
@require_safe
def first(request: HttpRequest) -> HttpResponseBase:
    """The services in the order of impact under the weights of the address; `?table=1` as CSV."""
    person = signed_in_person(request)
    given = {name: request.GET[name] for name in FACTORS if name in request.GET}
    form = WeightsForm({**_EVEN, **given})
    weights = dict(_EVEN)
    if form.is_valid():
        try:
            weights = weights_of(form.cleaned_data)
        except Unusable as problem:
            form.add_error(None, str(problem))
    services = services_where(person, Capability.SEE_SURVEYS)
    rows = ranked(services, weights)
    if request.GET.get("table"):
        return csv_response("where-to-ask-first.csv", _HEADER, _table(rows, weights_of(weights)))
    names = dict(services.values_list("code", "name"))
    editable = set(
        services_where(person, Capability.EDIT_SURVEYS).values_list("code", flat=True)
    )  # fmt: skip
    context = {
        "rows": [(each, names[each.code], each.code in editable) for each in rows],
        "form": form,
        "title": _title(rows, names),
        "query": request.GET.urlencode(),
    }
    return render(request, "dashboards/impact.html", context, status=422 if form.errors else 200)


@allow(Capability.EDIT_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What one service costs and how much it matters."""
    person = signed_in_person(request)
    service = service_to_survey(person, code)
    known = ServiceImpact.objects.filter(service=service).first()
    names = ("cost", "priority", "source")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = ImpactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        record_impact(service, by=person, **form.cleaned_data)
        messages.success(request, f"Saved for {service.name}.")
        return redirect("plan:first")
    context = {"service": service, "form": form}
    status = 422 if form.errors else 200
    return render(request, "dashboards/edit_impact.html", context, status=status)


def _title(rows: Sequence[Ranked], names: dict[str, str]) -> str:
    silent = [each for each in rows if not each.surveys and each.impact.rank is not None]
    if not silent:
        return "Where should we ask first?"
    return f"Ask about {names[silent[0].code]} next"


def _table(rows: Sequence[Ranked], weights: dict[str, float]) -> list[list[object]]:
    return [
        [
            each.code, each.impact.inputs.customers, each.impact.inputs.cost,
            each.impact.inputs.priority, each.source,
            *(round(weights[name], 4) for name in FACTORS),
            None if each.impact.score is None else round(each.impact.score, 4), each.impact.rank,
            each.impact.best, each.impact.worst, " ".join(each.impact.missing), each.surveys,
        ]
        for each in rows
    ]  # fmt: skip
