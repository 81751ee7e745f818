"""Gaps: hours in which a site should have sent events and did not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from cx280.kernel.business_days import holidays
from cx280.lake.columns import EventRow
from cx280.services.models import Service
from cx280.telemetry.models import Gap, Site
from cx280.telemetry.queries.answers import live
from cx280.telemetry.queries.gaps import silences, silent_days, watched
from cx280.telemetry.rules import gap_words
from cx280.telemetry.rules.gaps import judged
from cx280.telemetry.rules.quiet_hours import may_be_silent
from cx280.telemetry.tasks import watch_for_gaps
from tests.builders import a_service
from tests.telemetry.builders import a_site
from tests.telemetry.happened import an_event, kept

ZONE = "America/New_York"
BEGAN = datetime(2026, 1, 5, 5, tzinfo=UTC)  # midnight in New York, a Monday
FIRST = int(BEGAN.timestamp()) // 3600


def some_site(
    seed: int, days: int, per_day: float, *, clump: float = 4.0, office: bool = False
) -> np.ndarray:
    """Events by hour: visits of several events each, busy by day, days that swing by a fifth."""
    rng = np.random.default_rng(seed)
    local = [(BEGAN + timedelta(hours=at)).astimezone(ZoneInfo(ZONE)) for at in range(days * 24)]
    usual = np.array([_usual(each, office=office) for each in local])
    usual *= per_day * 7 / usual[:168].sum()
    swing = rng.gamma(20, 1 / 20, days + 2)
    day = np.array([each.toordinal() - local[0].toordinal() for each in local])
    visits = rng.poisson(usual * swing[day] / clump)
    return np.asarray(visits + rng.poisson((clump - 1) * visits))


def _usual(at: datetime, *, office: bool) -> float:
    if office:
        return float(8 <= at.hour < 18 and at.weekday() < 5)
    by_day = 1 + 0.6 * np.sin((at.hour - 7) / 13 * np.pi) if 7 <= at.hour < 20 else 0.0
    return float((0.15 + by_day) * (0.35 if at.weekday() > 4 else 1.0))


def counts(events: np.ndarray) -> dict[int, int]:
    return {FIRST + at: int(n) for at, n in enumerate(events) if n}


def over(events: np.ndarray) -> datetime:
    return BEGAN + timedelta(hours=len(events))


@pytest.mark.proves("280.7-f1")
def test_a_planted_gap_of_six_hours_is_found_with_what_was_expected() -> None:
    events = some_site(1, 65, 1000)
    six = slice(64 * 24 + 10, 64 * 24 + 16)  # March 10, after the clocks changed
    missed = events[six].sum()
    events[six] = 0

    (gap,) = judged(counts(events), over(events), ZONE).gaps

    assert gap_words.sentence(gap, ZONE).startswith("Nothing came in from 11 a.m. to 5 p.m. on Mar")
    assert (gap.hours, gap.days, gap.is_open) == (6, 56, False)
    assert gap.low < missed < gap.high


@pytest.mark.parametrize("per_day", [5, 60, 200, 1000, 10_000])
@pytest.mark.parametrize("office", [False, True])
def test_sites_that_never_stopped_raise_no_false_gap(per_day: int, office: bool) -> None:
    """7.7 site-years here, quiet and busy, nights and weekends; 50 were run when it was built."""
    found = [
        judged(counts(events), over(events), ZONE).gaps
        for seed in range(4)
        if len(events := some_site(seed, 84, per_day, office=office))
    ]

    assert sum(map(len, found)) == 0


def test_nearly_every_gap_of_six_hours_by_day_is_found_where_a_thousand_events_come() -> None:
    found, inside = 0, 0
    for seed in range(20):
        events = some_site(seed, 65, 1000)
        six = slice(64 * 24 + 9, 64 * 24 + 15)
        missed = events[six].sum()
        events[six] = 0
        gaps = judged(counts(events), over(events), ZONE).gaps
        found += len(gaps) == 1
        inside += bool(gaps) and gaps[0].low <= missed <= gaps[0].high

    assert found == 20
    assert inside >= 16


def test_a_holiday_is_no_gap_but_expects_little() -> None:
    events = some_site(2, 45, 2000, office=True)
    presidents_day = (date(2026, 2, 16) - BEGAN.date()).days * 24
    events[presidents_day : presidents_day + 24] = 0

    known = judged(counts(events), over(events), ZONE, set(holidays(2026))).gaps
    unknown = judged(counts(events), over(events), ZONE).gaps

    assert known == []
    assert len(unknown) == 1


def test_an_earlier_gap_teaches_nothing() -> None:
    events = some_site(3, 70, 1000)
    for day in (44, 51, 58, 65):
        events[day * 24 + 9 : day * 24 + 15] = 0

    gaps = judged(counts(events), over(events), ZONE).gaps

    assert [each.hours for each in gaps] == [6, 6, 6, 6]
    assert gaps[-1].expected == pytest.approx(gaps[0].expected, rel=0.3)


def test_a_site_that_grew_quiet_is_expected_to_stay_so() -> None:
    events = some_site(4, 70, 1000)
    events[50 * 24 :] = some_site(5, 70, 20)[50 * 24 :]

    gaps = judged(counts(events), over(events), ZONE).gaps

    assert [each for each in gaps if each.start > BEGAN + timedelta(days=58)] == []


def test_one_great_rush_does_not_hide_the_next_gap() -> None:
    events = some_site(6, 70, 1000)
    events[60 * 24 + 10 : 60 * 24 + 13] *= 50
    events[66 * 24 + 10 : 66 * 24 + 16] = 0

    assert [each.hours for each in judged(counts(events), over(events), ZONE).gaps] == [6]


def test_a_silence_that_goes_on_for_days_stays_one_open_gap() -> None:
    events = some_site(7, 75, 1000)
    events[66 * 24 + 9 :] = 0

    (gap,) = judged(counts(events), over(events), ZONE).gaps

    assert gap.is_open
    assert gap.hours > 8 * 24 + 8
    assert gap.expected == pytest.approx(9000, rel=0.2)
    assert "has come in since 10 a.m. on Mar 12" in gap_words.sentence(gap, ZONE)


def test_a_few_stray_events_do_not_end_a_silence() -> None:
    events = some_site(8, 65, 10_000)
    events[64 * 24 + 9 : 64 * 24 + 15] = [0, 1, 0, 0, 2, 0]

    (gap,) = judged(counts(events), over(events), ZONE).gaps

    assert (gap.hours, gap.events) == (6, 3)
    assert gap_words.sentence(gap, ZONE).startswith("Almost nothing (3 events) came in")


@pytest.mark.parametrize(("days", "told"), [(9, False), (17, True)])
def test_with_little_history_it_says_so(days: int, told: bool) -> None:
    events = some_site(9, days, 5000)
    events[-8:-2] = 0
    events[-14:-2] = 0

    found = judged(counts(events), over(events), ZONE)

    assert bool(found.gaps) is told
    said = gap_words.watching(found)
    assert ("Only 2 weeks" in said) if told else ("Not judged yet: 9 of 14 days" in said)


@pytest.mark.parametrize("month", [3, 11])
def test_the_hour_that_clocks_skip_or_repeat_is_no_gap(month: int) -> None:
    """A site with as many events each hour, over both changes of the clock."""
    began = datetime(2026, month - 2 if month > 2 else 1, 1, 5, tzinfo=UTC)
    first = int(began.timestamp()) // 3600
    steady = {first + at: 100 for at in range(100 * 24)}

    assert judged(steady, began + timedelta(days=100), ZONE).gaps == []


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.integers(0, 40 * 24), st.integers(1, 2000), max_size=60))
def test_whatever_came_gaps_are_whole_hours_apart_and_in_order(seen: dict[int, int]) -> None:
    until = datetime.fromtimestamp(40 * 24 * 3600, UTC)

    gaps = judged(seen, until, ZONE).gaps

    assert all(each.start < each.end and each.low <= each.expected <= each.high for each in gaps)
    assert all(a.end < b.start for a, b in pairwise(gaps))


@pytest.mark.parametrize(
    ("start", "hours", "said"),
    [
        (datetime(2026, 11, 3, 7, tzinfo=UTC), 6, "from 2 to 8 a.m. on Nov 3"),
        (datetime(2026, 11, 3, 15, tzinfo=UTC), 6, "from 10 a.m. to 4 p.m. on Nov 3"),
        (datetime(2026, 11, 3, 17, tzinfo=UTC), 2, "from noon to 2 p.m. on Nov 3"),
        (datetime(2026, 11, 4, 3, tzinfo=UTC), 10, "from 10 p.m. on Nov 3 to 8 a.m. on Nov 4"),
    ],
)
def test_a_span_is_told_as_people_say_it(start: datetime, hours: int, said: str) -> None:
    assert gap_words.span(start, start + timedelta(hours=hours), ZONE) == said


@pytest.fixture
def site(db: None, tmp_path: Path, settings: Settings) -> Site:
    """An enabled site, and a lake of this test's own."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    return a_site(a_service(), key="boats", name="www.example.gov", enabled=True)


def told(service: Service, events: np.ndarray) -> Iterator[EventRow]:
    for at, n in enumerate(events):
        for each in range(n):
            when = BEGAN + timedelta(hours=at, seconds=each)
            yield an_event(when, service=service.pk, visit=f"{at}-{each}")


@pytest.mark.proves("280.7-f1")
def test_the_next_run_of_the_worker_finds_the_gap_once(site: Site, tmp_path: Path) -> None:
    events = some_site(10, 30, 400)
    six = slice(28 * 24 + 10, 28 * 24 + 16)
    events[six] = 0
    kept(tmp_path / "lake", told(site.service, events))
    now = over(events) + timedelta(minutes=20)

    first, second = watch_for_gaps(now), watch_for_gaps(now + timedelta(hours=1))

    assert (first, second) == (1, 0)
    (silence,) = silences(site.service, date(2026, 2, 1), date(2026, 2, 3))
    assert silence.sentence.startswith("Nothing came in from 10 a.m. to 4 p.m. on Feb 2; about ")
    assert (silence.finding.rule, silence.finding.where) == ("280.7-f1", "www.example.gov")
    assert "imported" in silence.finding.fix
    assert list(silent_days(site.service, date(2026, 2, 1), date(2026, 2, 9))) == [date(2026, 2, 2)]
    assert "A silence is told when" in watched(site.service)[0].words


def test_a_gap_that_an_imported_log_fills_is_shown_no_more(site: Site, tmp_path: Path) -> None:
    events = some_site(11, 30, 400)
    six = slice(28 * 24 + 10, 28 * 24 + 16)
    late = np.zeros_like(events)
    late[six], events[six] = events[six], 0
    kept(tmp_path / "lake", told(site.service, events))
    now = over(events) + timedelta(minutes=20)
    watch_for_gaps(now)

    kept(tmp_path / "lake", told(site.service, late))
    time.sleep(1.1)  # an answer may be a second old
    watch_for_gaps(now + timedelta(hours=1))

    assert silences(site.service, date(2026, 2, 1), date(2026, 2, 4)) == []
    assert Gap.objects.get().filled_at is not None


@pytest.mark.parametrize("per_day", [200, 1000, 10_000])
@pytest.mark.parametrize("office", [False, True])
def test_no_gap_begins_that_counts_by_the_hour_do_not_tell_beforehand(
    per_day: int, office: bool
) -> None:
    """So no process needs to start while hours bring what they usually do."""
    events = some_site(per_day, 40, per_day, office=office)
    stops = 33 * 24 + 60
    to_notice = judged(counts(events[:stops]), over(events[:stops]), ZONE).hours_to_notice
    events[stops:] = 0

    opened = next(
        at
        for at in range(stops + 1, len(events) + 1)
        if judged(counts(events[:at]), over(events[:at]), ZONE).gaps
    )

    week = {hour: n for hour, n in counts(events[:opened]).items() if hour >= FIRST + opened - 168}
    assert may_be_silent(week, FIRST + opened, to_notice)


def test_busy_hours_are_not_silent_and_before_anything_is_judged_none_is() -> None:
    events = counts(some_site(1, 30, 1000))
    noon = FIRST + 28 * 24 + 12

    assert not may_be_silent(events, noon, 4.0)
    assert not may_be_silent({}, noon, None)


def test_a_site_that_is_switched_off_is_not_watched(site: Site, tmp_path: Path) -> None:
    kept(tmp_path / "lake", told(site.service, some_site(12, 20, 200)))
    Site.objects.filter(pk=site.pk).update(enabled=False)

    assert watch_for_gaps(BEGAN + timedelta(days=23)) == 0
    assert watched(site.service) == []


def test_without_a_lake_nothing_is_found(site: Site) -> None:
    assert watch_for_gaps(BEGAN) == 0


def test_an_open_gap_begins_after_the_newest_event_that_the_pages_tell(
    site: Site, tmp_path: Path
) -> None:
    events = some_site(13, 30, 400)
    events[28 * 24 + 9 :] = 0
    kept(tmp_path / "lake", told(site.service, events))
    now = over(events) + timedelta(minutes=20)
    watch_for_gaps(now)

    gap, newest = Gap.objects.get(), live(site.service.pk, now).newest

    assert newest is not None
    assert gap.is_open
    assert newest < gap.start < newest + timedelta(hours=2)
