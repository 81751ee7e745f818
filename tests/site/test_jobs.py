"""The worker's jobs: each runs when due, once, and one failure stops no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cx280.site import jobs
from cx280.site.job import Job
from cx280.site.jobs import JOBS, run_due
from cx280.site.models import JobRun
from cx280.site.queries import job_states

pytestmark = pytest.mark.django_db
ran: list[str] = []


def succeed(now: object) -> None:
    """A task that works."""
    ran.append("succeed")


def fail(now: object) -> None:
    """A task that does not."""
    raise ValueError("the lake is frozen")


def a_job(task: str = "succeed", name: str = "Try") -> Job:
    """A job that runs every minute."""
    return Job(name, f"{__name__}:{task}", 60, "now")


@pytest.fixture(autouse=True)
def nothing_ran() -> None:
    """Forgets what ran before."""
    ran.clear()


def test_a_due_job_runs_once_until_it_is_due_again() -> None:
    run_due((a_job(),))
    run_due((a_job(),))

    assert ran == ["succeed"]


def test_a_job_runs_again_when_its_time_has_come() -> None:
    run_due((a_job(),))
    JobRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    run_due((a_job(),))

    assert ran == ["succeed", "succeed"]


def test_a_job_that_another_worker_claimed_is_left_alone() -> None:
    run_due((a_job(),))
    row = JobRun.objects.get()
    JobRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    due = JobRun.objects.get().due_at
    # The other worker moves the due time between our look and our claim.
    JobRun.objects.update(due_at=row.due_at)

    claimed = JobRun.objects.filter(name=row.name, due_at=due).update(due_at=timezone.now())

    assert claimed == 0


def test_a_failing_job_is_told_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    run_due((a_job("fail", "Break"), a_job()))

    assert ran == ["succeed"]
    assert "the lake is frozen" in JobRun.objects.get(name="Break").failure
    assert JobRun.objects.get(name="Try").failure == ""


def test_every_job_names_a_task_that_exists() -> None:
    for job in JOBS:
        assert callable(job.task), job.place


def test_all_jobs_run_on_an_empty_record(caplog: pytest.LogCaptureFixture) -> None:
    run_due()

    assert {each.name for each in JobRun.objects.all()} == {each.name for each in JOBS}
    assert not JobRun.objects.exclude(failure="").exists()


def test_a_job_that_never_ran_or_is_late_needs_somebody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cx280.site.queries.JOBS", (a_job(),))
    now = timezone.now()

    (never,) = job_states(now)
    jobs.run_due((a_job(),))
    (fresh,) = job_states(timezone.now())
    (late,) = job_states(now + timedelta(minutes=10))

    assert (never.needs_you, fresh.needs_you, late.needs_you) == (True, False, True)
