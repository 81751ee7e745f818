"""Events of the lake become facts: equal to an independent count, and to the older questions."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cx280.lake.columns import EventRow
from cx280.services.models import Service
from cx280.telemetry.actions.lake import tend
from cx280.telemetry.models import CountedDay, Counting, DayFacts
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import questions
from cx280.telemetry.rules.facts import ALL, Figure
from cx280.telemetry.rules.periods import local_days
from tests.builders import a_service
from tests.telemetry.builders import a_site
from tests.telemetry.happened import an_event, counted, kept

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 12, 18, tzinfo=UTC)
# The clock jumps on March 8.
FIRST, LAST = date(2026, 3, 6), date(2026, 3, 11)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lake(settings: Any, tmp_path: Path) -> Path:  # noqa: ANN401
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path / "lake"


def some_days(service: int, seed: int, events: int = 1500) -> list[EventRow]:
    """Events of few visits over six days and nights, so that many cross midnight."""
    chance = random.Random(seed)
    first = datetime(2026, 3, 6, 5, tzinfo=UTC)
    found = []
    for _ in range(events):
        at = first + timedelta(seconds=chance.random() * 6 * 86_400 - 1800)
        kind = chance.choice(["page_view", "click", "other", "error"])
        name = chance.choice(["lcp", "cls", "step", "helpful"]) if kind == "other" else ""
        value = chance.choice([None, chance.lognormvariate(3, 2), -1.5, 0.0, 7.25])
        found.append(
            an_event(
                at, kind, name=name, service=service, value=value,
                visit=chance.choice(["", *(f"v{at.toordinal() // 2}-{n}" for n in range(9))]),
                page=f"/p{min(int(chance.expovariate(0.5)), 8)}", bot=chance.random() < 0.1,
                device=chance.choice(["", "desktop", "mobile"]),
            )
        )  # fmt: skip
    return found


def by_local_day(events: Iterable[EventRow]) -> dict[date, list[EventRow]]:
    """The events that are no robot's, by the local day on which they happened."""
    found: dict[date, list[EventRow]] = defaultdict(list)
    for each in events:
        if not each.bot:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=each.at)
            found[moment.astimezone(ZONE).date()].append(each)
    return found


def figures_by_hand(
    events: Iterable[EventRow], column: str
) -> Iterator[tuple[tuple[date, str, str, str], dict[str, Any]]]:
    """The figures of each day, kind, name and value, worked out from lists of events."""
    days = by_local_day(events)
    for day, told in days.items():
        groups: dict[tuple[str, str, str], list[EventRow]] = defaultdict(list)
        for each in told:
            groups[each.kind, each.name, getattr(each, column) if column else ""].append(each)
        for (kind, name, value), here in groups.items():
            before = {
                each.visit
                for each in days.get(day - timedelta(days=1), [])
                if (each.kind, each.name) == (kind, name)
                and (not column or getattr(each, column) == value)
            }
            values = [each.value for each in here if each.value is not None]
            yield (
                (day, kind, name, value),
                {
                    "events": len(here),
                    "measured": len(values),
                    "total": math.fsum(values) if values else None,
                    "mean": float(np.mean(values)) if values else None,
                    "median": float(np.median(values)) if values else None,
                    "least": min(values, default=None),
                    "greatest": max(values, default=None),
                    "p90": float(np.quantile(values, 0.9)) if values else None,
                    "p95": float(np.quantile(values, 0.95)) if values else None,
                    "visits": len({each.visit for each in here if each.visit} - before),
                },
            )


def same(figure: Figure, by_hand: dict[str, Any]) -> None:
    """Fails where a figure is further than 1e-9 from the one worked out by hand."""
    for name, value in by_hand.items():
        found = getattr(figure, name)
        assert (found is None) == (value is None), name
        if value is not None:
            assert found == pytest.approx(value, rel=1e-9, abs=1e-9), name


@pytest.mark.proves("280.7-g2")
@pytest.mark.parametrize("part", ["totals", "page", "device"])
def test_facts_equal_an_independent_count(lake: Path, part: str) -> None:
    service, other = a_service(), a_service()
    events = some_days(service.pk, 1)
    kept(lake, [*events, *some_days(other.pk, 2)])

    counted(NOW)

    found = {
        (day, each.kind, each.name, each.value): each
        for day, each in facts.figures(service.pk, FIRST, LAST, part)
    }
    by_hand = dict(figures_by_hand(events, "" if part == "totals" else part))
    days = {key[0] for key in by_hand}
    assert found.keys() == {key for key in by_hand if FIRST <= key[0] <= LAST}
    assert len(days) >= 6
    for key, figure in found.items():
        same(figure, by_hand[key])
        spread = figure.spread.n if figure.spread else 0
        assert spread == figure.measured


def test_visits_of_days_add_up_to_the_visits_of_all(lake: Path) -> None:
    service = a_service()
    events = some_days(service.pk, 3)
    kept(lake, events)

    counted(NOW)

    days = facts.figures(service.pk, date(2026, 3, 1), NOW.date(), "totals", by=ALL)
    visits = {each.visit for each in events if each.visit and not each.bot}
    assert sum(each.visits for _, each in days) == len(visits)


def test_hours_of_a_day_are_those_that_the_lake_tells(lake: Path) -> None:
    service = a_service()
    kept(lake, some_days(service.pk, 4))
    day = date(2026, 3, 8)  # has 23 hours
    period = local_days(day, day, "America/New_York")
    asked = {"service": service.pk, **period.parameters}

    counted(NOW)

    found = {
        each.hour: (each.events, each.visits, each.median)
        for _, each in facts.figures(service.pk, day, day, "totals", hours=True, by=ALL)
    }
    rows = ask(questions.facts_by_hour(), **asked)
    assert found == {
        int(row["hour"].replace(tzinfo=UTC).timestamp()): (  # type: ignore[attr-defined]
            row["events"], row["visits"], row["median"],
        )
        for row in rows
    }  # fmt: skip
    assert len(found) == 23


def test_counting_again_with_nothing_new_counts_nothing(lake: Path) -> None:
    service = a_service()
    kept(lake, some_days(service.pk, 5, 300))
    first = counted(NOW)
    before = list(DayFacts.objects.order_by("pk").values())

    again = counted(NOW + timedelta(hours=1))

    assert first.parts > 0
    assert (again.parts, again.is_behind) == (0, False)
    assert list(DayFacts.objects.order_by("pk").values()) == before
    assert Counting.objects.get().behind_since is None
    assert CountedDay.objects.count() == 7


def test_a_late_event_changes_its_own_day_and_no_other(lake: Path) -> None:
    service: Service = a_service()
    at = datetime(2026, 3, 9, 16, tzinfo=UTC)
    kept(lake, [an_event(at + timedelta(days=n), service=service.pk) for n in range(3)])
    counted(NOW)

    kept(lake, [an_event(at, service=service.pk, visit="late")])
    counted(NOW)

    days = facts.figures(service.pk, FIRST, NOW.date(), "totals")
    assert [(day.day, each.events, each.visits) for day, each in days] == [
        (9, 2, 2), (10, 1, 0), (11, 1, 0),
    ]  # fmt: skip


@pytest.mark.proves("280.7-f2")
def test_facts_outlive_the_events_they_were_counted_from(lake: Path) -> None:
    service = a_service()
    a_site(service, key="boats", retention_days=2)
    kept(lake, some_days(service.pk, 6, 600))
    before = kept_facts(service, counted_first=NOW)

    tended = tend(NOW.date())
    counted(NOW + timedelta(hours=1))

    assert tended.forgotten > 100
    assert kept_facts(service) == before
    final = DayFacts.objects.filter(is_final=True).values_list("day", flat=True)
    assert max(final) == date(2026, 3, 10)


def test_what_was_never_counted_is_counted_before_it_is_forgotten(lake: Path) -> None:
    service = a_service()
    a_site(service, key="boats", retention_days=2)
    kept(lake, some_days(service.pk, 7, 300))

    tend(NOW.date())

    days = {day for day, _ in facts.figures(service.pk, FIRST, LAST, "totals")}
    assert days == {date(2026, 3, day) for day in range(6, 11)}


def test_what_comes_too_late_for_a_final_day_is_left_out_and_told(
    lake: Path, caplog: pytest.LogCaptureFixture
) -> None:
    service = a_service()
    a_site(service, key="boats", retention_days=2)
    at = datetime(2026, 3, 10, 16, tzinfo=UTC)
    kept(lake, [an_event(at, service=service.pk)])
    tend(NOW.date())
    kept(lake, [an_event(at, service=service.pk), an_event(at, service=service.pk)])

    late = counted(NOW).late

    assert late == 2
    assert "2 events of service" in caplog.text
    assert [each.events for _, each in facts.figures(service.pk, FIRST, LAST, "totals")] == [1]
    assert counted(NOW).late == 0


def kept_facts(service: Service, counted_first: datetime | None = None) -> list[Any]:
    """All that is kept of a service, but for when it was counted."""
    if counted_first:
        counted(counted_first)
    rows = DayFacts.objects.filter(service=service).order_by("day", "part")
    return list(rows.values_list("day", "part", "body", "events"))
