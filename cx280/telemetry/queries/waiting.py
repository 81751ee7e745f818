"""Whether the lake has anything to be done for it, told without opening it.

Each takes the moment and when its job was last done well, None where it never was. Reading the
lake takes a process with 150 MB of libraries; where nothing came, none needs to start.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cx280.audit.models import AuditEntry
from cx280.telemetry.models import Counting, DayFacts, Flow, Gap, Site, Watch
from cx280.telemetry.queries.facts import figures
from cx280.telemetry.queries.lake import mark
from cx280.telemetry.rules.facts import TOTALS
from cx280.telemetry.rules.flows import GRACE
from cx280.telemetry.rules.quiet_hours import SETTLING, may_be_silent

# Replaced files are swept away when no reader can still be at them: see `lake.keeping.sweep`.
SWEPT_AFTER = timedelta(hours=1)
# A run that comes later than that may have missed a silence.
_MISSED = timedelta(hours=2)
# A file's time may be a tick of the system's clock behind.
_TICK = timedelta(milliseconds=20)


def events_to_seal(now: datetime, last: datetime | None) -> bool:
    """Whether the buffer, or that of events held back, has a closed file."""
    folders = (Path(settings.DATA) / name for name in ("buffer", "held-back"))
    return any(file for folder in folders for file in folder.glob("*/*.log"))


def lake_to_tend(now: datetime, last: datetime | None) -> bool:
    """Whether the lake, the day or what a site promised has changed, or files are to be swept."""
    if not _exists():
        return False
    written = written_at()
    if last is None or written is None or lake_changed(now, last):
        return True
    if timezone.localdate(last) != timezone.localdate(now):
        return True
    is_sweeping_due = last < written + SWEPT_AFTER <= now
    return is_sweeping_due or Site.objects.filter(changed_at__gt=last).exists()


def events_to_count(now: datetime, last: datetime | None) -> bool:
    """Whether the lake is in another state than was counted, visits have had their time, or the
    steps of flows have changed."""
    if not _exists():
        return False
    state = Counting.objects.filter(id=1).first()
    if state is None or last is None or state.behind_since or state.mark != mark():
        return True
    flows = AuditEntry.objects.filter(subject__startswith="telemetry.Flow:", at__gt=last)
    return DayFacts.objects.filter(due_at__lte=now).exists() or flows.exists()


def first_events_to_look_for(now: datetime, last: datetime | None) -> bool:
    """Whether a flow waits for its first event, and events were counted or a flow has changed."""
    if not waiting_flows().exists():
        return False
    if last is None or Counting.objects.filter(finished_at__gt=last - _TICK).exists():
        return True
    changes = AuditEntry.objects.filter(subject__startswith="telemetry.Flow:")
    return changes.filter(at__gt=last).exists()


def waiting_flows() -> QuerySet[Flow]:
    """Flows that have no first event noted, or one that came late."""
    return Flow.objects.filter(
        Q(first_event_on__isnull=True) | Q(first_event_on__gt=F("launched_on") + GRACE)
    )


def lake_changed(now: datetime, last: datetime | None) -> bool:
    """Whether the lake was written to after `last`; always where that cannot be told."""
    written = written_at()
    return _exists() and (last is None or written is None or written > last - _TICK)


def written_at() -> datetime | None:
    """When the newest version was written; None where that is not on a disk of this machine."""
    newest = max(_log().glob("*.json"), default=None, key=lambda each: each.name)
    return datetime.fromtimestamp(newest.stat().st_mtime, UTC) if newest else None


def log_changed_at() -> datetime | None:
    """When a version was last added or removed, for pages: one look at a folder, however many
    versions it holds; None where there is no lake on a disk of this machine."""
    try:
        return datetime.fromtimestamp(_log().stat().st_mtime, UTC)
    except OSError:
        return None


def _exists() -> bool:
    return "://" in str(settings.CX280_LAKE) or _log().is_dir()


def _log() -> Path:
    return Path(str(settings.CX280_LAKE)) / "events" / "_delta_log"


def gaps_to_look_for(now: datetime, last: datetime | None) -> bool:
    """Whether a site may be silent, by the facts of its service; a gap goes on; or the day is new,
    so that what facts cannot tell, and what was filled since, is seen by the next morning."""
    sites = Site.objects.filter(enabled=True, service__retired_on=None)
    if not _exists() or not sites.exists():
        return False
    if last is None or now - last > _MISSED or timezone.localdate(last) != timezone.localdate(now):
        return True
    if Gap.objects.filter(site__in=sites, is_open=True, filled_at=None).exists():
        return True
    return any(_may_be_silent(each, now) for each in sites.select_related("watch"))


def _may_be_silent(site: Site, now: datetime) -> bool:
    """Whether the last hours were so quiet; of several sites facts do not say which one is."""
    watch: Watch | None = getattr(site, "watch", None)
    if watch is None:
        return False  # it never sent anything: its first day is looked at with the next one
    if Site.objects.filter(service=site.service_id, enabled=True).count() > 1:
        return True
    until = int((now - SETTLING).timestamp()) // 3600
    last = timezone.localdate(now)
    told = figures(site.service_id, last - timedelta(days=7), last, TOTALS, hours=True)
    hours: Counter[int] = Counter()
    for _, each in told:
        hours[each.hour // 3600] += each.events
    return may_be_silent(hours, until, watch.hours_to_notice)
