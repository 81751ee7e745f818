"""A digest tells each incident once, what needs somebody first, and names what was quiet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.digests import (
    Digest,
    Part,
    Story,
    digest_of,
    part_of,
    period_of,
)
from cx280.alarms.rules.vocabulary import Pace
from cx280.alarms.rules.wording import lasting

ZONE = "America/New_York"
TOGETHER = [each for each in Pace if each is not Pace.AT_ONCE]
HERE = ZoneInfo(ZONE)
# A Monday, 8:00 in the morning.
NOW = datetime(2022, 1, 31, 8, 0, tzinfo=HERE)


def a_story(
    incident: int,
    days_ago: float,
    *,
    taken: float | None = None,
    over: float | None = None,
    service: str = "Boat permit",
) -> Story:
    """An incident that began so many days ago; taken and over after so many hours."""
    opened = NOW - timedelta(days=days_ago)
    return Story(
        incident,
        service,
        f"{service}: fewer people finish",
        opened,
        None if taken is None else opened + timedelta(hours=taken),
        None if over is None else opened + timedelta(hours=over),
        f"https://cx.example.gov/alarms/{incident}/",
    )


def told(*stories: Story, services: tuple[str, ...] = ()) -> Digest:
    """The weekly digest of Monday morning."""
    return digest_of(stories, services, Pace.WEEKLY, NOW, ZONE)


@pytest.mark.proves("280.7-h3")
def test_a_week_in_plain_words() -> None:
    digest = told(
        a_story(1, 2.5, over=5, taken=1),
        a_story(2, 4),
        a_story(3, 12, taken=2, service="Visa"),
        services=("Boat permit", "Visa", "Passport"),
    )

    assert digest.subject == "1 alarm needs you"
    assert digest.opening == (
        "2 new alarms, the week of Monday, January 24, 2022. 1 is over, 2 are still open."
    )
    assert [(part, len(lines)) for part, lines in digest.parts] == [
        ("Nobody has taken it", 1), ("Somebody is on it", 1), ("Over", 1)
    ]  # fmt: skip
    (over,) = digest.parts[2][1]
    assert over.how == (
        "Began Friday, January 28, 2022, 8:00 p.m. Eastern time, over after 5 hours."
    )
    assert digest.quiet == "Quiet: Passport."


def test_a_quiet_week_says_so() -> None:
    digest = told(services=("Visa", "Boat permit"))

    assert digest.subject == "Nothing needs you: no alarms, the week of Monday, January 24, 2022"
    assert digest.quiet == "Quiet: Boat permit and Visa."
    assert digest.parts == ()


def test_how_fast_is_said_of_three_or_more() -> None:
    stories = [a_story(each, 3, taken=each, over=10 * each) for each in range(1, 4)]

    assert told(*stories[:2]).speed == ""
    assert told(*stories).speed == (
        "Half of 3 were taken within 2 hours. Half of 3 were over within 20 hours."
    )


def test_what_was_put_off_comes_back_by_itself() -> None:
    off = Story(1, "Visa", "Visa: fewer", NOW - timedelta(days=1), None, None, "https://x/", NOW)
    later = Story(
        1, "Visa", "Visa: fewer", NOW - timedelta(days=1), None, None, "https://x/",
        NOW + timedelta(days=1),
    )  # fmt: skip

    assert part_of(off, NOW) is Part.NEEDS
    assert part_of(later, NOW) is Part.OFF
    assert "Comes back Tuesday, February 1, 2022" in told(later).parts[0][1][0].how


def test_of_services_that_fell_together_none_is_called_quiet() -> None:
    together = Story(
        1, "2 services", "2 services: fewer", NOW - timedelta(days=4), None, None, "https://x/",
        fell=("Visa", "Boat permit"),
    )  # fmt: skip

    assert told(together, services=("Visa", "Boat permit", "Park")).quiet == "Quiet: Park."


@pytest.mark.parametrize(
    ("pace", "today", "first", "after"),
    [
        (Pace.DAILY, date(2022, 3, 1), date(2022, 2, 28), date(2022, 3, 1)),
        (Pace.WEEKLY, date(2022, 1, 31), date(2022, 1, 24), date(2022, 1, 31)),
        (Pace.WEEKLY, date(2022, 2, 2), date(2022, 1, 24), date(2022, 1, 31)),
        (Pace.MONTHLY, date(2022, 1, 1), date(2021, 12, 1), date(2022, 1, 1)),
        (Pace.MONTHLY, date(2022, 3, 15), date(2022, 2, 1), date(2022, 3, 1)),
    ],
)
def test_a_digest_is_of_the_period_that_ended_last(
    pace: Pace, today: date, first: date, after: date
) -> None:
    assert period_of(pace, today) == (first, after)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.sampled_from(TOGETHER))
def test_periods_follow_each_other_without_a_gap(today: date, pace: Pace) -> None:
    first, after = period_of(pace, today)

    assert first < after <= today
    assert period_of(pace, first)[1] == first


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=5), "1 minute"), (timedelta(minutes=90), "2 hours"),
        (timedelta(minutes=59), "59 minutes"), (timedelta(hours=26), "26 hours"),
        (timedelta(days=3), "3 days"),
    ],
)  # fmt: skip
def test_how_long_is_said_in_one_unit(span: timedelta, said: str) -> None:
    assert lasting(span) == said


moments = st.datetimes(datetime(2022, 1, 10), datetime(2022, 1, 31, 12))  # noqa: DTZ001


@st.composite
def stories(draw: st.DrawFn) -> list[Story]:
    """Incidents of three services, some taken, some over."""
    made = []
    for incident in range(draw(st.integers(0, 8))):
        opened = draw(moments).replace(tzinfo=UTC)
        after = st.none() | st.timedeltas(timedelta(0), NOW.astimezone(UTC) - opened)
        taken, over = (draw(after) if opened < NOW else None for _ in range(2))
        made.append(
            Story(
                incident,
                draw(st.sampled_from("ABC")),
                "fell",
                opened,
                None if taken is None else opened + taken,
                None if over is None else opened + over,
                f"https://cx.example.gov/alarms/{incident}/",
            )
        )
    return made


@given(stories(), st.sampled_from(TOGETHER))
def test_each_incident_of_the_period_stands_there_once_and_no_other(
    given: list[Story], pace: Pace
) -> None:
    digest = digest_of(given, ("A", "B", "C"), pace, NOW, ZONE)

    first, after = (
        datetime(day.year, day.month, day.day, tzinfo=HERE) for day in period_of(pace, NOW.date())
    )
    expected = {
        each.address
        for each in given
        if each.opened_at < after and (each.over_at is None or each.over_at >= first)
    }
    shown = [line.address for _, lines in digest.parts for line in lines]
    assert sorted(shown) == sorted(expected)
    touched = {each.service for each in given if each.address in expected}
    assert {each for each in "ABC" if each in digest.quiet.removeprefix("Quiet")} == (
        set("ABC") - touched
    )
    assert digest.subject.startswith("Nothing needs you") is (
        all(part != "Nobody has taken it" for part, _ in digest.parts)
    )
