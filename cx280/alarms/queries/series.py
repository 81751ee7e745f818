"""Reads the series of a service's watches from facts: never from events or answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone

from cx280.alarms.models import Watch
from cx280.alarms.queries.answers import Answered, answered
from cx280.alarms.rules.series import DAY, HOUR, Series
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import flow_and_place
from cx280.kernel.quiet_days import is_quiet
from cx280.measures.models import Refresh
from cx280.services.models import Service
from cx280.telemetry.models import Counting, Flow
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.flows import life_of
from cx280.telemetry.rules.facts import TOTALS, FlowFacts, SpeedFacts
from cx280.telemetry.rules.flows import marks

# So much is learned from; more would only be slower.
DAYS, HOURS_OF_DAYS = 280, 56
# Events of an hour have had their time when it has been over for that long, visits of a day longer.
SETTLED, VISITS_SETTLED = timedelta(minutes=10), timedelta(hours=2)


class Record:
    """What is known of a service up to now; each part is read when first asked for."""

    def __init__(self, service: Service, now: datetime) -> None:
        self.service = service
        self.now = now
        self.zone = timezone.get_current_timezone()
        self._known_to = _counted_to(now)

    def over(self, kind: Kind) -> datetime:
        """Up to when periods of that kind are over, counted and settled: their end."""
        if kind is Kind.EVENTS_BY_HOUR:
            to = (self._known_to - SETTLED).astimezone(UTC)
            return to.replace(minute=0, second=0, microsecond=0)
        if kind.is_of_survey:
            zone = ZoneInfo(self.service.owner.time_zone)
            return _midnight(min(self.now, self._answers_known_to).astimezone(zone).date(), zone)
        return _midnight((self._known_to - VISITS_SETTLED).astimezone(self.zone).date(), self.zone)

    @cached_property
    def _answers_known_to(self) -> datetime:
        return _answers_counted_to(self.now)

    def series_of(self, watch: Watch) -> Series | None:
        """What the watch looks at; None where nothing is known of it."""
        kind = Kind.of(watch.kind)
        if kind is Kind.EVENTS_BY_HOUR:
            return self._hours(watch.key)
        if kind.is_of_survey:
            return self._score(watch.key, watch.unit_id) if kind.is_score else self._answers()
        if kind in {Kind.EVENTS_BY_DAY, Kind.DRIFT}:
            return self._counted(self.first_day, self._by_day.get(watch.key, {}))
        if kind is Kind.SPEED:
            return self._speed(watch.key)
        return self._flow(kind, watch.key)

    @cached_property
    def first_day(self) -> date | None:
        """The first local day with facts, of those that are learned from."""
        first = facts.first_day(self.service.pk)
        return max(first, self._last_day - timedelta(days=DAYS)) if first else None

    @property
    def _last_day(self) -> date:
        """The last local day that is over."""
        return self.over(Kind.EVENTS_BY_DAY).astimezone(self.zone).date() - timedelta(days=1)

    @cached_property
    def _by_day(self) -> dict[str, Counter[date]]:
        found: dict[str, Counter[date]] = {}
        first = self.first_day
        if first is None:
            return found
        for day, each in facts.figures(self.service.pk, first, self._last_day, TOTALS,
                                       by=facts.KIND):  # fmt: skip
            found.setdefault(each.kind, Counter())[day] += each.events
        return found

    @cached_property
    def _by_hour(self) -> dict[str, Counter[int]]:
        """Events by the UTC hour, in seconds since 1970."""
        last = self.now.astimezone(self.zone).date()
        found: dict[str, Counter[int]] = {}
        for _, each in facts.figures(self.service.pk, last - timedelta(days=HOURS_OF_DAYS), last,
                                     TOTALS, hours=True):  # fmt: skip
            found.setdefault(each.kind, Counter())[each.hour] += each.events
        return found

    def _hours(self, key: str) -> Series | None:
        """Hours without events have none: nothing is left out."""
        first = min((hour for each in self._by_hour.values() for hour in each), default=None)
        end = int(self.over(Kind.EVENTS_BY_HOUR).timestamp())
        if first is None:
            return None
        hours = range(first, end, 3600)
        starts = [datetime.fromtimestamp(each, self.zone) for each in hours]
        seen = self._by_hour.get(key, Counter())
        closed = [is_quiet(each.date()) for each in starts]
        return Series(starts, HOUR, [seen[each] for each in hours], closed)

    def _counted(self, first: date | None, seen: Mapping[date, int]) -> Series | None:
        if first is None:
            return None
        days = _days(first, self._last_day)
        return Series(
            [_midnight(each, self.zone) for each in days], DAY,
            [seen.get(each, 0) for each in days], [is_quiet(each) for each in days],
        )  # fmt: skip

    def _shared(
        self, first: date | None, good: Mapping[date, int], of: Mapping[date, int]
    ) -> Series | None:
        found = self._counted(first, good)
        if found is None or first is None:
            return None
        days = _days(first, self._last_day)
        return Series(found.starts, found.step, found.seen, found.closed,
                      [of.get(each, 0) for each in days])  # fmt: skip

    @cached_property
    def _flow_days(self) -> dict[str, dict[date, FlowFacts]]:
        found: dict[str, dict[date, FlowFacts]] = {}
        if self.first_day is not None:
            for day, each in facts.flows(self.service.pk, self.first_day, self._last_day):
                found.setdefault(each.flow, {})[day] = each
        return found

    def _flow(self, kind: Kind, key: str) -> Series | None:
        """The series begins anew where the flow was launched, optimised or took another's place."""
        name, place = flow_and_place(key) if kind is Kind.STEP else (key, 0)
        flow = Flow.objects.filter(service=self.service, key=name).first()
        if flow is None or self.first_day is None:
            return None
        begun = [each.on for each in marks(life_of(flow)) if each.on <= self._last_day]
        first = max([self.first_day, *begun])
        days = {day: each for day, each in self._flow_days.get(name, {}).items() if day >= first}
        if kind is Kind.FLOW:
            return self._counted(first, {day: each.finished for day, each in days.items()})
        if kind is Kind.COMPLETION:
            return self._shared(first, {day: each.finished for day, each in days.items()},
                                {day: each.started for day, each in days.items()})  # fmt: skip
        order = tuple(each for each, _ in flow.steps)
        reached = {day: _reached(each) for day, each in days.items() if each.order == order}
        return self._shared(
            first,
            {day: each[place + 1] for day, each in reached.items() if place + 1 < len(each)},
            {day: each[place] for day, each in reached.items() if place + 1 < len(each)},
        )

    @cached_property
    def _speed_days(self) -> list[tuple[date, SpeedFacts]]:
        first = self.first_day
        return [] if first is None else facts.speed(self.service.pk, first, self._last_day)

    def _speed(self, name: str) -> Series | None:
        poor: Counter[date] = Counter()
        loads: Counter[date] = Counter()
        for day, each in self._speed_days:
            if each.name == name:
                poor[day] += each.poor
                loads[day] += each.loads
        return self._shared(self.first_day, poor, loads)

    @cached_property
    def _answered(self) -> Answered:
        return answered(self.service, self.now.date() - timedelta(days=DAYS))

    def _answers(self) -> Series | None:
        return self._of_answers(self._answered.completed, None)

    def _score(self, construct: str, unit: int | None) -> Series | None:
        """Of one office, or of all."""
        good, all_ = self._answered.scores.get((construct, unit), (Counter(), Counter()))
        return self._of_answers(good, all_)

    def _of_answers(self, seen: Counter[date], of: Counter[date] | None) -> Series | None:
        first = min(of if of is not None else seen, default=None)
        zone = ZoneInfo(self.service.owner.time_zone)
        last = self.over(Kind.ANSWERS).astimezone(zone).date() - timedelta(days=1)
        if first is None or first > last:
            return None
        days = _days(first, last)
        return Series(
            [_midnight(each, zone) for each in days], DAY, [seen[each] for each in days],
            [is_quiet(each) for each in days], None if of is None else [of[each] for each in days],
        )  # fmt: skip


def _reached(day: FlowFacts) -> list[int]:
    """Visits at the start and at each place after it, none more than before."""
    return [day.started, *(each.visits for each in day.reached)]


def _counted_to(now: datetime) -> datetime:
    """Up to when events are counted: now, unless some have been waiting for longer."""
    behind = Counting.objects.values_list("behind_since", flat=True).first()
    return min(now, behind) if behind else now


def _answers_counted_to(now: datetime) -> datetime:
    counted = Refresh.objects.values_list("counted_to", flat=True).first()
    return now if counted is None else max(counted, now - timedelta(hours=1))


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(each) for each in range(first.toordinal(), last.toordinal() + 1)]


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(0), zone)
