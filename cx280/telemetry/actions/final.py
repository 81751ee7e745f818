"""Makes facts final before the events they were counted from may be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Q

from cx280.circular.implements import implements
from cx280.telemetry.actions.facts import count_days
from cx280.telemetry.models import CountedDay, DayFacts
from cx280.telemetry.queries.lake import Kept, Look
from cx280.telemetry.queries.sites import fewest_days
from cx280.telemetry.queries.uncounted import changed_days, day_in, touched_days

# Another worker may count the same days meanwhile; then it is looked again.
_TRIES = 3


@implements("280.7-f2")
def make_final(now: datetime, today: date) -> int:
    """How many parts of days are final from now on; what is not counted of them is counted first.

    Final are days of which an event, or one of the day before, may be forgotten today. Facts of
    them are never replaced: what is forgotten would be missing.
    """
    last = {
        service: _last_final(today - timedelta(days=days))
        for service, days in fewest_days().items()
    }
    ending = DayFacts.objects.filter(_of(last), is_final=False) if last else DayFacts.objects.none()
    days = set(ending.values_list("day", flat=True).distinct())
    if last:
        changed = touched_days(changed_days(Look()))
        days |= {each for each in changed if each <= max(last.values())}
    for _ in range(_TRIES if days else 0):
        if not count_days(days, now).is_behind:
            break
    return ending.update(is_final=True) if days else 0


def _of(last: Mapping[int, date]) -> Q:
    """Days of each service up to its last."""
    found = Q()
    for service, day in last.items():
        found |= Q(service=service, day__lte=day)
    return found


def _last_final(first_kept: date) -> date:
    """The last local day that is counted from a day of the lake before the first that is kept."""
    day = first_kept + timedelta(days=2)
    while day_in(day).before.date() >= first_kept:
        day -= timedelta(days=1)
    return day


def forget_counts(before: Mapping[date, Kept]) -> None:
    """Looks again at days of the lake that have lost rows since `before`.

    Else as many late rows as were lost would look like no change.
    """
    after = Look().kept
    lost = [day for day, each in before.items() if each.rows != after.get(day, Kept(0, 0)).rows]
    CountedDay.objects.filter(day__in=lost).delete()
