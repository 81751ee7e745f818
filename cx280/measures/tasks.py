"""Keeping the facts true: every few seconds what came in, every minute what came in late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.actions import (
    file_comments,
    note_filed,
    note_progress,
    note_topics,
    recount,
    recount_themes,
    store_driver_result,
    store_type_result,
)
from cx280.measures.models import CodebookUse, DayCount, OfferFact, PatternFact, Refresh
from cx280.measures.queries.codebooks import filing_for, filing_key, unread_comments
from cx280.measures.queries.drivers import worked_out
from cx280.measures.queries.drivers_due import questions_due
from cx280.measures.queries.service_types import type_worked_out, types_due
from cx280.measures.queries.topics import services_to_look_at, topics_in
from cx280.responses.models import Comment, OfferCount, Response
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion

VersionDay = tuple[int, date]
# A response is stored a moment after it was received; look back a little further than that.
OVERLAP = timedelta(seconds=90)
_BATCH = 2000  # comments filed in one transaction


@implements("280.10-l1")
def refresh_facts(now: datetime) -> int:
    """Counts what came in since the last time; how many (version, quarter) were recounted.

    Safe to run twice and by two workers at once. The first run counts everything.
    """
    began = Refresh.objects.filter(pk=1).values_list("counted_to", flat=True).first()
    pairs = Response.objects.order_by().values_list("version_id", "day")
    if began is None:
        touched = set(pairs.distinct())
    else:
        # No DISTINCT here: for it, SQLite would read the index of all answers by version and day.
        touched = _uncounted(set(pairs.filter(received_at__gt=began - OVERLAP).iterator()))
    done = _recount_all(touched)
    note_progress(counted_to=now, finished_at=timezone.now())
    return done


def reconcile(now: datetime) -> int:
    """Recounts every day whose number of responses differs from what was counted; how many
    (version, quarter) that was. Offers of the last days are brought up too.

    Finds what `refresh_facts` cannot: imported answers that carry the time they were given,
    answers taken out, and answers whose day changed. Reads one index, not the answers.
    """
    stored = _responses_a_day()
    counted = _counted_a_day()
    differ = {each for each in {*stored, *counted} if stored.get(each, 0) != counted.get(each, 0)}
    return _recount_all(differ) + _recount_offers(now)


def recheck(now: datetime, *, days: int = 120) -> int:
    """Recounts the days of which a unit, a channel or a suspicion was changed afterwards.

    Looks at the responses of the last `days` days in full; for once an hour.
    """
    since = timezone.localdate(now) - timedelta(days=days)
    place = ("version_id", "day", "unit_id", "channel")
    kept = Response.objects.filter(day__gte=since, suspected="").order_by().values_list(*place)
    counts = DayCount.objects.filter(day__gte=since, completed__gt=0).values_list(*place)
    stored = set(kept.annotate(n=Count("pk")))
    counted = set(counts.annotate(n=Sum("completed")))
    return _recount_all({(row[0], row[1]) for row in stored ^ counted})


def work_out_drivers(now: datetime, *, most: int = 20) -> int:
    """Works out what goes with trust and satisfaction, for pages to read; how many results.

    At most `most` a run, so that other jobs are not kept waiting; what changed is looked at again
    when its result is an hour old. Safe to run twice: a result replaces the one before.
    """
    done = 0
    for typed, digest in types_due(now, settings.CX280_SMALLEST_CELL):
        store_type_result(typed, type_worked_out(typed), made_from=digest, made_at=now)
        done += 1
        if done >= most:
            return done
    for pk in PatternFact.objects.order_by("service_id").values_list("service_id").distinct():
        service = Service.objects.get(pk=pk[0])
        for asked, digest in questions_due(service, now, settings.CX280_SMALLEST_CELL):
            finding = worked_out(asked, digest)
            if finding is not None:
                store_driver_result(asked, finding, made_from=digest, made_at=now)
                done += 1
            if done >= most:
                return done
    return done


def rebuild(version: SurveyVersion) -> int:
    """Recounts a version from its first answer to its last; how many quarters that was."""
    days = set(Response.objects.filter(version=version).order_by().values_list("day", flat=True))
    days |= set(DayCount.objects.filter(version=version).order_by().values_list("day", flat=True))
    days |= set(OfferCount.objects.filter(version=version).order_by().values_list("day", flat=True))
    quarters = {Quarter.of(day) for day in days}
    for quarter in sorted(quarters):
        recount(version, quarter)
    return len(quarters)


def _uncounted(touched: set[VersionDay]) -> set[VersionDay]:
    """Those of which the number of responses differs from the number counted: the overlap is
    looked at again each time, and rarely needs another count."""
    if not touched:
        return touched
    versions = {version for version, _ in touched}
    days = {day for _, day in touched}
    stored = _responses_a_day(version__in=versions, day__in=days)
    counted = _counted_a_day(version__in=versions, day__in=days)
    return {each for each in touched if stored.get(each, 0) != counted.get(each, 0)}


def _responses_a_day(**where: object) -> dict[VersionDay, int]:
    rows = Response.objects.filter(**where).order_by().values_list("version_id", "day")
    return {(version, day): n for version, day, n in rows.annotate(n=Count("pk"))}


def _counted_a_day(**where: object) -> dict[VersionDay, int]:
    rows = DayCount.objects.filter(**where).order_by().values_list("version_id", "day")
    counted = rows.annotate(n=Sum(F("completed") + F("suspected")))
    return {(version, day): n for version, day, n in counted}


def _recount_all(touched: Iterable[VersionDay]) -> int:
    by_quarter: dict[tuple[int, Quarter], set[date]] = {}
    for version_id, day in touched:
        by_quarter.setdefault((version_id, Quarter.of(day)), set()).add(day)
    versions = SurveyVersion.objects.select_related("survey").in_bulk(
        {version_id for version_id, _ in by_quarter}
    )
    for (version_id, quarter), days in sorted(by_quarter.items()):
        recount(versions[version_id], quarter, days=days)
    return len(by_quarter)


def _recount_offers(now: datetime) -> int:
    """Recounts the quarters of today and a few days back whose offers changed since."""
    today = timezone.localdate(now)
    done = 0
    for quarter in {Quarter.of(today), Quarter.of(today - timedelta(days=5))}:
        stored = _offers_stored(quarter)
        facts = OfferFact.objects.filter(
            starts_on=quarter.first_day, unit=None, channel="", version__in=stored
        )
        counted = {fact.version_id: (fact.offered, fact.started) for fact in facts}
        changed = {
            version_id
            for version_id, offers in stored.items()
            if not _says_the_same(counted.get(version_id), offers)
        }
        for version in SurveyVersion.objects.select_related("survey").filter(pk__in=changed):
            recount(version, quarter, days=())
            done += 1
    return done


Offers = tuple[int | None, int | None]  # offered, started


def _offers_stored(quarter: Quarter) -> dict[int, Offers]:
    rows = OfferCount.objects.filter(day__range=(quarter.first_day, quarter.last_day))
    summed = (
        rows.order_by()
        .values("version_id")
        .annotate(
            all_offered=Sum("offered"),
            all_started=Sum("started"),
            started_unknown=Count("pk") - Count("started"),
        )
    )
    return {
        row["version_id"]: (
            row["all_offered"],
            None if row["started_unknown"] else row["all_started"],
        )
        for row in summed
    }


def _says_the_same(counted: Offers | None, stored: Offers) -> bool:
    """An offered that is not counted (a plain link) is not compared."""
    if counted is None:
        return False
    return counted[1] == stored[1] and counted[0] in (None, stored[0])


def file_new_comments(now: datetime) -> int:
    """Reads and files the comments that came in since the last time; how many that was.

    Safe to run twice and by two workers at once. Nothing of a comment's words is ever logged.
    """
    del now  # what is unread is unread, whatever the hour
    return sum(_file(unread_comments(), agency) for agency in _agencies_of(unread_comments()))


def refile_comments(now: datetime) -> int:
    """Files all comments of each agency anew whose codebook changed, or which learned more from
    corrections; how many were looked at. An interrupted run is done again from the start.
    """
    looked_at = 0
    applied = dict(CodebookUse.objects.values_list("agency", "applied"))
    for agency in _agencies_of(Comment.objects.all()):
        key = filing_key(agency)
        if applied.get(agency.pk) == key:
            continue
        looked_at += _file(Comment.objects.order_by("pk"), agency)
        note_filed(agency, key=key, trials=filing_for(agency, key).trials, now=now)
    return looked_at


def recheck_themes(now: datetime) -> int:
    """Counts the themes of this quarter and the last one again, for comments whose office or
    suspicion was changed afterwards; how many (version, quarter) that was."""
    current = Quarter.of(timezone.localdate(now))
    pairs = {
        (version, quarter)
        for quarter in (current, current.plus(-1))
        for version in Comment.objects.filter(day__range=(quarter.first_day, quarter.last_day))
        .order_by()
        .values_list("version", flat=True)
        .distinct()
    }
    return _recount_themes(pairs)


def find_topics_in_comments(now: datetime) -> int:
    """Looks for topics in each service's comments of the last year; how many services had enough.

    The same comments give the same topics.
    """
    found = 0
    for service in services_to_look_at(timezone.localdate(now)):
        looked_at, topics = topics_in(service, timezone.localdate(now))
        note_topics(service, comments=looked_at, topics=topics, now=now)
        found += 1
    return found


def _agencies_of(comments: QuerySet[Comment]) -> list[Organization]:
    """The roots of the trees that the comments' services stand in."""
    paths = comments.order_by().values_list("service__owner__path", flat=True).distinct()
    roots = {int(path.split("/")[1]) for path in paths}
    return list(Organization.objects.filter(pk__in=roots).order_by("pk"))


def _file(comments: QuerySet[Comment], agency: Organization) -> int:
    """Files those of the comments that belong to the agency, a few thousand at a time."""
    filing = filing_for(agency)
    own = comments.filter(service__owner__path__startswith=agency.path)
    done, touched = 0, set[tuple[int, Quarter]]()
    last = 0
    while batch := list(own.filter(pk__gt=last)[:_BATCH]):
        touched |= file_comments(batch, filing)
        last = batch[-1].pk
        done += len(batch)
    _recount_themes(touched)
    return done


def _recount_themes(pairs: Iterable[tuple[int, Quarter]]) -> int:
    wanted = sorted(set(pairs))
    versions = SurveyVersion.objects.select_related("survey").in_bulk({pk for pk, _ in wanted})
    for version_id, quarter in wanted:
        recount_themes(versions[version_id], quarter)
    return len(wanted)
