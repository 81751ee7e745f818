"""Whether the lake has anything to be done for it: told from names and times of files alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cx280.lake.buffer import own_buffer
from cx280.lake.tables import Lake, arrow_of
from cx280.telemetry.actions.lake import tend
from cx280.telemetry.models import Counting, DayFacts, Gap, Site, Watch
from cx280.telemetry.queries.waiting import (
    events_to_seal,
    first_events_to_look_for,
    gaps_to_look_for,
    lake_changed,
    lake_to_tend,
    written_at,
)
from cx280.telemetry.tasks import seal_events
from tests.alarms.watched import hours_counted
from tests.lake.rows import event, lines
from tests.telemetry.builders import a_flow, a_site

NOON = datetime(2024, 3, 4, 17, tzinfo=UTC)  # noon in Washington
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:  # noqa: ANN401
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path


def a_lake(data: Path, *, written: datetime) -> Lake:
    """A lake of one event whose newest version was written then."""
    lake = Lake(data / "lake")
    lake.append(arrow_of([event("a")]))
    for commit in (data / "lake/events/_delta_log").glob("*.json"):
        os.utime(commit, (written.timestamp(), written.timestamp()))
    return lake


def test_without_a_buffer_and_a_lake_there_is_nothing_to_do() -> None:
    assert not events_to_seal(NOON, None)
    assert not lake_to_tend(NOON, None)
    assert not first_events_to_look_for(NOON, None)
    assert not lake_changed(NOON, None)


def test_a_closed_file_of_the_buffer_waits_to_be_sealed_and_then_none_does(data: Path) -> None:
    buffer = own_buffer(data / "buffer")
    buffer.append(lines(event("a")))
    open_only = events_to_seal(NOON, None)
    buffer.close()

    closed = events_to_seal(NOON, None)
    seal_events(NOON)

    assert (open_only, closed, events_to_seal(NOON, None)) == (False, True, False)


def test_a_lake_is_tended_once_after_it_changed(data: Path) -> None:
    a_lake(data, written=NOON - 10 * MINUTE)

    assert lake_to_tend(NOON, None)
    assert lake_to_tend(NOON, NOON - 11 * MINUTE)
    assert not lake_to_tend(NOON, NOON - 9 * MINUTE)


def test_a_lake_that_was_just_tended_has_nothing_to_be_done(data: Path) -> None:
    a_lake(data, written=timezone.now()).append(arrow_of([event("b")]))
    tend(timezone.localdate())
    written = written_at()
    assert written is not None

    done = written + timedelta(milliseconds=50)  # the other process waits that long

    assert not lake_to_tend(done + timedelta(seconds=1), done)


def test_replaced_files_are_swept_an_hour_after_the_last_change_and_not_again(data: Path) -> None:
    a_lake(data, written=NOON - 61 * MINUTE)

    assert lake_to_tend(NOON, NOON - 2 * MINUTE)
    assert not lake_to_tend(NOON, NOON - MINUTE + timedelta(seconds=1))


def test_a_new_day_and_a_changed_promise_are_reasons_to_tend(data: Path) -> None:
    a_lake(data, written=NOON - timedelta(days=9))
    yesterday, today = NOON - timedelta(days=1), NOON - MINUTE

    over_night, quiet = lake_to_tend(NOON, yesterday), lake_to_tend(NOON, today)
    a_site(retention_days=2)

    assert (over_night, quiet) == (True, False)
    assert lake_to_tend(NOON, today)


def test_first_events_are_looked_for_while_a_flow_waits_and_something_is_new(data: Path) -> None:
    Counting.objects.create(finished_at=NOON - 10 * MINUTE)
    nobody_waits = first_events_to_look_for(NOON, None)
    flow = a_flow(launched_on=date(2024, 3, 1))

    new, quiet = (first_events_to_look_for(NOON, NOON - n * MINUTE) for n in (11, 9))
    flow.first_event_on = date(2024, 3, 2)
    flow.save()

    assert (nobody_waits, new, quiet) == (False, True, False)
    assert not first_events_to_look_for(NOON, None)


def test_telling_loads_nothing_that_reads_a_lake() -> None:
    asking = (
        "import sys, django; django.setup(); import cx280.site.jobs;"
        "import cx280.telemetry.queries.waiting, cx280.telemetry.tasks;"
        "print(sorted({'deltalake', 'duckdb', 'pyarrow'} & set(sys.modules)))"
    )

    found = subprocess.run(
        [sys.executable, "-c", asking], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"


def a_site_that_sends(data: Path, until: datetime) -> Site:
    """A site that was looked at, whose hours are counted up to then."""
    a_lake(data, written=NOON)
    site = a_site(enabled=True)
    Watch.objects.create(site=site, looked_at=NOON, days=56, hours_to_notice=3.0)
    hours_counted(site.service, until, days=8)
    return site


def test_while_hours_bring_events_nobody_looks_for_silence_but_once_a_day(data: Path) -> None:
    a_site_that_sends(data, NOON)

    assert not gaps_to_look_for(NOON + 20 * MINUTE, NOON - 40 * MINUTE)
    assert gaps_to_look_for(NOON + 20 * MINUTE, NOON - timedelta(days=1))


def test_hours_without_events_are_looked_at_and_an_open_gap_until_it_ends(data: Path) -> None:
    site = a_site_that_sends(data, NOON - timedelta(hours=2))
    now, last = NOON + 20 * MINUTE, NOON - 40 * MINUTE
    assert gaps_to_look_for(now, last)

    DayFacts.objects.all().delete()
    hours_counted(site.service, NOON, days=8)
    assert not gaps_to_look_for(now, last)
    Gap.objects.create(
        site=site, start=NOON - timedelta(hours=9), end=NOON - timedelta(hours=2), found_at=NOON,
        expected=90.0, low=60.0, high=120.0, events=0, days=56, is_open=True,
    )  # fmt: skip
    assert gaps_to_look_for(now, last)


def test_of_two_sites_facts_do_not_tell_which_is_silent(data: Path) -> None:
    site = a_site_that_sends(data, NOON)
    other = a_site(site.service, enabled=True)
    Watch.objects.create(site=other, looked_at=NOON, days=56, hours_to_notice=3.0)

    assert gaps_to_look_for(NOON + 20 * MINUTE, NOON - 40 * MINUTE)


def test_without_a_site_or_a_lake_there_is_no_silence_to_look_for(data: Path) -> None:
    assert not gaps_to_look_for(NOON, None)
    a_lake(data, written=NOON)
    assert not gaps_to_look_for(NOON, None)
    a_site(enabled=True)
    assert gaps_to_look_for(NOON, None)
