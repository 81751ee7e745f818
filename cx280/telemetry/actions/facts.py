"""Counts events of the lake into facts: what came since the last time, or some days anew.

Safe to run twice, by two at once, and to be killed anywhere. What a part was counted from stands
beside it (`DayFacts.read`), read before the counting begins: whatever comes meanwhile is another
number the next time. Who finds that another has counted a part since, leaves it to the next run.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cx280.kernel.problem import Unusable
from cx280.telemetry.actions.done import Done
from cx280.telemetry.actions.orders import settle_orders
from cx280.telemetry.models import CountedDay, Counting, DayFacts
from cx280.telemetry.queries.counting import ALL_PARTS, FIRST_PARTS, Count, Part
from cx280.telemetry.queries.facts import by_hour
from cx280.telemetry.queries.lake import Look
from cx280.telemetry.queries.orders import counted_otherwise, orders
from cx280.telemetry.queries.uncounted import (
    Row,
    Uncounted,
    changed_days,
    touched_days,
    uncounted,
)
from cx280.telemetry.rules.batches import Batch, batches
from cx280.telemetry.rules.facts import DIMENSIONS, FUNNELS, packed
from cx280.telemetry.rules.local_days import counted_days
from cx280.telemetry.rules.pace import pause_after

log = logging.getLogger(__name__)
MOST_DAYS = 3660


def count_lake(now: datetime, *, seconds: float | None = None) -> Done:
    """Counts what came into the lake since it was last counted.

    First what pages ask for, newest days first, then the rest. seconds: of processor time, after
    which no further day is begun; what is left is `is_behind`.
    """
    done = Done(out_of=seconds)
    look = Look()
    changed = changed_days(look)
    days = sorted({*touched_days(changed), *_due_days(now)}, reverse=True)
    found = uncounted(days, look, now)
    _say_late(found, done)
    _count(found, FIRST_PARTS, look, now, done)
    _count(found if seconds is None else _rested(found, now, done), DIMENSIONS, look, now, done)
    _count_in_new_orders(look, now, done)
    done.close()
    _note(now, look, changed, done)
    return done


def count_days(days: Iterable[date], now: datetime, *, again: bool = False) -> Done:
    """Counts whatever is not counted yet of these local days, all of it.

    again: also what seems right. Days that are final stay as they are: events of theirs may be
    forgotten.
    """
    done = Done()
    look = Look()
    wanted = sorted(set(days), reverse=True)
    done.final = _final_of(wanted) if again else 0
    _count(uncounted(wanted, look, now, again=again), ALL_PARTS, look, now, done)
    _count_in_new_orders(look, now, done)
    return done.close()


def _final_of(days: Sequence[date]) -> int:
    """How many days of services are final among these."""
    kept = DayFacts.objects.filter(day__range=(days[-1], days[0]), is_final=True)
    return kept.values("service", "day").distinct().count()


def count_again(first: date, last: date, now: datetime) -> Done:
    """Counts the local days from first to last anew; Unusable where they are none or very many."""
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Unusable(
            f"From {first} to {last} is not a span of 1 to {MOST_DAYS} days.",
            fix="Say the first day before the last.",
        )
    days = [first + timedelta(each) for each in range((last - first).days + 1)]
    return count_days(days, now, again=True)


def _rested(found: Iterable[Uncounted], now: datetime, done: Done) -> list[Uncounted]:
    """Days whose rest was not counted just now; the others wait, so that pages need not."""
    rested = []
    for each in found:
        pause = pause_after(sum(each.rows_of(service, FUNNELS) for service in each.stale))
        if each.last_counted(DIMENSIONS) + pause > now:
            done.is_behind |= any(set(DIMENSIONS).intersection(s) for s in each.stale.values())
        else:
            rested.append(each)
    return rested


def _due_days(now: datetime) -> list[date]:
    due = DayFacts.objects.filter(due_at__lte=now, is_final=False)
    return list(due.values_list("day", flat=True).distinct())


def _count(
    found: Sequence[Uncounted], wanted: Sequence[str], look: Look, now: datetime, done: Done
) -> None:
    """Counts those of the wanted parts that are stale, newest days first."""
    by_day = {each.day: each for each in found}
    lacking = (
        (
            each.day,
            {service: [part for part in wanted if part in stale]
             for service, stale in sorted(each.stale.items(), key=each.longest_ago)},
            {service: each.rows_of(service, FUNNELS) for service in each.stale},
        )
        for each in found
    )  # fmt: skip
    for batch in batches(lacking):
        if done.is_spent:
            done.is_behind = True
            return
        _count_batch(batch, by_day, look, now, done)


def _count_batch(
    batch: Batch, found: Mapping[date, Uncounted], look: Look, now: datetime, done: Done
) -> None:
    days = counted_days(batch.first, batch.last, settings.TIME_ZONE)
    counted = Count(look, days, batch.services, now).parts(
        [part for part in ALL_PARTS if part in batch.parts], orders()
    )
    lacked = [each for each in counted if _is_stale(each, found)]
    _keep(lacked, found, now, done)
    done.days |= {(each.service, each.day) for each in lacked}
    if FUNNELS in batch.parts:
        settle_orders(batch.services, timezone.localdate(now))


def _is_stale(part: Part, found: Mapping[date, Uncounted]) -> bool:
    day = found.get(part.day)
    return day is not None and _whole(part.name) in day.stale.get(part.service, ())


def _whole(name: str) -> str:
    """The part that a part by the hour is counted with."""
    return name.removesuffix(by_hour(""))


def _keep(
    counted: Sequence[Part], found: Mapping[date, Uncounted], now: datetime, done: Done
) -> None:
    """Keeps the parts in one transaction; those that another has counted meanwhile stay."""
    new: list[DayFacts] = []
    with transaction.atomic():
        for part in counted:
            day, whole = found[part.day], _whole(part.name)
            before = day.kept.get((part.service, whole))
            row = DayFacts(
                service_id=part.service, day=part.day, part=part.name, body=packed(part.body),
                events=day.own.get(part.service, 0), read=day.rows_of(part.service, whole),
                counted_at=now, due_at=part.due_at, made_with=part.made_with,
            )  # fmt: skip
            if before is None:
                new.append(row)
            elif not _replaced(row, before):
                done.is_behind = True
        DayFacts.objects.bulk_create(new, ignore_conflicts=True, batch_size=200)
        done.is_behind |= _count_of(new, now) < len(new)
    done.parts += len(counted)


def _replaced(row: DayFacts, before: Row) -> bool:
    """Whether the row took the place of what was there when the counting began."""
    same = DayFacts.objects.filter(
        service=row.service_id, day=row.day, part=row.part, is_final=False,
        counted_at=before.counted_at,
    )  # fmt: skip
    names = ("body", "events", "read", "counted_at", "due_at", "made_with")
    return bool(same.update(**{name: getattr(row, name) for name in names}))


def _count_of(rows: Sequence[DayFacts], now: datetime) -> int:
    """How many of the rows are there as they were to be created."""
    if not rows:
        return 0
    here = DayFacts.objects.filter(counted_at=now, day__in={each.day for each in rows})
    wanted = {(each.service_id, each.day, each.part) for each in rows}
    return len(wanted.intersection(here.values_list("service", "day", "part")))


def _count_in_new_orders(look: Look, now: datetime, done: Done) -> None:
    """Counts the flows of days anew whose steps are asked for in another order by now."""
    otherwise = counted_otherwise()
    found = uncounted(sorted(otherwise, reverse=True), look, now, again=True)
    wrong = [
        replace(each, stale={service: [FUNNELS] for service in each.stale
                             if service in otherwise[each.day]})
        for each in found
    ]  # fmt: skip
    _count(wrong, [FUNNELS], look, now, done)


def _say_late(found: Iterable[Uncounted], done: Done) -> None:
    for each in found:
        for service, events in each.late.items():
            done.late += events
            log.warning(
                "%d events of service %d came too late for %s: its facts are final",
                events, service, each.day,
            )  # fmt: skip


def _note(now: datetime, look: Look, changed: Iterable[date], done: Done) -> None:
    """How far the lake is counted. What is left makes the next run look at the same again."""
    with transaction.atomic():
        state, _ = Counting.objects.get_or_create(id=1)
        if done.is_behind:
            state.behind_since = state.behind_since or now
        else:
            state.behind_since, state.mark = None, look.mark
            rows = [CountedDay(day=day, rows=look.kept[day].rows) for day in changed]
            CountedDay.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["day"], update_fields=["rows"]
            )
        state.finished_at, state.milliseconds = timezone.now(), done.milliseconds
        state.save()
