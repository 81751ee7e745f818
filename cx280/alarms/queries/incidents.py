"""Reads incidents as the rules need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cx280.alarms.models import Flip, Incident, Part
from cx280.alarms.rules.flips import Turned
from cx280.alarms.rules.joint import Fall
from cx280.alarms.rules.sentences import Fallen
from cx280.alarms.rules.vocabulary import Cause, Kind, State


def history_of(incident: Incident) -> list[Turned]:
    """The flips of the incident, in the order they happened."""
    return [as_rule(each) for each in incident.flips.all()]


def as_rule(flip: Flip) -> Turned:
    """The flip as the rules know it."""
    before = State.of(flip.before) if flip.before else None
    return Turned(before, State.of(flip.after), Cause.of(flip.cause), flip.at)


def falls_of(agency: int) -> list[tuple[int, list[Fall]]]:
    """The incidents of an agency that go on, oldest first, with what fell in each."""
    going_on = Part.objects.filter(
        incident__agency=agency, incident__resolved_at__isnull=True
    ).select_related("watch")
    found: dict[int, list[Fall]] = {}
    for part in going_on.order_by("incident__opened_at", "incident_id", "pk"):
        found.setdefault(part.incident_id, []).append(
            Fall(agency, part.watch.service_id, Kind.of(part.watch.kind), part.period, part.end,
                 part.since)
        )  # fmt: skip
    return list(found.items())


def worsened(flip: Flip) -> tuple[Fallen, Fallen]:
    """What became worse by that flip: as it was told, and as it was then."""
    worse = flip.worsening
    (told,) = fallen([worse.part])
    now = replace(
        told, period=worse.period, end=worse.end, seen=worse.seen, expected=worse.expected,
        low=worse.low, high=worse.high, n=worse.n, once_in_days=worse.once_in_days,
        silent=worse.silent, since=worse.period if worse.silent else told.since,
    )  # fmt: skip
    return told, now


def fallen(parts: Iterable[Part]) -> list[Fallen]:
    """The parts as sentences tell of them."""
    return [
        Fallen(
            Kind.of(each.watch.kind), each.watch.key, each.watch.label, each.watch.service.name,
            each.period, each.end, each.since, each.seen, each.expected, each.low, each.high,
            each.n, each.once_in_days, each.silent,
        )
        for each in parts
    ]  # fmt: skip
