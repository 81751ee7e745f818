"""Reads incidents as pages, files and programs tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.alarms import access
from cx280.alarms.models import Delivery, Incident, Part
from cx280.alarms.queries.incidents import fallen, history_of, worsened
from cx280.alarms.queries.messages import place_of
from cx280.alarms.rules.flips import Times, times_of
from cx280.alarms.rules.message import Message, Told, message_of
from cx280.alarms.rules.sentences import facts_of, seen_of
from cx280.alarms.rules.vocabulary import Cause, Sending, State
from cx280.alarms.rules.wording import how_bad
from cx280.circular.implements import implements
from cx280.services.models import Service

# What fell so long before or after is worth seeing beside an incident.
AROUND = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in words, as far as its reader may see it."""

    incident: Incident
    message: Message
    parts: list[Part]
    state: State

    @property
    def title(self) -> str:
        """The headline whole: pages have room."""
        return self.message.whole

    @property
    def services(self) -> list[str]:
        """The names of the services that fell."""
        return list(dict.fromkeys(each.watch.service.name for each in self.parts))


def line_of(incident: Incident, parts: Sequence[Part]) -> Line:
    """The incident in words. parts: at least one, those that its reader may see."""
    simulated = all(each.watch.service.simulated for each in parts)
    place = place_of(incident, simulated=simulated)
    facts = facts_of(fallen(parts), timezone.get_current_timezone_name(), place)
    message = message_of(facts, Told.OPENED, smallest=settings.CX280_SMALLEST_CELL)
    return Line(incident, message, list(parts), State.of(incident.state))


def how_it_got_worse(line: Line) -> str:
    """How bad it had become when it was clearly worse; "" where it was not, for its reader."""
    flip = line.incident.flips.filter(cause=Cause.WORSENED).select_related("worsening").first()
    if flip is None or flip.worsening.part_id not in {each.pk for each in line.parts}:
        return ""
    _, worse = worsened(flip)
    return how_bad(seen_of(worse), settings.CX280_SMALLEST_CELL)


def lines_for(person: Person, incidents: Iterable[Incident]) -> list[Line]:
    """Each incident in words, in the order given."""
    return [line_of(each, access.parts_to_see(person, each)) for each in incidents]


def open_lines(person: Person) -> list[Line]:
    """What goes on: what nobody has taken first, then what somebody has, then what was put off."""
    order = {State.OPEN: 0, State.ACKNOWLEDGED: 1, State.SNOOZED: 2}
    found = lines_for(person, access.incidents_to_see(person).filter(resolved_at__isnull=True))
    return sorted(found, key=lambda line: order[line.state])


def lines_about(person: Person, service: Service) -> list[Line]:
    """What goes on in the service, as far as the person may see it; in the same order."""
    return [
        each
        for each in open_lines(person)
        if any(part.watch.service_id == service.pk for part in each.parts)
    ]


def untaken_of(
    services: Iterable[Service], offices: Iterable[tuple[Service, Organization]] = ()
) -> list[Line]:
    """What nobody has taken of these services, or of these offices of services, the newest first,
    in one query."""
    mine = Q(watch__service__in=list(services))
    for service, unit in offices:
        mine |= Q(watch__service=service, watch__unit__path__startswith=unit.path)
    parts = Part.objects.filter(mine, incident__state=State.OPEN.value).select_related(
        "incident__owner", "watch__service"
    )
    found: dict[int, list[Part]] = {}
    for each in parts.order_by("-incident__opened_at", "-incident_id", "pk"):
        found.setdefault(each.incident_id, []).append(each)
    return [line_of(each[0].incident, each) for each in found.values()]


@dataclass(frozen=True, slots=True)
class Past:
    """One incident of the history with how long it took."""

    line: Line
    times: Times


@dataclass(frozen=True, slots=True)
class Middle:
    """Half of them took no longer; None where there are none. n: how many it rests on."""

    value: timedelta | None
    n: int


@implements("280.7-h3")
def middle(values: Iterable[timedelta | None]) -> Middle:
    """The median of those that are known."""
    known = [each.total_seconds() for each in values if each is not None]
    return Middle(timedelta(seconds=median(known)) if known else None, len(known))


def pasts(person: Person, incidents: Iterable[Incident]) -> list[Past]:
    """Each incident with the time to acknowledge and to resolve it."""
    return [Past(each, times_of(history_of(each.incident))) for each in
            lines_for(person, incidents)]  # fmt: skip


def moved_with(person: Person, line: Line) -> list[Line]:
    """Other incidents of the person's services that began within a day of this one."""
    first = min(each.since for each in line.parts)
    last = max(each.end for each in line.parts)
    near = access.incidents_to_see(person).filter(
        pk__in=Part.objects.filter(since__lt=last + AROUND, end__gt=first - AROUND).values(
            "incident"
        )
    )
    return lines_for(person, near.exclude(pk=line.incident.pk)[:10])


@dataclass(frozen=True, slots=True)
class Telling:
    """How many contacts were told of an incident, and what became of the others, in words."""

    sent: int
    waiting: int
    failed: list[str]
    first_at: datetime | None


def telling_of(incident: Incident) -> Telling:
    """Who was told, without addresses."""
    rows = list(Delivery.objects.filter(flip__incident=incident).select_related("contact"))
    sent = [each.sent_at for each in rows if each.sent_at is not None]
    return Telling(
        len(sent),
        sum(each.state in {Sending.WAITING, Sending.CLAIMED} for each in rows),
        [f"{each.contact.get_channel_display()}: {each.last_error}" for each in rows
         if each.state == Sending.FAILED],
        min(sent, default=None),
    )  # fmt: skip
