"""What a year comes to: people put together, never quarters averaged, nothing given away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.indicators.rules.measures import Measure, read_measure
from cx280.indicators.rules.values import SHARE, read_value, typed, value_words
from cx280.indicators.rules.verdicts import break_between, verdict_of
from cx280.indicators.rules.vocabulary import Direction, Verdict
from cx280.indicators.rules.years import Figure, Level, Point, level_of_year, year_of
from cx280.kernel.problem import Unusable
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.scores import share_of

T1 = "transaction|trust_change|T1|exact|agree5|web|agency"
T2 = "transaction|trust_level|T2|exact|agree5|web|agency"
COUNTS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda ab: (min(ab), max(ab))),
    min_size=1, max_size=4,
)  # fmt: skip


def a_point(number: int, successes: int, n: int, key: str = T1, **fields: Any) -> Point:
    basis = Basis.ASKED
    return replace(
        Point(
            Quarter(2023, number), key, share_of(successes, n, basis), source=f"Release {number}"
        ),
        **fields,
    )


@settings(max_examples=40)
@given(COUNTS)
@pytest.mark.proves("280.12-a2")
def test_a_year_is_everybody_who_answered_put_together(counts: list[tuple[int, int]]) -> None:
    points = [a_point(at, *pair) for at, pair in enumerate(counts, start=1)]

    found = year_of(points, 2023)

    n = sum(whole for _, whole in counts)
    assert (found.n or 0) == n
    if n:
        assert found.value == sum(agree for agree, _ in counts) / n
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.value <= found.high
    else:
        assert found.value is None
        assert found.why


@settings(max_examples=40)
@given(COUNTS, st.integers(0, 3))
def test_a_hidden_quarter_changes_nothing_that_is_shown(
    counts: list[tuple[int, int]], which: int
) -> None:
    """Else the year less its other quarters would tell the hidden one."""
    points = [a_point(at, *pair) for at, pair in enumerate(counts, start=1)]
    hidden = [replace(each, why="Too few") if at == which else each
              for at, each in enumerate(points)]  # fmt: skip
    without = [each for at, each in enumerate(points) if at != which]

    shown, alone = year_of(hidden, 2023), year_of(without, 2023)

    assert (shown.value, shown.n, shown.period) == (alone.value, alone.n, alone.period)


@pytest.mark.proves("INC-05")
def test_quarters_that_asked_in_another_way_are_left_out_and_named() -> None:
    points = [a_point(1, 90, 100, T2), a_point(2, 60, 100), a_point(3, 80, 100)]

    found = year_of(points, 2023)

    assert (found.value, found.n, found.period) == (0.7, 200, "FY2023 Q2, Q3")
    assert found.breaks == ("FY2023 Q1: asked in another way, so not counted here.",)
    assert found.how == "Release 2; Release 3"


@pytest.mark.proves("INC-44", "280.12-a2")
def test_answers_people_chose_to_give_have_no_interval() -> None:
    chose = Point(Quarter(2023, 1), T1, share_of(80, 100, Basis.CHOSE))

    found = year_of([chose, a_point(2, 80, 100)], 2023)

    assert (found.value, found.low, found.high) == (0.8, None, None)
    assert found.sure == "the views of 200 people who chose to answer"


def test_other_years_are_not_touched() -> None:
    assert year_of([a_point(1, 8, 10)], 2022).why == "Nobody has answered in this year."


@pytest.mark.proves("280.12-a3")
def test_a_service_level_is_the_stored_one_and_is_never_averaged() -> None:
    levels = [Level(Quarter(2023, at), value, "minutes", source=f"Release {at}")
              for at, value in ((1, 30.0), (2, 20.0))]  # fmt: skip

    found = level_of_year(levels, 2023)

    assert (found.value, found.period, found.how) == (20.0, "FY2023 Q2", "Release 2")


@pytest.mark.proves("280.12-a3")
def test_a_service_level_with_its_parts_is_put_together() -> None:
    levels = [
        Level(Quarter(2023, 1), 90.0, "percent", 900, 1000),
        Level(Quarter(2023, 2), 50.0, "percent", 50, 100),
    ]

    found = level_of_year(levels, 2023)

    assert found.value == pytest.approx(100 * 950 / 1100)
    assert found.sure == "from 950 of 1,100"


@settings(max_examples=60)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5), st.sampled_from(list(Direction)))
@pytest.mark.proves("280.12-a1")
def test_a_verdict_is_sure_only_where_the_whole_interval_is_on_one_side(
    value: float, target: float, half: float, way: Direction
) -> None:
    figure = Figure(value, value - half, value + half, 100)

    found = verdict_of(figure, target, way)

    met = value >= target if way is Direction.UP else value <= target
    inside = figure.low < target < figure.high  # type: ignore[operator]
    assert (found in {Verdict.MET, Verdict.MET_UNSURE}) is met
    assert (found in {Verdict.MET_UNSURE, Verdict.MISSED_UNSURE}) is inside


def test_without_figure_or_target_there_is_no_verdict() -> None:
    assert verdict_of(Figure(None), 0.8, "up") is Verdict.NO_FIGURE
    assert verdict_of(Figure(0.8), None, "up") is Verdict.NO_TARGET


@pytest.mark.proves("INC-05")
def test_years_asked_or_made_otherwise_are_not_compared() -> None:
    t1, t2 = Figure(0.8, key=T1), Figure(0.8, key=T2)

    assert break_between(t1, t1) == ""
    assert "trust" in break_between(t1, t2).lower()
    assert break_between(Figure(1), Figure(2, stated=True))
    assert break_between(t1, t1, "Defined anew: other counters") == "Defined anew: other counters"


@pytest.mark.parametrize(
    "written",
    ["", "trust", "finished:renew", "group:language:es:trust", "participation", "level:Wait: a/b"],
)
def test_a_measure_reads_back_as_written(written: str) -> None:
    found = read_measure(written)

    assert (found.written if found else "") == written


@pytest.mark.parametrize("written", ["group:language:es", "nothing:x", "level:"])
def test_a_measure_of_another_shape_is_refused(written: str) -> None:
    with pytest.raises(Unusable, match="not a measure"):
        read_measure(written)


@pytest.mark.proves("280.0-a4")
def test_telemetry_stands_beside_surveys_as_a_service_level() -> None:
    assert Measure("finished", "renew").is_service_level
    assert not Measure("finished", "renew").is_feedback
    assert Measure("survey", "trust").is_feedback


@settings(max_examples=40)
@given(st.floats(0, 1).map(lambda each: round(each, 4)))
def test_a_share_is_typed_as_percent(share: float) -> None:
    assert read_value(typed(share, is_share=True), is_share=True) == pytest.approx(share, abs=1e-6)


def test_values_are_read_and_written_as_people_do() -> None:
    assert read_value("1,250.5", is_share=False) == 1250.5
    assert read_value(" 84 % ", is_share=True) == 0.84
    assert read_value("", is_share=True) is None
    assert value_words(0.84, SHARE) == "84.0\N{NO-BREAK SPACE}%"
    assert value_words(21.5, "minutes") == "21.5 minutes"
    for wrong in ("many", "nan", "1e400"):
        with pytest.raises(Unusable):
            read_value(wrong, is_share=False)
