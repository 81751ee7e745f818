"""Keeping the facts true: every few seconds what came in, every minute what came in late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Sum
from django.utils import timezone

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.actions import note_progress, recount
from cx280.measures.models import DayCount, OfferFact, Refresh
from cx280.responses.models import OfferCount, Response
from cx280.surveys.models import SurveyVersion

VersionDay = tuple[int, date]
# A response is stored a moment after it was received; look back a little further than that.
OVERLAP = timedelta(seconds=90)


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
