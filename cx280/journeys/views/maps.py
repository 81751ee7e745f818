"""Journeys to look at: the list, the map, the blueprint, the heat map, what partners share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.journeys import access
from cx280.journeys.documents.drawing import pictures
from cx280.journeys.documents.lanes import View
from cx280.journeys.documents.page import lanes_of
from cx280.journeys.queries.drawing import drawn_steps
from cx280.journeys.queries.evidence import DAYS, evidence_of, whole_figures
from cx280.journeys.queries.maps import lines_of, sketch_of, step_record, steps_of
from cx280.journeys.rules.evidence import constructs_in, headline, only
from cx280.journeys.rules.record import MapRecord, shared_part
from cx280.journeys.views.frame import frame
from cx280.pages.filters import Filter
from cx280.services import queries as services
from cx280.services.models import Journey

SEE = Capability.SEE_SERVICES


@never_cache
@allow(SEE)
@require_safe
def journeys(request: HttpRequest) -> HttpResponse:
    """Every journey the person may see, and those of which partners share steps."""
    person = signed_in_person(request)
    context = {
        "lines": lines_of(access.journeys_to_see(person)),
        "shared": access.shared_with(person).select_related("service__owner").order_by("name"),
        "services": access.services_without(person)[:12],
    }
    return render(request, "journeys/list.html", context)


@never_cache
@allow(SEE)
@require_safe
def journey(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer's way, what it looks like as a whole, and across whom it runs."""
    person = signed_in_person(request)
    found = access.journey_to_see(person, pk)
    sees = access.sees_measures(person, found)
    more = {
        "figures": whole_figures(found.service, timezone.localdate()) if sees else [],
        "findings": _findings(found),
    }
    return _drawing(request, found, "map", more)


@never_cache
@allow(SEE)
@require_safe
def blueprint(request: HttpRequest, pk: int) -> HttpResponse:
    """What staff do, what happens behind, on which systems: below each step."""
    found = access.journey_to_see(signed_in_person(request), pk)
    return _drawing(request, found, "blueprint", {})


def _drawing(
    request: HttpRequest, found: Journey, view: View, more: dict[str, Any]
) -> HttpResponse:
    record = sketch_of(found).record
    drawn = drawn_steps(found, record)
    context = {
        **frame(request, found), **more, "record": record, "view": view,
        "pictures": pictures(drawn, view, key=f"journey-{view}", name=record.name),
        "rows": list(zip(drawn, record.steps, strict=True)),
        "nobody_felt": view == "map" and all(each.feeling is None for each in drawn),
        "without_systems": [each for each in record.steps if not each.systems],
    }  # fmt: skip
    return render(request, f"journeys/{view}.html", context)


def _findings(found: Journey) -> list[dict[str, Any]]:
    """What the checks of the inventory say of this journey."""
    place = f"journeys[{found.name}]"
    return [
        {**each.as_dict(), "where": None}
        for each in services.findings_of(found.service)
        if (each.where or "").startswith(place)
    ]


@never_cache
@allow(SEE)
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of each step: scores, drop-off, pain points, burden."""
    person = signed_in_person(request)
    found = access.journey_to_see(person, pk)
    measures, telemetry = access.sees_measures(person, found), access.sees_telemetry(person, found)
    rows = evidence_of(found, timezone.localdate(), measures=measures, telemetry=telemetry)
    exact = request.GET.get("trust", "")
    kinds = constructs_in(rows)
    chosen = exact if exact in dict(kinds) else ""
    context = {
        **frame(request, found), "headline": headline(rows), "rows": only(rows, chosen),
        "days": DAYS, "sees_measures": measures, "sees_telemetry": telemetry,
        "unknown": [each for each in rows if not each.has_evidence],
        "filters": [Filter("trust", "Trust", (("", "Every question"), *kinds), chosen)]
        if len(kinds) > 1 else [],
    }  # fmt: skip
    return render(request, "journeys/evidence.html", context)


@never_cache
@allow(SEE)
@require_safe
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps another agency shares with its partners, without any figure."""
    found = access.shared_journey(signed_in_person(request), pk)
    rows = [(each.position + 1, shared_part(step_record(each)))
            for each in steps_of([found]).filter(detail__shared=True)]  # fmt: skip
    record = MapRecord(name=found.name, steps=tuple(step for _, step in rows))
    drawn = [
        replace(each, number=number)
        for (number, _), each in zip(rows, drawn_steps(found, record), strict=True)
    ]
    context = {
        "journey": found, "service": found.service,
        "pictures": pictures(drawn, "whole", key="shared", name=found.name),
        "rows": [(each, lanes_of(step, each.lanes["Owner"]))
                 for each, step in zip(drawn, record.steps, strict=True)],
    }  # fmt: skip
    return render(request, "journeys/shared.html", context)
