"""Comments that cannot wait: which there are, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cx280.accounts.models import Assignment
from cx280.accounts.rules import Role
from cx280.responses.models import (
    Concern,
    ConcernContact,
)
from cx280.responses.rules.urgency import InTime, in_time
from cx280.services.models import Service


def concerns() -> QuerySet[Concern]:
    """Every concern with its comment and where it was written, the newest first."""
    return Concern.objects.select_related(
        "comment__service__owner", "comment__unit", "seen_by", "handled_by"
    )


def concerns_to_mail() -> QuerySet[Concern]:
    """Those nobody was told of yet and nobody has taken."""
    return concerns().filter(mailed_at=None, state=Concern.State.NEW)


def open_concerns(about: Q) -> tuple[int, int]:
    """How many concerns nobody has, and how many somebody has but has not closed.

    about: which of them, in terms of `Concern` fields.
    """
    states = Concern.objects.filter(about).exclude(state=Concern.State.HANDLED)
    found = dict(states.order_by().values_list("state").annotate(n=Count("*")))
    return found.get(Concern.State.NEW, 0), found.get(Concern.State.SEEN, 0)


def told_about(service: Service) -> list[str]:
    """The addresses told when a comment on the service cannot wait; empty when there are none."""
    return told([service])[0][1]


def told(services: Iterable[Service]) -> list[tuple[Service, list[str]]]:
    """Each service with the addresses told at once, in three queries for any number of them.

    Whoever is named for the service; else for its owner or the nearest unit above; else the CX
    leads of these units.
    """
    given = list(services)
    above = {each.pk: _units_above(each) for each in given}
    every = {unit for units in above.values() for unit in units}
    contacts = ConcernContact.objects.filter(Q(service__in=given) | Q(organization__in=every))
    named = {("service", each.service_id): each.email for each in contacts}
    named |= {("unit", each.organization_id): each.email for each in contacts}
    leads = _leads_of(every)
    found = []
    for service in given:
        places = [("service", service.pk), *(("unit", unit) for unit in above[service.pk])]
        first = next((named[place] for place in places if place in named), None)
        everyone = {email for unit in above[service.pk] for email in leads.get(unit, ())}
        found.append((service, [first] if first else sorted(everyone)))
    return found


def _units_above(service: Service) -> list[int]:
    """The owner and the units above it, the nearest first."""
    return [int(each) for each in reversed(service.owner.path.strip("/").split("/"))]


def _leads_of(units: Iterable[int]) -> dict[int, list[str]]:
    """The addresses of the CX leads of each unit today."""
    today = timezone.localdate()
    leads = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        role=Role.CX_LEAD.value,
        organization__in=units,
        since__lte=today,
        person__is_active=True,
    )
    found: dict[int, list[str]] = {}
    for unit, email in leads.values_list("organization", "person__email"):
        if unit is not None:
            found.setdefault(unit, []).append(email)
    return found


def waiting_concerns(found: QuerySet[Concern]) -> list[Concern]:
    """Those not handled yet: what nobody has first, then the oldest."""
    waiting = found.exclude(state=Concern.State.HANDLED).order_by("found_at", "pk")
    return sorted(waiting, key=lambda each: each.state != Concern.State.NEW)


def handled_concerns(found: QuerySet[Concern]) -> QuerySet[Concern]:
    """Those handled, the latest first."""
    return found.filter(state=Concern.State.HANDLED).order_by("-handled_at", "pk")


def contact_of(service: Service) -> dict[str, str]:
    """Name and address of who is named for the service; empty when nobody is."""
    named = ConcernContact.objects.filter(service=service).first()
    return {"name": named.name, "email": named.email} if named else {}


def concerns_in_time(found: QuerySet[Concern], now: datetime) -> InTime:
    """How many of those found within a year were handled in time."""
    lately = found.filter(found_at__gte=now - timedelta(days=365))
    return in_time(lately.values_list("found_at", "handled_at"), now)
