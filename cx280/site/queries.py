"""What the system page shows: how fresh each job is, and how much is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cx280.agencies.models import Organization
from cx280.audit.models import AuditEntry
from cx280.reporting.models import Release
from cx280.responses.models import Response
from cx280.site.jobs import JOBS
from cx280.site.models import JobRun
from cx280.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class JobState:
    """A job with how long ago it last ran; `needs_you` when it is late or failed."""

    name: str
    finished_at: datetime | None
    milliseconds: int | None
    failure: str
    needs_you: bool


def job_states(now: datetime) -> list[JobState]:
    """Every job of the worker; late means twice its interval and a minute without a run."""
    runs = {each.name: each for each in JobRun.objects.all()}
    return [_state(job.name, job.every, runs.get(job.name), now) for job in JOBS]


def _state(name: str, every: int, run: JobRun | None, now: datetime) -> JobState:
    if run is None or run.finished_at is None:
        return JobState(name, None, None, "", needs_you=True)
    late = now - run.finished_at > timedelta(seconds=2 * every + 60)
    return JobState(
        name, run.finished_at, run.milliseconds, run.failure, needs_you=late or bool(run.failure)
    )


def storage() -> dict[str, int]:
    """How many rows of each large kind the record holds."""
    return {
        "Answers": Response.objects.count(),
        "Open surveys": Survey.objects.filter(state=Survey.State.OPEN).count(),
        "Releases": Release.objects.count(),
        "Audit entries": AuditEntry.objects.count(),
    }


def simulated_system() -> bool:
    """Whether the simulated agency is loaded: every page then says that nothing here is real."""
    return Organization.objects.filter(simulated=True, parent__isnull=True).exists()
