"""Keeps the gaps found in what a site sends; safe to run twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cx280.telemetry import models
from cx280.telemetry.models import Site, Watch
from cx280.telemetry.queries.gaps import SiteJudged
from cx280.telemetry.rules.gaps import Gap

_HOUR = 3600


def keep_gaps(site: Site, found: SiteJudged, now: datetime) -> int:
    """How many gaps are new. One known goes on, as far as it has come; one whose hours have events
    by now, as from an imported log, is noted as filled.
    """
    with transaction.atomic():
        Site.objects.select_for_update().get(pk=site.pk)
        Watch.objects.update_or_create(
            site=site,
            defaults={
                "looked_at": now,
                "days": found.judged.days,
                "hours_to_notice": found.judged.hours_to_notice,
            },
        )
        known = list(models.Gap.objects.filter(site=site, filled_at=None))
        new = 0
        for gap in found.judged.gaps:
            mine = next((e for e in known if e.start < gap.end and gap.start < e.end), None)
            if mine is None:
                models.Gap.objects.create(site=site, found_at=now, **_values(gap))
                new += 1
                continue
            known.remove(mine)
            if mine.is_open or gap.days >= mine.days:  # else less history is left than it had
                models.Gap.objects.filter(pk=mine.pk).update(**_values(gap))
        for each in known:
            _look_again(each, found, now)
    return new


def _values(gap: Gap) -> dict[str, object]:
    names = ("start", "end", "expected", "low", "high", "events", "days", "is_open")
    return {name: getattr(gap, name) for name in names}


def _look_again(row: models.Gap, found: SiteJudged, now: datetime) -> None:
    """A gap that is none any more: filled when events of its hours have come since."""
    hours = range(int(row.start.timestamp()) // _HOUR, int(row.end.timestamp()) // _HOUR)
    if sum(found.counts.get(each, 0) for each in hours) > row.events:
        models.Gap.objects.filter(pk=row.pk).update(filled_at=now, is_open=False)
