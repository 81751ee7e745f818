"""/api/v1/alarms: incidents, and saying that they are taken or over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Number, cut, page
from cx280.alarms import access, schemas
from cx280.alarms.actions.turns import acknowledge, resolve
from cx280.alarms.models import Incident, Part
from cx280.alarms.queries.told import Past, pasts
from cx280.alarms.rules.sentences import tells_too_few
from cx280.alarms.rules.vocabulary import Kind

router = Router(tags=["alarms"])
SEE, HANDLE = Capability.SEE_ALARMS, Capability.HANDLE_ALARMS


@router.get("/alarms", response=schemas.Incidents, auth=needs(SEE), operation_id="incidents",
            summary="What went wrong")  # fmt: skip
def incidents(request: HttpRequest, asked: Query[schemas.IncidentsAsked]) -> dict[str, object]:
    """The incidents of your services, the newest first."""
    person = asking_person(request)
    found = access.incidents_to_see(person)
    if asked.going_on:
        found = found.filter(resolved_at__isnull=True)
    return page(asked, found.count(), [_told(each) for each in pasts(person, cut(found, asked))])


@router.get("/alarms/{pk}", response=schemas.IncidentWhole, auth=needs(SEE),
            operation_id="incident", summary="One incident")  # fmt: skip
def incident(request: HttpRequest, pk: Path[Number]) -> dict[str, Any]:
    """The incident with its figures and its history."""
    person = asking_person(request)
    return _whole(person, access.incident_to_see(person, pk))


@router.post("/alarms/{pk}/acknowledge", response=schemas.IncidentWhole, auth=needs(HANDLE),
             operation_id="acknowledge-incident", summary="Say that you are on it")  # fmt: skip
def take(request: HttpRequest, pk: Path[Number], body: schemas.Word) -> dict[str, Any]:
    """The incident, taken by you; 409 when somebody has it."""
    person = asking_person(request)
    found = access.incident_to_handle(person, pk)
    acknowledge(found, by=person, now=timezone.now(), note=body.note)
    return _whole(person, access.incident_to_see(person, pk))


@router.post("/alarms/{pk}/resolve", response=schemas.IncidentWhole, auth=needs(HANDLE),
             operation_id="resolve-incident", summary="Say that it is over")  # fmt: skip
def close(request: HttpRequest, pk: Path[Number], body: schemas.Word) -> dict[str, Any]:
    """The incident, closed; 409 when it is over already."""
    person = asking_person(request)
    found = access.incident_to_handle(person, pk)
    resolve(found, by=person, now=timezone.now(), note=body.note)
    return _whole(person, access.incident_to_see(person, pk))


def _whole(person: Person, found: Incident) -> dict[str, Any]:
    history = [
        {
            "number": each.number,
            "before": each.before or None,
            "after": each.after,
            "cause": each.cause,
            "at": each.at,
            "by": each.by.name if each.by else None,
            "note": each.note,
        }
        for each in found.flips.select_related("by")
    ]
    return {**_told(pasts(person, [found])[0]), "history": history}


def _told(past: Past) -> dict[str, Any]:
    line, known = past.line, past.line.incident
    return {
        "pk": known.pk,
        "state": line.state.value,
        "opened_at": known.opened_at,
        "what": line.message.whole,
        "where": line.message.where,
        "how_bad": line.message.how_bad,
        "how_rare": line.message.how_rare,
        "since": line.message.since,
        "owner": known.owner.name if known.owner else None,
        "snoozed_until": known.snoozed_until,
        "resolved_at": known.resolved_at,
        "action_text": known.action_text,
        "action_url": known.action_url,
        "minutes_to_acknowledge": _minutes(past.times.to_acknowledge),
        "minutes_to_resolve": _minutes(past.times.to_resolve),
        "figures": [_figure(each) for each in line.parts],
    }


def _minutes(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 60, 1)


def _figure(part: Part) -> dict[str, Any]:
    """Its numbers, unless they tell of too few."""
    few = tells_too_few(Kind.of(part.watch.kind), part.seen, part.n, settings.CX280_SMALLEST_CELL)
    return {
        "service": part.watch.service.code,
        "kind": part.watch.kind,
        "key": part.watch.key,
        "label": part.watch.label,
        "period": part.period,
        "end": part.end,
        "since": part.since,
        "seen": None if few else part.seen,
        "low": part.low,
        "high": part.high,
        "n": None if few else part.n,
        "silent": part.silent,
        "words": None if few else part.words,
        "over_at": part.over_at,
    }
