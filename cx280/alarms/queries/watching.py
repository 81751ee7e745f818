"""Reads what is watched, and whether anybody wants to be told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from cx280.alarms.models import Attention, Maintenance, Watch
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import flow_and_place
from cx280.circular.implements import implements
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.flows import is_muted
from cx280.telemetry.rules.vocabulary import FlowState


@implements("280.7-i2")
def is_of_deprecated_flow(watch: Watch) -> bool:
    """Whether the watch is of a flow that is deprecated: that fewer use it is what was meant."""
    if not Kind.of(watch.kind).is_of_flow:
        return False
    key, _ = flow_and_place(watch.key)
    flow = Flow.objects.filter(service=watch.service_id, key=key).first()
    return flow is not None and is_muted(FlowState.of(flow.state))


def why_muted(watch: Watch, start: datetime, end: datetime) -> str:
    """Why nobody is told of what the watch saw between the two moments; "" where they are."""
    if not watch.enabled or not watch.is_current:
        return "It is not watched."
    if watch.muted_until is not None and start < watch.muted_until:
        return "It is muted."
    if is_of_deprecated_flow(watch):
        return "The flow is deprecated: fewer are meant to use it."
    worked_on = Maintenance.objects.filter(
        service=watch.service_id, starts_at__lt=end, ends_at__gt=start
    )
    return "The service was being worked on." if worked_on.exists() else ""


def a_month_of(service: Service) -> float:
    """How many false alarms a month are accepted of the service."""
    found = Attention.objects.filter(service=service).values_list("a_month", flat=True).first()
    return 1.0 if found is None else found


def watches_of_offices(watches: QuerySet[Watch], words: str = "") -> QuerySet[Watch]:
    """Those of offices whose name has these words, by name."""
    found = watches.filter(unit__isnull=False, unit__name__icontains=words)
    return found.order_by("unit__name", "unit", "pk")


def grouped(watches: QuerySet[Watch]) -> list[tuple[str, list[Watch]]]:
    """What is watched of the whole: the website, each flow, the survey; without empty groups."""
    groups: dict[str, list[Watch]] = {}
    for each in sorted(watches.filter(unit__isnull=True), key=_place):
        groups.setdefault(_group_of(each), []).append(each)
    return list(groups.items())


def _place(watch: Watch) -> tuple[int, int]:
    kind = Kind.of(watch.kind)
    return (2 if kind.is_of_survey else 1 if kind.is_of_flow else 0), watch.pk


def _group_of(watch: Watch) -> str:
    kind = Kind.of(watch.kind)
    if kind.is_of_survey:
        return "Survey"
    return "Ways through the website" if kind.is_of_flow else "Website"


def current_watches(service: Service) -> list[Watch]:
    """The service's watches that have something to look at, in the order they were made."""
    return list(Watch.objects.filter(service=service, is_current=True).select_related("service"))


def can_tell(watch: Watch) -> bool:
    """Whether false alarms may come of it: it is switched on, and was looked at before."""
    return watch.enabled and watch.looked_to is not None


@dataclass(frozen=True, slots=True)
class Watched:
    """How many figures of how many services are watched, and the last look at any of them."""

    figures: int
    services: int
    looked_to: datetime | None


def watched_in(watches: QuerySet[Watch]) -> Watched:
    """What is watched of these."""
    found = watches.filter(is_current=True, enabled=True).aggregate(
        figures=Count("pk"), services=Count("service", distinct=True), looked_to=Max("looked_to")
    )
    return Watched(**found)


def watched_services(watches: QuerySet[Watch]) -> list[tuple[Service, int, float]]:
    """Each service of which something is watched: how many figures, and false alarms a month."""
    current = watches.filter(is_current=True)
    counted = (
        Service.objects.filter(pk__in=current.values("service"))
        .annotate(figures=Count("watches", filter=Q(watches__in=current.filter(enabled=True))))
        .select_related("owner")
    )
    return [(each, each.figures, a_month_of(each)) for each in counted.order_by("name")]


def planned_work(service: Service, now: datetime) -> list[Maintenance]:
    """Work on the service that goes on or is to come, the next first."""
    found = Maintenance.objects.filter(service=service, ends_at__gt=now)
    return list(found.order_by("starts_at"))


def was_replayed(service: Service, *, since: date) -> bool:
    """Whether the history was played again on that day or later."""
    return Attention.objects.filter(service=service, replayed_on__gte=since).exists()


def replay_of(service: Service) -> tuple[list[tuple[str, int]], int]:
    """What each choice would have told over the last days, and how many these were."""
    found = Attention.objects.filter(service=service).first()
    if found is None:
        return [], 0
    return [(str(choice), int(told)) for choice, told in found.replayed], found.replayed_days
