"""Reads where each service stands with its telemetry, for the list of services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.aggregates import Count

from cx280.services.models import Service, ServiceChannel
from cx280.services.rules.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Line:
    """One digital service: how many sites run, questions, metrics and working flows it has."""

    service: Service
    sites: int
    enabled: int
    questions: int
    flows: int


def digital_lines(services: QuerySet[Service], on: date) -> list[Line]:
    """The services among them with a digital channel in use on that day, by name."""
    digital = [each.value for each in Channel if each.is_digital]
    in_use = ServiceChannel.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), channel__in=digital
    )
    counted = services.filter(pk__in=in_use.values("service")).annotate(
        n_sites=Count("sites", distinct=True),
        n_enabled=Count("sites", filter=Q(sites__enabled=True), distinct=True),
        n_questions=Count("telemetry_questions", distinct=True),
        n_flows=Count("flows", filter=~Q(flows__state="deprecated"), distinct=True),
    )
    return [
        Line(each, each.n_sites, each.n_enabled, each.n_questions, each.n_flows)
        for each in counted.order_by("name")
    ]
