"""What the alarms find in the simulated data, had they looked all along, and what people did then.

Nothing is planted here: watches, detectors and incidents are those of every agency. Only the clock
is moved: each look is taken as of the moment at which the worker would have taken it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from cx280.accounts.models import Person
from cx280.alarms.actions.look import Outcome, take_look
from cx280.alarms.actions.turns import acknowledge, add_note, link_action, resolve
from cx280.alarms.actions.watching import bring_up, plan_maintenance
from cx280.alarms.models import Incident, Watch
from cx280.alarms.queries.known import known_of, working_services
from cx280.alarms.queries.series import SETTLED, VISITS_SETTLED, Record
from cx280.alarms.queries.watching import current_watches
from cx280.alarms.rules.looking import looks_at
from cx280.alarms.rules.looks import Look
from cx280.alarms.rules.series import DAY
from cx280.alarms.rules.vocabulary import Kind, State
from cx280.alarms.rules.watches import Sensitivity, default_watches, share_of
from cx280.services.models import Service
from cx280.site.demo.plan import Plan, Trouble
from cx280.site.demo.records import Built

# So many days before the last one the alarms begin to look; figures by the hour are many.
_BACK, _BACK_BY_HOUR = 28, 3
# What is older than that was dealt with: taken the same morning, closed after so many days at last.
_OLD, _MORNING, _CLOSED = timedelta(days=3), timedelta(hours=6, minutes=12), timedelta(days=9)
_QUIET_FROM_NOW = timedelta(days=3650)
_NOTHING = "Nothing had changed on our side, and the comments say nothing new. We watch it."


@dataclass(frozen=True, slots=True)
class _Due:
    """A look, and the moment at which the worker would have taken it."""

    at: datetime
    watch: Watch
    look: Look
    is_last: bool

    @property
    def is_of_survey(self) -> bool:
        """Whether people answered it; what broke on the website waits for whoever reads this."""
        return Kind.of(self.watch.kind).is_of_survey


def raise_alarms(plan: Plan, built: Built, today: date) -> int:
    """Looks at the services in trouble up to the last simulated day; how many incidents there are.

    The others are looked at by the worker, from its first minute on: looking at all of them over
    weeks would make loading slower, and find nothing.
    """
    end = datetime.combine(today, time(4), ZoneInfo(settings.TIME_ZONE))
    troubled = {each.service for each in plan.troubles}
    due = [each for service in working_services()
           if service.code in troubled or service.sites.exists()
           for each in _looks_at(service, end)]  # fmt: skip
    going_on: set[int] = set()
    for each in sorted(due, key=lambda one: (one.at, one.watch.pk)):
        if not (each.look.told or each.is_last or each.watch.pk in going_on):
            continue  # nothing comes of it
        outcome = take_look(each.watch, each.look, each.at)
        if outcome in {Outcome.OPENED, Outcome.JOINED}:
            going_on.add(each.watch.pk)
        if outcome is Outcome.OPENED and each.is_of_survey and each.at < end - _OLD:
            _take(each, plan, built, today)
    _close_what_is_old(built.people["program_manager"], end)
    _rest(end, built.people["program_manager"])
    return Incident.objects.count()


def _looks_at(service: Service, end: datetime) -> Iterator[_Due]:
    bring_up(service, default_watches(known_of(service)))
    record, watches = Record(service, end), current_watches(service)
    kinds = [Kind.of(each.kind) for each in watches]
    for watch, kind in zip(watches, kinds, strict=True):
        series = record.series_of(watch)
        if series is None or not series.starts:
            continue
        by_day = series.step >= DAY
        back = _BACK if by_day else _BACK_BY_HOUR * 24
        looks = looks_at(
            kind, watch.key, series, a_month=share_of(Sensitivity.ONE.a_month, kind, kinds),
            smallest=settings.CX280_SMALLEST_CELL, since=max(len(series.starts) - back, 0),
            drawn=False,
        )  # fmt: skip
        for at, look in enumerate(looks, start=1):
            settled = look.end + (VISITS_SETTLED if by_day else SETTLED)
            yield _Due(settled, watch, look, at == len(looks))


def _take(due: _Due, plan: Plan, built: Built, today: date) -> None:
    """The program manager has it the same morning, and says what was found out and done."""
    manager, morning = built.people["program_manager"], due.at + _MORNING
    incident = Incident.objects.get(parts__watch=due.watch, parts__over_at=None)
    trouble = _behind(due, plan, today)
    acknowledge(incident, by=manager, now=morning, note="I am asking the office.")
    add_note(incident, text=trouble.done if trouble else _NOTHING, by=manager,
             now=morning + timedelta(hours=5))  # fmt: skip
    if trouble:
        link_action(incident, text=trouble.action, url="", by=manager)


def _behind(due: _Due, plan: Plan, today: date) -> Trouble | None:
    """What went wrong on the day that the look is at."""
    return next(
        (each for each in plan.troubles
         if due.watch.service.code == each.service and each.fell_on(due.look.period.date(), today)),
        None,
    )  # fmt: skip


def _close_what_is_old(manager: Person, end: datetime) -> None:
    """Most end by themselves; what somebody has had for long is closed by hand."""
    for each in Incident.objects.filter(state=State.ACKNOWLEDGED, opened_at__lt=end - _CLOSED):
        resolve(each, by=manager, now=each.opened_at + _CLOSED, note="It is as it was before.")


def _rest(end: datetime, manager: Person) -> None:
    """Nobody visits or answers after the last simulated day, and that is no alarm."""
    for service in working_services():
        plan_maintenance(
            service, starts_at=datetime.combine(end.date(), time(), end.tzinfo),
            ends_at=end + _QUIET_FROM_NOW, by=manager,
            reason="The simulated data end here: nobody visits or answers any more.",
        )  # fmt: skip
