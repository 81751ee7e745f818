"""Counting does no harm: by two at once, a little at a time, of what was held back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cx280.lake.held import let_in
from cx280.lake.tables import HELD, Lake, arrow_of
from cx280.telemetry.actions.facts import count_lake
from cx280.telemetry.models import CountedDay, Counting, DayFacts
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.uncounted import Uncounted, uncounted
from cx280.telemetry.queries.waiting import events_to_count
from cx280.telemetry.tasks import count_events, seal_events
from tests.builders import a_service
from tests.telemetry.counted import alike
from tests.telemetry.happened import an_event, counted, kept
from tests.telemetry.test_counting import some_days

NOW = datetime(2026, 3, 12, 18, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lake(settings: Any, tmp_path: Path) -> Path:  # noqa: ANN401
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path / "lake"


def told() -> list[Any]:
    """All that is kept, but for when it was counted."""
    names = ("service", "day", "part", "body", "events", "read", "due_at", "made_with")
    return list(DayFacts.objects.order_by("service", "day", "part").values_list(*names))


def test_a_little_at_a_time_comes_to_the_same(lake: Path) -> None:
    for seed in (1, 2):
        kept(lake, some_days(a_service().pk, seed, 300))
    counted(NOW)
    whole = told()
    DayFacts.objects.all().delete()
    CountedDay.objects.all().delete()

    runs = 1
    while count_lake(NOW + runs * MINUTE, seconds=0.01).is_behind:
        runs += 1
        assert Counting.objects.get().behind_since is not None
        assert runs < 50

    assert runs > 1
    assert alike(told(), whole)
    assert Counting.objects.get().behind_since is None


def test_who_counted_before_another_did_does_not_take_its_place(
    lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = a_service()
    kept(lake, [an_event(NOW - timedelta(hours=3), service=service.pk)])
    counted(NOW - 2 * MINUTE)
    kept(lake, [an_event(NOW - timedelta(hours=2), service=service.pk)])

    def slowly(*asked: Any, **more: Any) -> list[Uncounted]:
        """What waits; and before it is counted another worker counts more."""
        found = uncounted(*asked, **more)
        monkeypatch.undo()
        kept(lake, [an_event(NOW - timedelta(hours=1), service=service.pk)])
        counted(NOW)
        return found

    monkeypatch.setattr("cx280.telemetry.actions.facts.uncounted", slowly)
    slow = counted(NOW - MINUTE)
    figures = facts.figures(service.pk, NOW.date(), NOW.date(), "totals")

    assert slow.is_behind
    assert [each.events for _, each in figures] == [3]
    assert not counted(NOW).is_behind


def test_events_held_back_count_on_the_day_they_happened_once_let_in(
    lake: Path, tmp_path: Path
) -> None:
    service = a_service()
    at = NOW - timedelta(days=5)
    kept(lake, [an_event(at, service=service.pk)])
    held = an_event(at, service=service.pk, source="held script email/page")
    Lake(lake, HELD).append(arrow_of([held]))
    counted(NOW)

    let_in(lake, "boats", tmp_path)
    seal_events(NOW)
    days = count_events(NOW + MINUTE)

    figures = facts.figures(service.pk, at.date(), at.date(), "totals")
    assert days == 1
    assert [each.events for _, each in figures] == [2]


def test_the_rest_of_a_large_day_waits_and_what_pages_read_does_not(
    lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = a_service()
    monkeypatch.setattr("cx280.telemetry.rules.pace._SECONDS", 60.0)
    kept(lake, [an_event(NOW - timedelta(hours=3), service=service.pk)])
    count_events(NOW)
    kept(lake, [an_event(NOW - timedelta(hours=2), service=service.pk)])

    def events(part: str) -> int:
        return sum(each.events for each in facts.over(service.pk, NOW.date(), NOW.date(), part))

    count_events(NOW + MINUTE)
    soon = (events("totals"), events("page"))
    waits = events_to_count(NOW + 2 * MINUTE, NOW + MINUTE)
    count_events(NOW + 5 * MINUTE)

    assert soon == (2, 1)
    assert waits
    assert (events("totals"), events("page")) == (2, 2)
    assert not events_to_count(NOW + 6 * MINUTE, NOW + 5 * MINUTE)
