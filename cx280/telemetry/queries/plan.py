"""Reads the measurement plan, as its checks and its files need it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from cx280.lake.counts import Counts, lake_address
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel
from cx280.telemetry.models import Flow, Metric, Site
from cx280.telemetry.queries.seen import types_seen
from cx280.telemetry.rules.plan import Event, Plan, PlannedMetric, PlannedQuestion
from cx280.telemetry.rules.vocabulary import FlowState

HEADER = (
    "question", "insight", "metric", "kind", "event", "flow", "step",
    "planned_action", "turn", "threshold", "unit",
)  # fmt: skip


def plan_of(service: Service, on: date) -> Plan:
    """The plan of the service beside the flows, event names and types of events it collects."""
    working = Flow.objects.filter(service=service).exclude(state=FlowState.DEPRECATED)
    sites = list(service.sites.all())
    names = {name for site in sites for name in site.names}
    seen = types_seen(service, on)
    return Plan(
        questions=tuple(
            PlannedQuestion(
                text=each.text,
                insight=each.insight,
                metrics=tuple(_planned(metric) for metric in each.metrics.all()),
            )
            for each in service.telemetry_questions.prefetch_related("metrics")
        ),
        flows=tuple(working.values_list("key", flat=True)),
        names=tuple(sorted(names)),
        seen=seen,
        is_digital=is_digital(service, on),
        has_stream=bool(seen) or any(each.enabled for each in sites) or _are_counted(sites),
    )


def _are_counted(sites: list[Site]) -> bool:
    """Whether counts that others made of one of the sites were brought in."""
    return bool(sites) and not Counts(lake_address()).known().reports.keys().isdisjoint(
        each.key for each in sites
    )


def is_digital(service: Service, on: date) -> bool:
    """Whether the service is given through a digital channel on that day."""
    in_use = service.channels.filter(Q(until__isnull=True) | Q(until__gte=on))
    return any(Channel.of(each.channel).is_digital for each in in_use)


def _planned(metric: Metric) -> PlannedMetric:
    return PlannedMetric(
        name=metric.name,
        counts=Event(metric.kind, metric.event, metric.flow, metric.step),
        planned_action=metric.planned_action,
        threshold=metric.threshold,
    )


def plan_document(service: Service) -> dict[str, Any]:
    """The plan as a JSON document: questions with their metrics."""
    return {
        "service": service.code,
        "questions": [
            {
                "question": each.text,
                "insight": each.insight,
                "metrics": [
                    {
                        "metric": metric.name,
                        "kind": metric.kind,
                        "event": metric.event,
                        "flow": metric.flow,
                        "step": metric.step,
                        "planned_action": metric.planned_action,
                        "turn": metric.turn,
                        "threshold": _plain(metric),
                        "unit": metric.unit,
                    }
                    for metric in each.metrics.all()
                ],
            }
            for each in service.telemetry_questions.prefetch_related("metrics")
        ],
    }


def _plain(metric: Metric) -> float | None:
    return None if metric.threshold is None else float(metric.threshold)


def plan_rows(service: Service) -> list[tuple[object, ...]]:
    """The plan as rows under HEADER, one a metric; a question without a metric has one too."""
    rows: list[tuple[object, ...]] = []
    for each in plan_document(service)["questions"]:
        for metric in each["metrics"] or [{}]:
            rest = [metric.get(name) for name in HEADER[2:]]
            rows.append((each["question"], each["insight"], *rest))
    return rows
