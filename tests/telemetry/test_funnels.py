"""What a funnel shows: drop-off with its interval, nothing too small, and one plain sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.intervals import wilson
from cx280.telemetry.rules.funnels import (
    NOT_COMPUTABLE,
    Place,
    Share,
    completion,
    finding,
    in_words,
    stages,
    untold,
    worst,
)

PERMIT = [
    Place("Start", 1204),
    Place("Address", 1100, 21.0),
    Place("Pay", 478, 95.5),
    Place("Finish", 450, 60.0),
]


def test_each_stage_says_how_many_stopped_before_it_and_how_sure_that_is() -> None:
    shown = stages(PERMIT, 10)

    pay = shown[2]
    assert pay.reached == Share(478, 1204)
    assert pay.stopped == Share(622, 1100)
    assert pay.stopped.ends == wilson(622, 1100)
    assert pay.seconds == 95.5
    assert worst(shown) is pay


def test_the_finding_is_one_plain_sentence() -> None:
    said = finding(stages(PERMIT, 10)).replace("\N{NO-BREAK SPACE}", " ")

    assert said == ("6 in 10 who start never reach Pay: between 58 % and 63 %, from 1,204 visits")


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([Place("Start", 0), Place("Pay", 0)], "Nobody started this yet"),
        ([Place("Start", 4), Place("Pay", 0)], "Too few visits to say where people stop"),
        ([Place("Start", 40), Place("Pay", 40)], "Nearly everybody gets through"),
    ],
)
def test_where_nothing_can_be_found_the_sentence_says_so(places: list[Place], said: str) -> None:
    assert finding(stages(places, 10)) == said


def test_visits_that_finish_without_telling_of_every_step_are_said() -> None:
    shown = stages(PERMIT, 10)

    assert untold(Share(900, 1204), shown, 10).startswith("450 of 900 visits that finished did not")
    assert untold(Share(459, 1204), shown, 10) == ""  # nine would be too few to tell of
    assert untold(Share(450, 1204), shown, 10) == ""
    assert untold(None, shown, 10) == untold(Share(450, 1204), [], 10) == ""


def test_a_stage_that_few_reach_or_few_leave_is_not_shown() -> None:
    places = [Place("Start", 100), Place("A", 97, 5.0), Place("B", 60), Place("Finish", 4)]

    shown = stages(places, 10)

    assert [each.reached.part if each.reached else None for each in shown] == [100, None, 60, None]
    assert shown[1].seconds is None
    assert (shown[2].after, shown[2].stopped) == ("Start", Share(40, 100))


falling = st.lists(st.integers(0, 60), min_size=1, max_size=8).map(
    lambda counts: [Place(f"p{i}", n) for i, n in enumerate(sorted(counts, reverse=True))]
)


@given(falling, st.sampled_from([5, 10]))
def test_no_count_under_the_smallest_follows_from_what_is_shown(
    places: list[Place], smallest: int
) -> None:
    counts = [each.reached.part for each in stages(places, smallest) if each.reached]

    for i, first in enumerate(counts):
        assert not 0 < first < smallest
        for second in counts[i:]:
            assert not 0 < first - second < smallest


def test_a_place_cannot_have_more_visits_than_the_one_before() -> None:
    with pytest.raises(Unusable):
        stages([Place("Start", 3), Place("Pay", 4)], 10)


@pytest.mark.proves("280.4-e1")
def test_without_an_outcome_event_the_completion_rate_is_not_computable() -> None:
    found = completion(1204, 0, has_outcome=False, smallest=10)

    assert found.finished is None
    assert found.reason == NOT_COMPUTABLE
    assert "not computable" in found.reason


@pytest.mark.proves("280.4-e1")
def test_the_completion_rate_counts_outcome_events() -> None:
    found = completion(1204, 450, has_outcome=True, smallest=10)

    assert found.finished == Share(450, 1204)


@pytest.mark.parametrize(("started", "finished"), [(4, 0), (100, 3), (100, 97)])
def test_a_completion_rate_that_would_tell_of_a_few_is_not_shown(
    started: int, finished: int
) -> None:
    assert completion(started, finished, has_outcome=True, smallest=10).finished is None


@given(st.integers(1, 5000), st.data())
def test_a_share_is_never_said_as_a_fraction_that_its_interval_leaves_out(
    n: int, data: st.DataObject
) -> None:
    share = Share(data.draw(st.integers(0, n)), n)

    said = in_words(share)

    numbers = [int(each) for each in re.findall(r"\d+", said)]
    if re.fullmatch(r"\d+ in \d+", said):
        low, high = share.ends
        assert low <= numbers[0] / numbers[1] <= high
        assert abs(numbers[0] / numbers[1] - share.share) <= 0.03
    elif "%" in said:
        assert numbers == [round(share.share * 100)]


@pytest.mark.parametrize(
    ("part", "n", "said"),
    [(350, 1000, "1 in 3"), (35, 100, "1 in 3"), (500, 1000, "1 in 2"), (3, 4, "3 in 4"),
     (7, 7, "All"), (450, 1000, "45\N{NO-BREAK SPACE}% of those"),
     (20, 1000, "Fewer than 1 in 20"), (990, 1000, "Nearly all")],
)  # fmt: skip
def test_a_share_is_said_as_people_say_it(part: int, n: int, said: str) -> None:
    assert in_words(Share(part, n)) == said
