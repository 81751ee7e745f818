"""Reads what people wrote in the days of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.alarms.models import Incident, Part
from cx280.measures.access import comments_within

# So many are shown; the others stand on the page of comments.
_MOST = 5
# A change that began long ago is told by what was written last.
_LONGEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Words:
    """A comment: what could name a person was taken out before it was stored."""

    text: str
    day: date
    service: str
    rating: str  # high, middle, low; "" where nothing was rated
    language: str


def words_of(person: Person, incident: Incident, parts: Sequence[Part]) -> list[Words]:
    """Comments on the services that fell, of those days, that the person may read; low ones first.

    parts: those of the incident that the person may see.
    """
    last = max(timezone.localtime(each.latest_end).date() for each in parts)
    first = min(timezone.localtime(each.since).date() for each in parts)
    low_first = Case(When(rating="low", then=Value(0)), default=Value(1),
                     output_field=IntegerField())  # fmt: skip
    found = (
        comments_within(person, incident.agency)
        .filter(
            service__in={each.watch.service_id for each in parts},
            day__range=(max(first, last - _LONGEST), last),
        )
        .select_related("service")
        .order_by(low_first, "-day", "-pk")
    )
    return [Words(each.text, each.day, each.service.name, each.rating, each.language)
            for each in found[:_MOST]]  # fmt: skip
