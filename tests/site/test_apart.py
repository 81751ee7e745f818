"""Jobs in a process of their own: there while there is something to do, replaced when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cx280.site.apart import Apart
from cx280.site.job import Job, Outcome
from cx280.site.jobs import JOBS, run_due
from cx280.site.models import JobRun

PROJECT = Path(__file__).resolve().parents[2]
asked: list[tuple[datetime, datetime | None]] = []


def a_job(task: str, *, when: str = "", patience: int = 600) -> Job:
    place = f"tests.site.apart_tasks:{task}"
    return Job(task.title(), place, 60, "now", apart=True, when=when, patience=patience)


def nothing_to_do(now: datetime, last: datetime | None) -> bool:
    asked.append((now, last))
    return False


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which tasks tell what they did; the other process finds its place to write."""
    file = tmp_path / "tried"
    file.touch()
    monkeypatch.setenv("CX280_TRIED", str(file))
    monkeypatch.setenv("CX280_DATA", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    return file


@pytest.fixture
def apart(tried: Path) -> Iterator[Apart]:
    made = Apart(idle_seconds=0.5)
    yield made
    made.close()


def until(holds: Callable[[], object]) -> None:
    """Waits until it holds; fails after a minute."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it did not come to hold within a minute"
        time.sleep(0.02)


def outcomes(apart: Apart, count: int) -> list[Outcome]:
    """The next outcomes, so many."""
    found: list[Outcome] = []

    def are_there() -> bool:
        found.extend(apart.collect(timezone.now()))
        return len(found) >= count

    until(are_there)
    return found


def is_alive(pid: int) -> bool:
    """Whether the process is there and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_jobs_are_done_in_one_other_process_which_ends_when_there_are_no_more(
    apart: Apart, tried: Path
) -> None:
    now = timezone.now()
    for task in ("tell", "fail"):
        apart.send(a_job(task), now)
    pid = apart.pid

    told, failed = outcomes(apart, 2)
    until(lambda: apart.collect(timezone.now()) or apart.pid is None)

    assert (told.name, told.failure) == ("Tell", "")
    assert told.finished >= now
    assert (failed.name, failed.failure) == ("Fail", "ValueError: the lake is frozen")
    assert tried.read_text() == f"{pid}\n"
    assert pid not in {None, os.getpid()}
    assert not is_alive(pid or 0)


def test_a_process_that_dies_costs_one_job_its_turn_and_the_next_is_done_by_a_new_one(
    apart: Apart, tried: Path
) -> None:
    apart.send(a_job("die"), timezone.now())
    apart.send(a_job("tell"), timezone.now())
    first = apart.pid

    died, told = outcomes(apart, 2)

    assert (died.name, died.failure) == ("Die", "Left: its process ended (-9).")
    assert (told.name, told.failure) == ("Tell", "")
    assert tried.read_text() == f"{apart.pid}\n"
    assert apart.pid != first


def test_a_process_that_has_grown_is_replaced_between_two_jobs_and_neither_fails(
    tried: Path,
) -> None:
    apart = Apart(most_megabytes=1)  # any process is larger
    told = []
    for _ in range(2):
        apart.send(a_job("tell"), timezone.now())
        told += outcomes(apart, 1)

    assert [each.failure for each in told] == ["", ""]
    first, second = tried.read_text().split()
    assert first != second
    assert apart.pid is None
    assert not is_alive(int(first))


def test_a_process_that_has_grown_is_replaced_though_there_is_always_something_to_do(
    tried: Path,
) -> None:
    apart = Apart(most_megabytes=1)  # any process is larger
    jobs = [replace(a_job("tell"), name=name) for name in ("seal", "count", "join")]
    apart.send(jobs[0], timezone.now())
    until(tried.read_text)
    for job in jobs[1:]:  # before it is known that the first is done
        apart.send(job, timezone.now())
        assert apart.has(job)

    told = outcomes(apart, 3)

    assert [each.name for each in told] == ["seal", "count", "join"]
    first, *others = tried.read_text().split()
    assert len(others) == 2
    assert first not in others
    apart.close()


def test_a_job_that_hangs_is_left_and_the_next_is_done_by_a_new_process(
    apart: Apart, tried: Path
) -> None:
    apart.send(a_job("hang", patience=0), timezone.now())
    hanging = apart.pid
    until(tried.read_text)
    apart.send(a_job("tell"), timezone.now())

    hung, told = outcomes(apart, 2)

    assert hung.failure.startswith("Left: not finished after")
    assert (told.name, told.failure) == ("Tell", "")
    assert not is_alive(hanging or 0)


def test_the_process_does_not_outlive_a_worker_that_is_killed(tried: Path) -> None:
    worker = (
        "import os, time; from django.utils import timezone; from cx280.site.apart import Apart;"
        "from tests.site.test_apart import a_job; apart = Apart();"
        "apart.send(a_job('tell'), timezone.now()); time.sleep(60)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cx280.site.settings"}
    command = [sys.executable, "-c", f"import django; django.setup(); {worker}"]
    with subprocess.Popen(command, env=environment, cwd=PROJECT) as process:
        until(tried.read_text)
        process.send_signal(signal.SIGKILL)
    other = int(tried.read_text())

    until(lambda: not is_alive(other))

    assert other != process.pid


@pytest.mark.django_db
def test_what_the_other_process_did_is_written_down_and_due_again(
    apart: Apart, tried: Path
) -> None:
    jobs = (a_job("tell"),)
    started = [run_due(jobs, apart), run_due(jobs, apart)]
    under_way = JobRun.objects.get().finished_at

    until(lambda: run_due(jobs, apart) or JobRun.objects.get().finished_at)

    assert started == [1, 0]
    assert under_way is None
    assert JobRun.objects.get().failure == ""
    assert len(tried.read_text().split()) == 1


@pytest.mark.django_db
def test_a_job_is_not_claimed_while_it_is_under_way(apart: Apart, tried: Path) -> None:
    jobs = (a_job("hang"),)
    run_due(jobs, apart)
    until(tried.read_text)
    JobRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    assert run_due(jobs, apart) == 0


@pytest.mark.django_db
def test_where_there_is_nothing_to_do_no_process_is_started_and_the_job_counts_as_done(
    apart: Apart,
) -> None:
    asked.clear()
    jobs = (a_job("tell", when=f"{__name__}:nothing_to_do"),)
    run_due(jobs, apart)
    before = timezone.now() - timedelta(minutes=1)
    JobRun.objects.update(due_at=before, finished_at=before)

    run_due(jobs, apart)

    assert apart.pid is None
    assert [last for _, last in asked] == [None, before]
    assert JobRun.objects.get().finished_at == asked[1][0]


@pytest.mark.django_db
def test_a_job_that_rests_is_looked_after_at_every_turn_and_the_record_is_left_in_peace(
    apart: Apart, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked.clear()
    jobs = (a_job("tell", when=f"{__name__}:nothing_to_do"),)
    run_due(jobs, apart)
    JobRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    before = JobRun.objects.get()

    with django_assert_num_queries(1):
        turns = [run_due(jobs, apart)]

    assert turns == [0]
    assert len(asked) == 2
    after = JobRun.objects.get()
    assert (after.due_at, after.finished_at) == (before.due_at, before.finished_at)


@pytest.mark.django_db
def test_a_job_that_rested_is_done_at_the_first_turn_after_there_is_something_to_do(
    apart: Apart, tried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = (a_job("tell", when=f"{__name__}:nothing_to_do"),)
    run_due(jobs, apart)
    JobRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    rested = run_due(jobs, apart)
    monkeypatch.setitem(globals(), "nothing_to_do", lambda _now, _last: True)

    ran = run_due(jobs, apart)
    until(tried.read_text)

    assert (rested, ran) == (0, 1)


def test_every_job_of_the_lake_runs_apart_and_says_when() -> None:
    of_the_lake = [each for each in JOBS if each.apart]

    assert {each.place.split(":")[1] for each in of_the_lake} >= {"seal_events", "tend_lake"}
    for each in of_the_lake:
        assert each.when, each.name
