"""Reads what is known of each service for choosing where to ask first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from cx280.services.models import Service, ServiceVolume
from cx280.surveys.models import ServiceImpact, Survey
from cx280.surveys.rules.impact import Impact, Inputs, impacts


@dataclass(frozen=True, slots=True)
class Ranked:
    """A service in the order of impact, with how many surveys here ask about it now."""

    code: str
    impact: Impact
    source: str
    surveys: int


def ranked(services: QuerySet[Service], weights: Mapping[str, float]) -> list[Ranked]:
    """The services that are not retired, the highest impact first."""
    rows = list(services.filter(retired_on__isnull=True).order_by("name", "pk"))
    known = {each.service_id: each for each in ServiceImpact.objects.filter(service__in=rows)}
    customers = dict(
        ServiceVolume.objects.filter(service__in=rows, channel="")
        .order_by("fiscal_year")
        .values_list("service", "customers")
    )
    asking: dict[int, int] = {}
    for pk in Survey.objects.filter(service__in=rows, state=Survey.State.OPEN).values_list(
        "service", flat=True
    ):
        asking[pk] = asking.get(pk, 0) + 1
    by_code = {each.code: each for each in rows}
    # Ranks are by name's place here, so codes stand for services: two may share a name.
    inputs = [_inputs(each, customers.get(each.pk), known.get(each.pk)) for each in rows]
    found = impacts(inputs, weights)
    return [_ranked(by_code[each.inputs.name], each, known, asking) for each in found]


def _inputs(service: Service, customers: int | None, known: ServiceImpact | None) -> Inputs:
    return Inputs(
        name=service.code,
        customers=customers,
        cost=float(known.cost) if known and known.cost is not None else None,
        priority=known.priority if known else None,
    )


def _ranked(
    service: Service, impact: Impact, known: Mapping[int, ServiceImpact], asking: Mapping[int, int]
) -> Ranked:
    source = known[service.pk].source if service.pk in known else ""
    return Ranked(service.code, impact, source, asking.get(service.pk, 0))
