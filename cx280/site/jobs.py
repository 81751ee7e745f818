"""The jobs of the worker: what runs, how often. Each is safe to run twice."""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from cx280.site.models import JobRun

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its name, the place of its task (`module:function`), and the seconds between runs.

    takes: `now` for a moment, `today` for a day: the clock is handed in, tasks never read it.
    """

    name: str
    place: str
    every: int
    takes: str

    @property
    def task(self) -> Callable[..., object]:
        """The function itself, imported when first needed."""
        module, function = self.place.split(":")
        found: Callable[..., object] = getattr(importlib.import_module(module), function)
        return found

    def run(self) -> None:
        """Runs the task with the clock it takes."""
        now = timezone.now()
        self.task(now if self.takes == "now" else timezone.localdate(now))


JOBS: tuple[Job, ...] = (
    Job("Count new answers", "cx280.measures.tasks:refresh_facts", 5, "now"),
    Job("Count late answers and offers", "cx280.measures.tasks:reconcile", 60, "now"),
    Job("Count corrected answers again", "cx280.measures.tasks:recheck", 3600, "now"),
    Job("Tell of comments that cannot wait", "cx280.responses.tasks:mail_concerns", 5, "now"),
    Job("File new comments under themes", "cx280.measures.tasks:file_new_comments", 15, "now"),
    Job("File comments anew after a change", "cx280.measures.tasks:refile_comments", 60, "now"),
    Job("Count corrected comments again", "cx280.measures.tasks:recheck_themes", 3600, "now"),
    Job("Find topics in comments", "cx280.measures.tasks:find_topics_in_comments", 86400, "now"),
    Job("Work out drivers", "cx280.measures.tasks:work_out_drivers", 60, "now"),
    Job("Seal new events into the lake", "cx280.telemetry.tasks:seal_events", 3, "now"),
    Job("Sort the lake's days, forget old ones", "cx280.telemetry.tasks:tend_lake", 300, "today"),
    Job("Tell the collector its sites", "cx280.telemetry.tasks:tell_the_collector", 60, "now"),
    Job("Look for first events of flows",
        "cx280.telemetry.tasks:look_for_first_events", 600, "now"),
    Job("Look for hours without events", "cx280.telemetry.tasks:watch_for_gaps", 3600, "now"),
    Job("Mail sign-in links", "cx280.accounts.tasks:send_links", 5, "now"),
    Job("Close surveys whose clearance expired", "cx280.surveys.tasks:close_expired", 600, "today"),
    Job("Announce expiring clearances", "cx280.clearance.tasks:watch_expiry", 3600, "today"),
    Job("Open quarter packages", "cx280.reporting.tasks:open_drafts", 3600, "today"),
    Job("Carry out planned changes of organizations",
        "cx280.agencies.tasks:carry_out_planned_changes", 3600, "today"),
    Job("Send digests", "cx280.dashboards.tasks:send_digests", 3600, "today"),
    Job("Forget ended sessions", "cx280.accounts.tasks:forget_ended_sessions", 86400, "now"),
)  # fmt: skip


def run_due(jobs: tuple[Job, ...] = JOBS) -> int:
    """Runs every job that is due and not claimed by another worker; gives how many ran."""
    ran = 0
    for job in jobs:
        if _claim(job):
            _run(job)
            ran += 1
    return ran


def _claim(job: Job) -> bool:
    """Whether this worker won the job: it moved `due_at` from the value it had read."""
    now = timezone.now()
    row, _ = JobRun.objects.get_or_create(name=job.name, defaults={"due_at": now})
    if row.due_at > now:
        return False
    return bool(
        JobRun.objects.filter(name=job.name, due_at=row.due_at).update(
            due_at=now + timedelta(seconds=job.every), started_at=now
        )
    )


def _run(job: Job) -> None:
    """Runs the job and records how it went; a failure is logged and tried again when next due."""
    started = time.monotonic()
    failure = ""
    try:
        job.run()
    except Exception as problem:  # one job's failure must not stop the others
        log.exception("job failed: %s", job.name)
        failure = f"{type(problem).__name__}: {problem}"[:500]
    JobRun.objects.filter(name=job.name).update(
        finished_at=timezone.now(),
        milliseconds=int((time.monotonic() - started) * 1000),
        failure=failure,
    )
