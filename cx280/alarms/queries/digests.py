"""Reads what a contact's digest tells of."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from cx280.alarms.models import Contact, Incident, Part, Watch
from cx280.alarms.queries.incidents import history_of
from cx280.alarms.queries.messages import parts_for, theirs
from cx280.alarms.queries.told import line_of
from cx280.alarms.rules.digests import Digest, Story, digest_of
from cx280.alarms.rules.flips import times_of
from cx280.alarms.rules.vocabulary import Pace, State

# What was over before is in no digest, the longest of which tells of a month.
_OLDEST = timedelta(days=63)


def contacts_with_digests() -> list[Contact]:
    """The contacts in use that want their alarms together."""
    wanted = Contact.objects.filter(enabled=True).exclude(pace=Pace.AT_ONCE.value)
    in_use = Q(person__isnull=True) | Q(person__is_active=True)
    return list(wanted.filter(in_use).select_related("person", "unit"))


def digest_for(contact: Contact, now: datetime, zone: str) -> Digest | None:
    """The digest in words; None where nothing that is watched is theirs to see."""
    watched = Watch.objects.filter(theirs(contact, "service__owner"), is_current=True)
    services = dict(watched.values_list("service__name", "service__simulated"))
    stories = [_story(contact, each) for each in _incidents(contact, now)]
    if not services and not stories:
        return None
    simulated = bool(services) and all(services.values())
    pace = Pace.of(contact.pace)
    return digest_of(stories, services, pace, now, zone, simulated=simulated)


def all_alarms() -> str:
    """The address of the page with all of them."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('alarms:now')}"


def _incidents(contact: Contact, now: datetime) -> QuerySet[Incident]:
    mine = Part.objects.filter(theirs(contact, "watch__service__owner"))
    recent = Q(resolved_at__isnull=True) | Q(resolved_at__gte=now - _OLDEST)
    return Incident.objects.filter(recent, pk__in=mine.values("incident"))


def _story(contact: Contact, incident: Incident) -> Story:
    parts: list[Part] = list(parts_for(contact, incident))
    line = line_of(incident, parts)
    taken = times_of(history_of(incident)).to_acknowledge
    is_nobody_s = taken is None or incident.state == State.OPEN  # also when it was opened again
    return Story(
        incident=incident.pk,
        service=line.message.service,
        what=line.message.whole,
        opened_at=incident.opened_at,
        taken_at=None if is_nobody_s or taken is None else incident.opened_at + taken,
        over_at=incident.resolved_at,
        address=line.message.address,
        put_off_until=incident.snoozed_until,
        fell=tuple(line.services),
    )
