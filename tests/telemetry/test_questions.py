"""The questions asked of the lake answer what an independent count answers."""

from __future__ import annotations

import math
import statistics
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.lake.columns import EventRow
from cx280.telemetry.rules import questions
from cx280.telemetry.rules.arrivals import ARRIVALS
from cx280.telemetry.rules.periods import local_days
from tests.telemetry.happened import SERVICE, an_event, ask_of, finished, started, stepped

ZONE = "America/New_York"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = local_days(date(2026, 5, 4), date(2026, 5, 4), ZONE)
ASKED: dict[str, object] = {"service": SERVICE, **DAY.parameters}


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


values = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False, allow_subnormal=False))
happenings = st.lists(
    st.tuples(
        st.integers(0, 6 * 3600),
        values,
        st.sampled_from(["", "v1", "v2", "v3"]),
        st.sampled_from(["/", "/pay"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


@pytest.mark.proves("280.7-g2")
@given(happenings)
@hypothesis_settings(max_examples=40)
def test_figures_of_each_hour_and_page_are_those_of_an_independent_count(
    given_events: list[tuple[int, float | None, str, str, bool]],
) -> None:
    events = [
        an_event(later(seconds), "other", value=value, visit=visit, page=page, bot=bot)
        for seconds, value, visit, page, bot in given_events
    ]

    rows = ask_of(events, questions.facts_by_hour(["page"]), **ASKED)

    people = [each for each in events if not each.bot]
    groups = {(each.at // 3_600_000_000, each.page) for each in people}
    assert len(rows) == len(groups)
    for row in rows:
        mine = [
            each for each in people
            if each.at // 3_600_000_000 == row["hour"].timestamp() // 3600
            and each.page == row["page"]
        ]  # fmt: skip
        holds(row, mine)


def holds(row: dict[str, Any], events: list[EventRow]) -> None:
    """The row says what numpy and statistics say of the events, to 1e-9."""
    found = sorted(each.value for each in events if each.value is not None)
    assert row["events"] == len(events)
    assert row["measured"] == len(found)
    assert row["visits"] == len({each.visit for each in events} - {""})
    figures = ("total", "mean", "median", "least", "greatest", "p90", "p95")
    if not found:
        assert all(row[each] is None for each in figures)
        return
    expected = (
        math.fsum(found), statistics.fmean(found), statistics.median(found), found[0], found[-1],
        float(np.percentile(found, 90)), float(np.percentile(found, 95)),
    )  # fmt: skip
    for name, value in zip(figures, expected, strict=True):
        assert row[name] == pytest.approx(value, rel=1e-9, abs=1e-9 * max(map(abs, found))), name


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2028, 2, 29), 24)],
)
def test_a_day_has_the_hours_that_people_lived(day: date, hours: int) -> None:
    """One event in each half hour around the day: each counts on the day on the wall."""
    period = local_days(day, day, ZONE)
    first = period.start - timedelta(hours=3)
    events = [an_event(first + timedelta(minutes=30 * n), value=1.0) for n in range(70)]
    week = local_days(day - timedelta(days=1), day + timedelta(days=1), ZONE)

    rows = ask_of(events, questions.facts_by_day(week.offsets), service=SERVICE, **week.parameters)

    assert period.hours == hours
    by_day = {row["local_day"]: row["events"] for row in rows}
    assert by_day[day] == 2 * hours
    assert sum(by_day.values()) == 70


def test_an_event_that_comes_late_counts_on_the_day_it_happened() -> None:
    received = round((NOON + timedelta(days=3)).timestamp() * 1_000_000)
    events = [an_event(NOON), an_event(NOON, received=received)]

    (row,) = ask_of(events, questions.facts_by_day(DAY.offsets), **ASKED)

    assert (row["local_day"], row["events"]) == (date(2026, 5, 4), 2)


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Pacific/Auckland", "Pacific/Honolulu", "UTC"])
@given(days=st.integers(0, 800), length=st.integers(0, 400))
@hypothesis_settings(max_examples=20)
def test_offsets_place_every_moment_on_its_day_on_the_wall(
    zone: str, days: int, length: int
) -> None:
    from zoneinfo import ZoneInfo

    first = date(2026, 1, 1) + timedelta(days=days)
    period = local_days(first, first + timedelta(days=length), zone)
    for part in range(100):
        at = period.start + (period.end - period.start) * part / 100
        seconds = next(each.seconds for each in period.offsets if at < each.until)

        assert (at + timedelta(seconds=seconds)).date() == at.astimezone(ZoneInfo(zone)).date()


def test_facts_are_told_apart_by_known_dimensions_only() -> None:
    with pytest.raises(Unusable):
        questions.facts_by_hour(["visit; DROP TABLE events"])


def a_morning() -> list[EventRow]:
    """Five visits: all the way; stops before pay; pay before address; too slow; only looks."""
    return [
        started(later(0), "all"),
        stepped(later(10), "all", "address"),
        stepped(later(12), "all", "address"),  # again: only the first time counts
        stepped(later(40), "all", "pay"),
        finished(later(100), "all"),
        started(later(0), "stops"),
        started(later(60), "stops"),  # a reload: the first start counts
        stepped(later(80), "stops", "address"),
        stepped(later(5), "backward", "pay"),
        started(later(6), "backward"),
        stepped(later(26), "backward", "address"),
        started(later(0), "slow"),
        stepped(later(1900), "slow", "address"),
        an_event(later(0), visit="looks"),
        started(later(0), "robot", bot=True),
        started(later(0), ""),
        started(later(0), "elsewhere", service=8),
    ]


def the_funnel(*, ends: bool, settled: datetime, within: float = 1800) -> list[tuple[int, Any]]:
    rows = ask_of(
        a_morning(), questions.funnel(2, ends=ends), **ASKED, flow="permit",
        step_1="address", step_2="pay", within=within, settled=settled,
    )  # fmt: skip
    return [(row["visits"], row["median_seconds"]) for row in rows]


def test_a_funnel_counts_visits_in_order_as_a_hand_does() -> None:
    assert the_funnel(ends=True, settled=later(3600)) == [
        (4, None),
        (3, 20.0),
        (1, 30.0),
        (1, 60.0),
    ]
    assert the_funnel(ends=False, settled=later(3600)) == [(4, None), (3, 20.0), (1, 30.0)]


def test_a_step_taken_too_late_is_another_visit_s_business() -> None:
    assert [n for n, _ in the_funnel(ends=True, settled=later(3600), within=2000)] == [4, 4, 1, 1]


def test_visits_that_have_not_had_their_time_are_not_counted_as_stopped() -> None:
    assert [n for n, _ in the_funnel(ends=True, settled=later(3))] == [3, 2, 1, 1]


def by_hand(visits: dict[str, list[tuple[int, str]]], marks: list[str], within: int) -> list[int]:
    """How many visits reach each mark, walked one by one."""
    reached = [0] * len(marks)
    for events in visits.values():
        at: int | None = None
        for place, mark in enumerate(marks):
            times = [
                seconds for seconds, name in events
                if name == mark and (at is None or at <= seconds <= at + within)
            ]  # fmt: skip
            if not times:
                break
            at = min(times)
            reached[place] += 1
    return reached


@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.lists(
            st.tuples(st.integers(0, 4000), st.sampled_from(["start", "address", "pay", "end"])),
            max_size=9,
        ),
    )
)
@hypothesis_settings(max_examples=60)
def test_any_funnel_is_what_walking_through_each_visit_gives(
    visits: dict[str, list[tuple[int, str]]],
) -> None:
    make = {"start": started, "end": finished}
    events = [an_event(NOON)] + [
        make[name](later(seconds), visit) if name in make
        else stepped(later(seconds), visit, name)
        for visit, happened in visits.items()
        for seconds, name in happened
    ]  # fmt: skip

    rows = ask_of(
        events, questions.funnel(2, ends=True), **ASKED, flow="permit",
        step_1="address", step_2="pay", within=1800, settled=DAY.end,
    )  # fmt: skip

    assert [row["visits"] for row in rows] == by_hand(
        visits, ["start", "address", "pay", "end"], 1800
    )


def test_what_people_came_to_do_counts_those_who_finished_after_they_started() -> None:
    events = [*a_morning(), finished(later(1), "backward-end"), finished(later(2), "backward")]

    (row,) = ask_of(events, questions.THINGS, **ASKED, settled=later(3600))

    assert (row["flow"], row["started"], row["finished"]) == ("permit", 4, 1)
    assert row["median_seconds"] == 100.0


def test_steps_come_in_the_order_in_which_visits_take_them() -> None:
    rows = ask_of(a_morning(), questions.STEPS, **ASKED, flow="permit")

    assert [(row["step"], row["visits"]) for row in rows] == [("address", 4), ("pay", 1)]


def test_page_speed_is_the_third_quartile_of_loads_beside_good_and_poor() -> None:
    lcp = [1000.0, 2000.0, 2500.0, 2600.0, 4000.0, 4001.0]
    events = [an_event(NOON, "other", name="lcp", page="/", value=each) for each in lcp]
    events += [an_event(NOON, "other", name="cls", page="/", value=0.3)]
    events += [an_event(NOON, "other", name="helpful", page="/", value=1)]

    rows = ask_of(events, questions.SPEED, **ASKED)

    assert [(r["name"], r["loads"], r["good"], r["poor"]) for r in rows] == [
        ("cls", 1, 0, 1), ("lcp", 6, 3, 1),
    ]  # fmt: skip
    assert rows[1]["p75"] == pytest.approx(float(np.percentile(lcp, 75)))


def test_next_pages_are_those_people_open_after_one_another() -> None:
    pages = ["/", "/", "/fees", "/", "/fees"]
    events = [an_event(later(n), page=page, visit="v") for n, page in enumerate(pages)]
    events += [an_event(later(9), page="/start", visit="w")]

    rows = ask_of(events, questions.NEXT_PAGES, **ASKED)

    assert [tuple(row.values()) for row in rows] == [("/", "/fees", 1), ("/fees", "/", 1)]


def test_what_happens_now_is_told_by_minute_and_the_newest_by_site() -> None:
    events = [an_event(later(0)), an_event(later(30), visit="v2"), an_event(later(60))]

    minutes = ask_of(events, ARRIVALS, **ASKED, seconds=60)
    (newest,) = ask_of(events, questions.NEWEST, service=SERVICE, first_day=date(2026, 5, 1))

    assert [(row["events"], row["visits"]) for row in minutes] == [(2, 2), (1, 1)]
    assert (newest["site"], newest["received"]) == ("boats", later(60))


def test_an_outcome_is_known_by_the_events_that_tell_of_it() -> None:
    rows = ask_of([*a_morning(), started(NOON, "x", flow="other")], questions.OUTCOMES,
                  service=SERVICE)  # fmt: skip

    assert [row["flow"] for row in rows] == ["permit"]
