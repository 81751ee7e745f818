"""Jobs that wait for servers of others: each in a thread, and no other job waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from cx280.site.beside import Beside
from cx280.site.job import Job
from cx280.site.jobs import JOBS, run_due
from cx280.site.models import JobRun
from tests.site import beside_tasks

pytestmark = pytest.mark.django_db
HANGING = Job("Hang", "tests.site.beside_tasks:hang", 60, "now", beside=True)
FAILING = Job("Fail", "tests.site.beside_tasks:fail", 60, "now", beside=True)
QUICK = Job("Be quick", "tests.site.beside_tasks:be_quick", 60, "now")


@pytest.fixture
def beside() -> Iterator[Beside]:
    """Threads, none of which is left at the end."""
    beside_tasks.begun.clear()
    beside_tasks.let_go.clear()
    beside_tasks.quick.clear()
    made = Beside()
    yield made
    beside_tasks.let_go.set()
    made.close(30)


def due_again() -> None:
    JobRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def until(holds: Callable[[], object]) -> None:
    """Waits until it holds; fails after half a minute."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it did not come to hold within half a minute"
        time.sleep(0.01)


def test_while_a_job_hangs_the_others_keep_their_rhythm_and_it_is_not_begun_twice(
    beside: Beside,
) -> None:
    ran = [run_due((HANGING, QUICK), beside=beside)]
    assert beside_tasks.begun.wait(30)
    for _ in range(2):
        due_again()
        ran.append(run_due((HANGING, QUICK), beside=beside))

    assert ran == [2, 1, 1]
    assert beside_tasks.quick == ["MainThread"] * 3
    assert JobRun.objects.get(name="Hang").finished_at is None


def test_what_was_done_beside_is_written_down_and_due_again(beside: Beside) -> None:
    run_due((HANGING,), beside=beside)
    beside_tasks.let_go.set()

    until(lambda: run_due((HANGING,), beside=beside) or JobRun.objects.get().finished_at)
    due_again()

    assert JobRun.objects.get().failure == ""
    assert run_due((HANGING,), beside=beside) == 1


def test_what_fails_beside_is_told(beside: Beside, caplog: pytest.LogCaptureFixture) -> None:
    run_due((FAILING,), beside=beside)

    until(lambda: run_due((FAILING,), beside=beside) or JobRun.objects.get().finished_at)

    assert JobRun.objects.get().failure == "ValueError: nobody is there"
    assert "job failed: Fail" in caplog.text


def test_a_worker_that_stops_leaves_who_hangs_behind(beside: Beside) -> None:
    beside.send(HANGING, timezone.now())
    assert beside_tasks.begun.wait(30)
    began = time.monotonic()

    beside.close(0.1)

    assert time.monotonic() - began < 10
    assert beside.has(HANGING)


def test_whatever_alarms_send_is_sent_beside_the_worker() -> None:
    sending = [each for each in JOBS if each.place.startswith("cx280.alarms.tasks:")]

    assert {each.name for each in sending if each.beside} == {
        "Tell of incidents", "Send digests of alarms",
    }  # fmt: skip
