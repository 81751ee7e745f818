"""Reads what sites sent hour by hour, and the gaps that were found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import QuerySet
from django.utils import timezone

from cx280.kernel.business_days import holidays
from cx280.kernel.finding import Finding
from cx280.services.models import Service
from cx280.telemetry import models
from cx280.telemetry.models import Site
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import gap_words
from cx280.telemetry.rules.gaps import HISTORY_DAYS, LEAST_DAYS, Gap, Judged, judged
from cx280.telemetry.rules.quiet_hours import SETTLING
from cx280.telemetry.rules.seen import SITE_HOURS


@dataclass(frozen=True, slots=True)
class SiteJudged:
    """A site with what was found, and its events by UTC hour (hours since 1970)."""

    judged: Judged
    counts: dict[int, int]


def judged_sites(now: datetime) -> Iterator[tuple[Site, SiteJudged]]:
    """Each enabled site of a working service with its gaps, from one look at the lake.

    Sites that never sent anything are not among them: flows tell of those (280.7-i1).
    """
    zone = timezone.get_current_timezone_name()
    until = (now - SETTLING).replace(minute=0, second=0, microsecond=0)
    first_day = (now - timedelta(days=HISTORY_DAYS + LEAST_DAYS)).date()
    hours: dict[str, dict[int, int]] = {}
    for row in ask(SITE_HOURS, first_day=first_day):
        seen = hours.setdefault(str(row["site"]), {})
        seen[cast(int, row["hour"])] = cast(int, row["events"])
    closed = {day for year in (first_day.year, until.year) for day in holidays(year)}
    sites = Site.objects.filter(enabled=True, service__retired_on=None, key__in=hours)
    for site in sites.order_by("pk"):
        counts = hours[site.key]
        yield site, SiteJudged(judged(counts, until, zone, closed), counts)


@dataclass(frozen=True, slots=True)
class Silence:
    """A gap as pages show it: the site, the sentence, how sure it is, and the finding."""

    row: models.Gap
    site: str
    sentence: str
    finding: Finding

    @property
    def sure(self) -> str:
        """How many events were expected, from where to where."""
        return gap_words.how_sure(as_rule(self.row))


def as_rule(row: models.Gap) -> Gap:
    """The gap as the rules know it."""
    return Gap(
        row.start, row.end, row.expected, row.low, row.high, row.events, row.days, row.is_open
    )


def silences(service: Service, first: date, last: date) -> list[Silence]:
    """The gaps of a service's sites that touch the local days, newest first; none filled since."""
    zone = timezone.get_current_timezone()
    start = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    rows = models.Gap.objects.filter(
        site__service=service, filled_at=None, start__lt=end, end__gt=start
    )
    return [_silence(each) for each in rows.select_related("site")]


def _silence(row: models.Gap) -> Silence:
    zone, gap = timezone.get_current_timezone_name(), as_rule(row)
    return Silence(
        row,
        row.site.name,
        gap_words.sentence(gap, zone),
        gap_words.finding(gap, row.site.name, zone),
    )


@dataclass(frozen=True, slots=True)
class Watched:
    """How well a site is watched, in words, and when it was last looked at."""

    site: Site
    words: str
    looked_at: datetime | None


def watched(service: Service) -> list[Watched]:
    """Each enabled site of the service, by name."""
    sites: QuerySet[Site] = service.sites.filter(enabled=True).select_related("watch")
    return [_watched(each) for each in sites]


def _watched(site: Site) -> Watched:
    found: models.Watch | None = getattr(site, "watch", None)
    if found is None:
        return Watched(site, "Nothing has come from it yet.", None)
    words = gap_words.watching(Judged([], found.days, found.hours_to_notice))
    return Watched(site, words, found.looked_at)


def silent_days(service: Service, first: date, last: date) -> dict[date, str]:
    """Local days touched by a gap of some site, each with the hours in words; for charts."""
    zone = timezone.get_current_timezone()
    found: dict[date, str] = {}
    for each in silences(service, first, last):
        start, end = each.row.start.astimezone(zone), each.row.end.astimezone(zone)
        day = start.date()
        while datetime.combine(day, datetime.min.time(), zone) < end:
            found.setdefault(day, each.sentence.split(";")[0])
            day += timedelta(days=1)
    return found
