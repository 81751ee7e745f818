"""The jobs of the worker: what runs, how often. Each is safe to run twice."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from cx280.site.apart import Apart
from cx280.site.beside import Beside
from cx280.site.job import Job, Outcome
from cx280.site.models import JobRun

log = logging.getLogger(__name__)

# How long it stays unwritten that a job has looked again and found nothing to do.
_RESTS = timedelta(seconds=15)


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
    Job("Seal new events into the lake", "cx280.telemetry.tasks:seal_events", 2, "now",
        apart=True, when="cx280.telemetry.queries.waiting:events_to_seal"),
    Job("Count new events into facts", "cx280.telemetry.tasks:count_events", 3, "now",
        apart=True, when="cx280.telemetry.queries.waiting:events_to_count"),
    Job("Sort the lake's days, forget old ones", "cx280.telemetry.tasks:tend_lake", 300, "today",
        apart=True, when="cx280.telemetry.queries.waiting:lake_to_tend", patience=3600),
    Job("Tell the collector its sites", "cx280.telemetry.tasks:tell_the_collector", 60, "now"),
    Job("Look for first events of flows",
        "cx280.telemetry.tasks:look_for_first_events", 600, "now",
        when="cx280.telemetry.queries.waiting:first_events_to_look_for"),
    Job("Look for hours without events", "cx280.telemetry.tasks:watch_for_gaps", 3600, "now",
        apart=True, when="cx280.telemetry.queries.waiting:gaps_to_look_for"),
    Job("Look at what is watched", "cx280.alarms.tasks:look_at_what_is_watched", 300, "now",
        apart=True, when="cx280.alarms.queries.waiting:watches_to_look_at"),
    Job("Tell of incidents", "cx280.alarms.tasks:tell_of_incidents", 15, "now", beside=True),
    Job("Send digests of alarms", "cx280.alarms.tasks:send_digests_of_alarms", 300, "now",
        beside=True),
    Job("Give back deliveries of workers that are gone",
        "cx280.alarms.tasks:give_back_lost_deliveries", 60, "now"),
    Job("Mail sign-in links", "cx280.accounts.tasks:send_links", 5, "now"),
    Job("Take in files of ended interactions", "cx280.delivery.tasks:take_hand_overs", 30, "now"),
    Job("Send messages about ended interactions", "cx280.delivery.tasks:send_messages", 15, "now",
        apart=True, when="cx280.delivery.queries.mail:mail_to_send"),
    Job("Count messages as offers", "cx280.responses.tasks:count_offers_by_message", 30, "now"),
    Job("Count what became of interactions", "cx280.delivery.tasks:count_reach", 300, "now"),
    Job("End calls that were hung up", "cx280.responses.tasks:finish_calls", 60, "now"),
    Job("Erase how to reach people", "cx280.recovery.tasks:erase_what_is_due", 3600, "now"),
    Job("Erase addresses of messages", "cx280.delivery.tasks:forget_people", 600, "now"),
    Job("Change and destroy secrets of persons",
        "cx280.delivery.tasks:keep_secrets_young", 86400, "now"),
    Job("Close surveys whose clearance expired", "cx280.surveys.tasks:close_expired", 600, "today"),
    Job("Announce expiring clearances", "cx280.clearance.tasks:watch_expiry", 3600, "today"),
    Job("Open quarter packages", "cx280.reporting.tasks:open_drafts", 3600, "today"),
    Job("Make obligations", "cx280.obligations.tasks:make_obligations", 3600, "today"),
    Job("Note how obligations stand",
        "cx280.obligations.tasks:note_how_obligations_stand", 3600, "now"),
    Job("Remind of obligations", "cx280.obligations.tasks:send_reminders", 3600, "today"),
    Job("Carry out planned changes of organizations",
        "cx280.agencies.tasks:carry_out_planned_changes", 3600, "today"),
    Job("Forget which visits answers came from",
        "cx280.dashboards.tasks:forget_joined_visits", 3600, "today"),
    Job("Send digests", "cx280.dashboards.tasks:send_digests", 3600, "today"),
    Job("Forget ended sessions", "cx280.accounts.tasks:forget_ended_sessions", 86400, "now"),
)  # fmt: skip


def run_due(
    jobs: tuple[Job, ...] = JOBS, apart: Apart | None = None, beside: Beside | None = None
) -> int:
    """Runs every job that is due and not claimed by another worker; gives how many were.

    With `apart` or `beside`, jobs marked so are handed over, and what was handed over before is
    written down; without, all run here.
    """
    elsewhere = [each for each in (apart, beside) if each is not None]
    for each in elsewhere:
        for outcome in each.collect(timezone.now()):
            _note(outcome)
    ran, known = 0, JobRun.objects.in_bulk()
    for job in jobs:
        if any(each.has(job) for each in elsewhere):
            continue
        now = timezone.now()
        row = known.get(job.name) or _first(job, now)
        if row.due_at > now or _is_known_to_rest(job, now, row):
            continue
        if _claim(job, now, row):
            _begin(job, now, row, apart if job.apart else beside if job.beside else None)
            ran += 1
    return ran


def _first(job: Job, now: datetime) -> JobRun:
    return JobRun.objects.get_or_create(name=job.name, defaults={"due_at": now})[0]


def _is_known_to_rest(job: Job, now: datetime, row: JobRun) -> bool:
    """Whether there is nothing to do, and it was written down lately that there was not.

    So a job may be looked after at every turn of the worker, and the record is left in peace.
    """
    if not job.when or row.failure or row.finished_at is None or now - row.finished_at > _RESTS:
        return False
    with suppress(Exception):  # what fails is claimed, and written down as a failure
        return not job.has_work(now, row.finished_at)
    return False


def _claim(job: Job, now: datetime, row: JobRun) -> bool:
    """Whether this worker won the job: it moved `due_at` from what it had read."""
    mine = JobRun.objects.filter(name=job.name, due_at=row.due_at)
    return bool(mine.update(due_at=now + timedelta(seconds=job.every), started_at=now))


def _begin(job: Job, now: datetime, before: JobRun, elsewhere: Apart | Beside | None) -> None:
    """Runs the job, or hands it over; what there is nothing to do for is done."""
    started = time.monotonic()
    try:
        has_work = job.has_work(now, None if before.failure else before.finished_at)
        if has_work and elsewhere is not None:
            elsewhere.send(job, now)
            return
        if has_work:
            job.run()
    except Exception as problem:  # one job's failure must not stop the others
        log.exception("job failed: %s", job.name)
        failure = f"{type(problem).__name__}: {problem}"[:500]
        _note(Outcome(job.name, timezone.now(), _since(started), failure))
        return
    # Without work it was done when it was looked at: what comes while looking is new.
    _note(Outcome(job.name, timezone.now() if has_work else now, _since(started)))


def _since(started: float) -> int:
    return int((time.monotonic() - started) * 1000)


def _note(outcome: Outcome) -> None:
    """Records how it went; a failure is tried again when the job is next due."""
    JobRun.objects.filter(name=outcome.name).update(
        finished_at=outcome.finished, milliseconds=outcome.milliseconds, failure=outcome.failure
    )
