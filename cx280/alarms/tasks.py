"""Jobs of alarms that run on a schedule; each is safe to run twice, and by two workers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from time import monotonic

from django.conf import settings
from django.utils import timezone

from cx280.alarms.actions.delivering import drop_what_is_over, give_back, ring
from cx280.alarms.actions.digests import send_digest_to
from cx280.alarms.actions.look import Outcome, take_look
from cx280.alarms.actions.sending import deliver
from cx280.alarms.actions.watching import bring_up, keep_replay
from cx280.alarms.models import Watch
from cx280.alarms.queries.digests import contacts_with_digests
from cx280.alarms.queries.known import known_of, working_services
from cx280.alarms.queries.series import Record
from cx280.alarms.queries.watching import a_month_of, can_tell, current_watches, was_replayed
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import default_watches, share_of
from cx280.services.models import Service

# Seconds after which no further digest is begun.
_LONG = 20.0
# The last days of a history that are played again; what is before is learned from.
REPLAYED_DAYS, REPLAYED_EVERY = 28, 7


def look_at_what_is_watched(now: datetime) -> int:
    """How many incidents were opened. What is watched is brought up before."""
    opened = 0
    for service in working_services():
        bring_up(service, default_watches(known_of(service)))
        opened += _look_at(service, now)
    return opened


def _look_at(service: Service, now: datetime) -> int:
    watches, record = current_watches(service), Record(service, now)
    a_month = a_month_of(service)
    today = timezone.localdate(now)
    if watches and not was_replayed(service, since=today - timedelta(days=REPLAYED_EVERY - 1)):
        _replay(service, watches, record, today)
    # At the first look nobody knows yet which of them have something to look at.
    able = [_kind(each) for each in watches if can_tell(each)] or [
        _kind(each) for each in watches if each.enabled
    ]
    return sum(
        _look(each, record, share_of(a_month, _kind(each), able), now)
        for each in watches
        if each.enabled and (each.looked_to is None or each.looked_to < record.over(_kind(each)))
    )


def _look(watch: Watch, record: Record, a_month: float, now: datetime) -> int:
    """How many incidents were opened by the periods that are over and not looked at yet.

    Of a new watch only the last period is looked at: what was before is history.
    """
    from cx280.alarms.rules.looking import looks_at  # loads numpy

    series = record.series_of(watch)
    if series is None or not series.starts:
        return 0
    last = len(series.starts) - 1
    since = last if watch.looked_to is None else next(
        (at for at in range(last + 1) if series.end(at) > watch.looked_to), last + 1
    )  # fmt: skip
    looks = looks_at(
        _kind(watch), watch.key, series, a_month=a_month,
        smallest=settings.CX280_SMALLEST_CELL, since=since,
        drawn=watch.parts.filter(over_at__isnull=True).exists(),
    )  # fmt: skip
    return [take_look(watch, each, now) for each in looks].count(Outcome.OPENED)


def _replay(service: Service, watches: list[Watch], record: Record, today: date) -> None:
    """What each choice would have told over the history that hours are kept of."""
    from cx280.alarms.rules.replaying import replayed  # loads numpy

    first = datetime.combine(today - timedelta(days=REPLAYED_DAYS), time(0), record.zone)
    given = [(_kind(each), each.key, record.series_of(each)) for each in watches if each.enabled]
    told = replayed(service.pk, [each for each in given if each[2] is not None], first)
    keep_replay(service, told=told, days=REPLAYED_DAYS, today=today)


def _kind(watch: Watch) -> Kind:
    return Kind.of(watch.kind)


def tell_of_incidents(now: datetime) -> int:
    """How many messages were taken by their receivers."""
    ring(now)
    drop_what_is_over(now)
    return deliver(now)


def give_back_lost_deliveries(now: datetime) -> int:
    """How many deliveries of workers that are gone wait again."""
    return give_back(now)


def send_digests_of_alarms(now: datetime) -> int:
    """How many contacts got their digest; a mail server that hangs leaves the rest to the next run.

    Alone beside the worker, so that it holds nobody else.
    """
    sent, until = 0, monotonic() + _LONG
    for each in contacts_with_digests():
        if monotonic() > until:
            break
        sent += send_digest_to(each, now)
    return sent
