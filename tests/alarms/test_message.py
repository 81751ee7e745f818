"""An alarm says what, where, how bad, since when and what to do, and gives nobody away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.message import (
    LONGEST_HEADLINE,
    Concern,
    Told,
    headline,
    message_of,
    one_line,
    what_to_do,
)
from cx280.alarms.rules.wording import Measure, Seen, how_bad, how_rare, since
from cx280.kernel.problem import Unusable
from tests.alarms.channels.alarmed import FACTS, a_message

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.proves("280.7-h3")
def test_an_alarm_says_what_where_how_bad_how_rare_and_what_to_do() -> None:
    message = a_message()

    assert message.what == "Boat permit: far fewer people finish"
    assert message.where == "Online, step “Pay” of the form"
    assert message.how_bad == "12 % of 412 people who began, where 31 % to 39 % was expected."
    assert message.how_rare == "Chance alone does this about once in 3 years."
    assert message.what_to_do[0] == "Say that you are on it, so that others know."


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Seen(Measure.COUNT, 48, 310, 390, None, "people who finished"),
         "48 people who finished, where 310 to 390 were expected."),
        (Seen(Measure.COUNT, 3, 310, 390, None, "people who finished"),
         "Fewer than 10 people who finished, where 310 to 390 were expected."),
        (Seen(Measure.SHARE, 0.01, 0.31, 0.39, 412, "people who began"),
         "Fewer than 10 of 412 people who began, where 31 % to 39 % was expected."),
        (Seen(Measure.SHARE, 0.99, 0.31, 0.39, 412, "answers"),
         "More than 402 of 412 answers, where 31 % to 39 % was expected."),
        (Seen(Measure.SHARE, 0.5, 0.31, 0.39, 9, "answers"),
         "Too few answers to show a figure, where 31 % to 39 % was expected."),
        (Seen(Measure.MEAN, 3.14, 3.9, 4.1, 412, "answers"),
         "3.14 on average from 412 answers, where 3.90 to 4.10 was expected."),
        (Seen(Measure.SECONDS, 340, 200, 260, 412, "visits"),
         "One in four of 412 visits took longer than 5.7 minutes, where 3.3 minutes to "
         "4.3 minutes was expected."),
        (Seen(Measure.SILENCE, 6, 210, 340, None, "visits"),
         "Nothing came for 6 hours, where 210 to 340 visits were expected."),
        (Seen(Measure.SHARE, 0.12, None, None, 412, "people who began"),
         "12 % of 412 people who began. Too little is known yet to say what was expected."),
    ],
)  # fmt: skip
def test_each_kind_of_figure_is_said_beside_what_was_expected(seen: Seen, said: str) -> None:
    assert one_line(how_bad(seen, 10)) == said


@given(
    st.floats(0, 1), st.integers(0, 5_000), st.integers(2, 50),
    st.sampled_from([Measure.SHARE, Measure.COUNT]),
)  # fmt: skip
def test_no_small_count_can_be_read_or_worked_out(
    share: float, n: int, smallest: int, measure: Measure
) -> None:
    value = share if measure is Measure.SHARE else float(n)

    said = how_bad(Seen(measure, value, 0.3, 0.4, n, "people"), smallest)

    few = n if measure is Measure.COUNT else min(round(share * n), n - round(share * n))
    if few < smallest:
        assert said.startswith(("Fewer than", "More than", "Too few"))


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_headline_is_short_and_one_line_whatever_people_call_their_services(
    service: str, said: str
) -> None:
    found = headline(service, said)

    assert len(found) <= LONGEST_HEADLINE
    assert len(found.splitlines()) <= 1
    message = message_of(replace(FACTS, service=service, said=said), Told.WORSE, smallest=10)
    assert len(message.subject.splitlines()) == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [(3, "within a week, so wait and see"), (20, "about once in 3 weeks"),
     (90, "about once in 3 months"), (9, "about once in 9 days"),
     (1100, "about once in 3 years"), (9999, "less than once in ten years")],
)  # fmt: skip
def test_how_rare_is_said_in_time(days: float, said: str) -> None:
    assert how_rare(days) == f"Chance alone does this {said}."


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2022, 1, 28, 14, 15, tzinfo=NEW_YORK),
         "Friday, January 28, 2022, 2:15 p.m. Eastern time"),
        (datetime(2022, 7, 1, 0, 5, tzinfo=NEW_YORK),
         "Friday, July 1, 2022, 12:05 a.m. Eastern time"),
        (datetime(2022, 7, 1, tzinfo=NEW_YORK), "Friday, July 1, 2022"),
        (datetime(2022, 7, 1, 12, 0, tzinfo=ZoneInfo("Pacific/Honolulu")),
         "Friday, July 1, 2022, 12:00 p.m. Hawaii time"),
        (datetime(2022, 7, 1, 12, 0, tzinfo=UTC), "Friday, July 1, 2022, 12:00 p.m. UTC"),
    ],
)  # fmt: skip
def test_since_when_is_said_with_its_zone(at: datetime, said: str) -> None:
    assert since(at) == said


@pytest.mark.parametrize("kind", list(Told))
@pytest.mark.parametrize("concern", list(Concern))
def test_every_alarm_says_at_most_three_things_to_do(kind: Told, concern: Concern) -> None:
    assert 1 <= len(what_to_do(kind, concern)) <= 3


def test_a_subject_says_first_what_is_not_new_and_what_is_not_real() -> None:
    assert a_message(Told.RESOLVED).subject.startswith("Over: Boat permit: far fewer people")
    assert a_message(simulated=True).subject.startswith("Simulated: Boat permit")
    assert a_message().subject.endswith("(Online, step “Pay” of the form)")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(Unusable, match="no time zone"):
        a_message(since=datetime(2022, 1, 28, 14, 15))  # noqa: DTZ001
