"""The figures an action may be judged by, and what each says now."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from cx280.measures.queries import trend
from cx280.measures.rules.suppression import is_too_few
from cx280.plans.rules.progress import Reading
from cx280.services.models import Service
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, Construct
from cx280.telemetry.models import Flow
from cx280.telemetry.queries.answers import flows_told, things
from cx280.telemetry.rules.periods import local_days

FINISHED = "finished:"
_OUTCOMES = (Construct.TRUST, Construct.SATISFACTION, *DRIVER_CONSTRUCTS)
_FLOW_DAYS = 28


def measures_of(service: Service) -> list[tuple[str, str]]:
    """The figures of the service, each (value, words)."""
    found = [(each.value, f"{each.label}: share that agrees") for each in _OUTCOMES]
    flows = Flow.objects.filter(service=service).order_by("name").values_list("key", "name")
    return found + [(FINISHED + key, f"Visits that finish “{name}”") for key, name in flows]


def words_of(service: Service, measure: str) -> str:
    """What the figure is called; "" when none is chosen or the service has it no more."""
    return dict(measures_of(service)).get(measure, "") if measure else ""


def reading_of(service: Service, measure: str, today: date) -> Reading:
    """What the figure says now: of the last quarter with answers, or of the last 28 days."""
    if not measure:
        return Reading(None, why="No measure is chosen.")
    if measure.startswith(FINISHED):
        return _finished(service, measure.removeprefix(FINISHED), today)
    latest = trend(service, measure).latest
    if latest is None or latest.share.share is None:
        return Reading(None, why="Nobody has answered yet.")
    if is_too_few(latest.share.n, settings.CX280_SMALLEST_CELL):
        return Reading(None, why="Too few answered to show.")
    low, high = latest.share.ends
    return Reading(latest.share.share, low, high, latest.share.n, str(latest.quarter))


def _finished(service: Service, flow: str, today: date) -> Reading:
    last = today - timedelta(days=1)
    first = last - timedelta(days=_FLOW_DAYS - 1)
    period = local_days(first, last, service.owner.time_zone or settings.TIME_ZONE)
    told = flows_told(service.pk, period)
    done = next(
        (each for each in things(told, settings.CX280_SMALLEST_CELL) if each.thing.flow == flow),
        None,
    )
    if done is None or done.completion.finished is None:
        why = done.completion.reason if done else "Nobody started it in the last 28 days."
        return Reading(None, why=why)
    share = done.completion.finished
    low, high = share.ends
    return Reading(share.share, low, high, share.n, f"the last {_FLOW_DAYS} days")
