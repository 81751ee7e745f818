"""Takes what looking at a watch gave: opens, goes on with, joins and ends incidents."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.db import transaction

from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.alarms.actions.trail import flip, told
from cx280.alarms.models import Incident, Part, Watch
from cx280.alarms.queries.incidents import falls_of
from cx280.alarms.queries.watching import is_of_deprecated_flow, why_muted
from cx280.alarms.rules.joint import Fall, joined
from cx280.alarms.rules.looks import Look
from cx280.alarms.rules.vocabulary import Cause, Kind, State

# Looks in a row that are as expected before something is over.
ENOUGH = 3


class Outcome(Enum):
    """What a look did."""

    KNOWN = "it was taken before"
    QUIET = "there was nothing to tell"
    MUTED = "nobody is to be told"
    OPENED = "a new incident was opened"
    JOINED = "it belongs to an incident that goes on"
    WENT_ON = "its incident goes on"
    RECOVERED = "its incident is over"


def take_look(watch: Watch, look: Look, now: datetime) -> Outcome:
    """What the look did. Looks are taken oldest first; one taken before does nothing."""
    with transaction.atomic():
        mine = Watch.objects.select_for_update(of=("self",)).select_related("service__owner")
        known = mine.get(pk=watch.pk)
        if known.looked_to is not None and look.end <= known.looked_to:
            return Outcome.KNOWN
        known.looked_to = look.end
        known.save(update_fields=["looked_to"])
        part = known.parts.filter(over_at__isnull=True).first()
        if why_muted(known, look.period, look.end):
            return _mute(known, part, now)
        if part is not None:
            return _go_on(part, look, now)
        return _open(known, look, now) if look.told else Outcome.QUIET


def _mute(watch: Watch, part: Part | None, now: datetime) -> Outcome:
    """What was muted for a while stays as it is; what is no longer watched is over."""
    if part is not None and (not watch.enabled or is_of_deprecated_flow(watch)):
        _end(part, now, Cause.MUTED)
    return Outcome.MUTED


def _go_on(part: Part, look: Look, now: datetime) -> Outcome:
    part.latest_end, part.latest_seen = look.end, look.seen
    part.points = _as_kept(look)
    if look.told or not look.usual:
        part.usual_in_a_row = 0
    elif look.judged:  # a holiday says nothing
        part.usual_in_a_row += 1
    part.save(update_fields=["latest_end", "latest_seen", "points", "usual_in_a_row"])
    if part.usual_in_a_row < ENOUGH:
        return Outcome.WENT_ON
    _end(part, look.end, Cause.RECOVERED, now)
    return Outcome.RECOVERED


def _end(part: Part, at: datetime, cause: Cause, now: datetime | None = None) -> None:
    """The part is over; so is its incident, when it was the last."""
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=part.incident_id)
    Part.objects.filter(pk=part.pk).update(over_at=at)
    if incident.parts.filter(over_at__isnull=True).exists() or incident.resolved_at is not None:
        return
    flip(incident, State.RESOLVED, cause, now or at)
    told("resolve_incident", incident, incident.agency, by=None, cause=cause.value)


def _open(watch: Watch, look: Look, now: datetime) -> Outcome:
    # Two watches of an agency that fall together make one incident: one at a time.
    agency = Organization.objects.select_for_update().get(pk=agency_of(watch.service.owner).pk)
    fall = Fall(agency.pk, watch.service_id, Kind.of(watch.kind), look.period, look.end)
    number = joined(fall, falls_of(agency.pk))
    if number is not None and not Part.objects.filter(incident=number, watch=watch).exists():
        _add(Incident.objects.get(pk=number), watch, look)
        return Outcome.JOINED
    incident = Incident.objects.create(agency=agency, opened_at=now)
    _add(incident, watch, look)
    flip(incident, State.OPEN, Cause.FOUND, now)
    told("open_incident", incident, agency, by=None, watch=watch.pk, words=look.words)
    return Outcome.OPENED


def _add(incident: Incident, watch: Watch, look: Look) -> None:
    Part.objects.create(
        incident=incident,
        watch=watch,
        period=look.period,
        end=look.end,
        since=look.since,
        seen=look.seen,
        expected=look.expected,
        low=look.low,
        high=look.high,
        n=look.n,
        once_in_days=look.once_in_days,
        silent=look.silent,
        words=look.words,
        points=_as_kept(look),
        latest_end=look.end,
        latest_seen=look.seen,
    )


def _as_kept(look: Look) -> list[list[object]]:
    return [[each.at.isoformat(), each.seen, each.low, each.high] for each in look.points]
