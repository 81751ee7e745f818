"""Counts events of the lake into facts: what came since the last time, or some days anew.

Safe to run twice, by two at once, and to be killed anywhere. What a part was counted from stands
beside it (`DayFacts.read`), read before the counting begins: whatever comes meanwhile is another
number the next time. Who finds that another has counted a part since, leaves it to the next run.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cx280.telemetry.actions.orders import settle_orders
from cx280.telemetry.models import CountedDay, Counting, DayFacts
from cx280.telemetry.queries.counting import ALL_PARTS, FIRST_PARTS, Part, parts
from cx280.telemetry.queries.facts import by_hour
from cx280.telemetry.queries.lake import Kept, kept_by_day, mark
from cx280.telemetry.queries.orders import counted_otherwise, orders
from cx280.telemetry.queries.uncounted import (
    Row,
    Uncounted,
    changed_days,
    local_days_of,
    uncounted,
)
from cx280.telemetry.rules.facts import DIMENSIONS, FUNNELS, packed
from cx280.telemetry.rules.local_days import LocalDay, local_day

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Done:
    """What was counted: days of services, their parts; whether something is left for later.

    late: events left out, as their days were final.
    """

    days: set[tuple[int, date]] = field(default_factory=set)
    parts: int = 0
    late: int = 0
    is_behind: bool = False
    milliseconds: int = 0
    out_of: float | None = None
    _began: float = field(default_factory=time.process_time)

    @property
    def is_spent(self) -> bool:
        """Whether it has taken the processor time it may."""
        return self.out_of is not None and time.process_time() - self._began >= self.out_of

    def close(self) -> Done:
        """Itself, with the processor time that it took."""
        self.milliseconds = round((time.process_time() - self._began) * 1000)
        return self


def count_lake(now: datetime, *, seconds: float | None = None) -> Done:
    """Counts what came into the lake since it was last counted.

    First what pages ask for, newest days first, then the rest. seconds: of processor time, after
    which no further day is begun; what is left is `is_behind`.
    """
    done = Done(out_of=seconds)
    seen, kept = mark(), kept_by_day()
    changed = changed_days(kept)
    days = local_days_of(changed)
    due = [local_day(each, settings.TIME_ZONE) for each in _due_days(now)]
    found = uncounted(_together(days, due), kept, now)
    _say_late(found, done)
    _count(found, FIRST_PARTS, now, done)
    _count(found, DIMENSIONS, now, done)
    _count_in_new_orders(kept, now, done)
    done.close()
    _note(now, seen, {day: kept[day].rows for day in changed}, done)
    return done


def count_days(days: Iterable[date], now: datetime) -> Done:
    """Counts whatever is not counted yet of these local days, all of it."""
    done = Done()
    kept = kept_by_day()
    local = [local_day(each, settings.TIME_ZONE) for each in days]
    _count(uncounted(local, kept, now), ALL_PARTS, now, done)
    return done.close()


def count_again(first: date, last: date, now: datetime) -> Done:
    """Counts these local days anew, both included, whether or not they seem right.

    Days that are final stay as they are: events of theirs may be forgotten.
    """
    done = Done()
    kept = kept_by_day()
    days = [first + timedelta(each) for each in range((last - first).days + 1)]
    local = [local_day(each, settings.TIME_ZONE) for each in reversed(days)]
    _count(uncounted(local, kept, now, again=True), ALL_PARTS, now, done)
    _count_in_new_orders(kept, now, done)
    return done.close()


def _due_days(now: datetime) -> list[date]:
    due = DayFacts.objects.filter(due_at__lte=now, is_final=False)
    return list(due.order_by("day").values_list("day", flat=True).distinct())


def _together(days: Sequence[LocalDay], more: Sequence[LocalDay]) -> list[LocalDay]:
    by_day = {each.day: each for each in (*days, *more)}
    return [by_day[day] for day in sorted(by_day, reverse=True)]


def _count(found: Iterable[Uncounted], wanted: Sequence[str], now: datetime, done: Done) -> None:
    """Counts those of the wanted parts that are stale, a day after the other."""
    for each in found:
        for same, services in _alike(each, wanted).items():
            if done.is_spent:
                done.is_behind = True
                return
            _count_day(each, same, services, now, done)


def _alike(found: Uncounted, wanted: Sequence[str]) -> dict[tuple[str, ...], dict[int, int]]:
    """The services that lack the same parts, with their rows, by those parts."""
    groups: dict[tuple[str, ...], dict[int, int]] = {}
    for service, stale in found.stale.items():
        lacking = tuple(part for part in wanted if part in stale)
        if lacking:
            groups.setdefault(lacking, {})[service] = found.rows_of(service, FUNNELS)
    return groups


def _count_day(
    found: Uncounted, wanted: Sequence[str], services: dict[int, int], now: datetime, done: Done
) -> None:
    known = orders()
    for counted in parts(found.day, services, wanted, known, now):
        _keep(counted, found, now, done)
    done.days |= {(service, found.day.day) for service in services}
    if FUNNELS in wanted:
        settle_orders(services, timezone.localdate(now))


def _keep(counted: Sequence[Part], found: Uncounted, now: datetime, done: Done) -> None:
    """Keeps the parts in one transaction; those that another has counted meanwhile stay."""
    new: list[DayFacts] = []
    with transaction.atomic():
        for part in counted:
            whole = part.name.removesuffix(by_hour(""))
            before = found.kept.get((part.service, whole))
            row = DayFacts(
                service_id=part.service, day=found.day.day, part=part.name,
                body=packed(part.body), events=found.own.get(part.service, 0),
                read=found.rows_of(part.service, whole), counted_at=now,
                due_at=part.due_at, made_with=part.made_with,
            )  # fmt: skip
            if before is None:
                new.append(row)
            elif not _replaced(row, before):
                done.is_behind = True
        kept = DayFacts.objects.bulk_create(new, ignore_conflicts=True)
        done.is_behind |= _count_of(kept, now) < len(new)
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
    return DayFacts.objects.filter(
        day=rows[0].day, counted_at=now,
        service__in={each.service_id for each in rows}, part__in={each.part for each in rows},
    ).count()  # fmt: skip


def _count_in_new_orders(kept: Mapping[date, Kept], now: datetime, done: Done) -> None:
    """Counts the flows of days anew whose steps are asked for in another order by now."""
    otherwise = counted_otherwise()
    days = [local_day(each, settings.TIME_ZONE) for each in sorted(otherwise, reverse=True)]
    for each in uncounted(days, kept, now, again=True):
        wrong = set(otherwise[each.day.day])
        stale = {service: [FUNNELS] for service in each.stale if service in wrong}
        _count([replace(each, stale=stale)], [FUNNELS], now, done)


def _say_late(found: Iterable[Uncounted], done: Done) -> None:
    for each in found:
        for service, events in each.late.items():
            done.late += events
            log.warning(
                "%d events of service %d came too late for %s: its facts are final",
                events, service, each.day.day,
            )  # fmt: skip


def _note(now: datetime, seen: str, rows: Mapping[date, int], done: Done) -> None:
    """How far the lake is counted. What is left makes the next run look at the same again."""
    with transaction.atomic():
        state, _ = Counting.objects.get_or_create(id=1)
        if done.is_behind:
            state.behind_since = state.behind_since or now
        else:
            state.behind_since, state.mark = None, seen
            for day, count in rows.items():
                CountedDay.objects.update_or_create(day=day, defaults={"rows": count})
        state.finished_at, state.milliseconds = timezone.now(), done.milliseconds
        state.save()
