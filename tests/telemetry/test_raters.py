"""Low raters beside high raters on one flow: counted by hand, protected, and honest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.stats.intervals import compare_shares
from cx280.telemetry.rules import questions, visit_questions
from cx280.telemetry.rules.passages import Marked, Passage, Places, Seen, passages
from cx280.telemetry.rules.raters import Comparison, Measure, Refusal, Row, compare, refused
from tests.telemetry.happened import SERVICE, an_event, ask_of, finished, started, stepped

NAMES = ["Start", "Your boat", "Payment", "Finish"]
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAYS = {
    "start": NOW - timedelta(days=2), "end": NOW,
    "first_day": (NOW - timedelta(days=2)).date(), "last_day": NOW.date(),
}  # fmt: skip


def visits(*reached: int, errors: int = 0, pages: int = 3, slow: float = 1.0) -> list[Passage]:
    """Visits of which so many reach each place; the first `errors` of them saw one."""
    found = []
    for each in range(reached[0]):
        seconds = [
            (0.0 if place == 0 else slow * (10.0 * place + each % 7)) if each < n else None
            for place, n in enumerate(reached)
        ]
        found.append(Passage(tuple(seconds), pages, int(each < errors)))
    return found


def looked_at(
    low: list[Passage], high: list[Passage], everybody: Sequence[int | None] = ()
) -> Comparison:
    return compare(low, high, NAMES, 5, ends=True, everybody=everybody)


def row_of(found: Comparison, measure: Measure, place: str = "") -> Row:
    (row,) = [each for each in found.rows if (each.measure, each.place) == (measure, place)]
    return row


# Where a visit got to


def test_a_visit_counts_by_the_first_time_in_order_and_in_time() -> None:
    start, step = "transaction_start", "other"
    marks = [
        Marked("a", step, "pay", 5), Marked("a", start, "", 10), Marked("a", step, "boat", 30),
        Marked("a", step, "pay", 90), Marked("a", "transaction_complete", "", 95),
        Marked("b", step, "boat", 10), Marked("c", start, "", 10), Marked("c", step, "boat", 2000),
        Marked("c", step, "pay", 2001), Marked("d", start, "", 5000),
    ]  # fmt: skip
    seen = [Seen("a", 4, 1), Seen("b", 9, 9)]

    found = passages(marks, seen, Places(["boat", "pay"], ends=True, within=1800, settled=4000))

    assert found == {
        "a": Passage((0.0, 20, 60, 5), 4, 1),  # the pay before the start is none
        "c": Passage((0.0, None, None, None)),  # over half an hour later
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["v1", "v2", "v3"]),
            st.sampled_from(["start", "boat", "pay", "end"]),
            st.integers(0, 4000),
        ),
        max_size=25,
    )
)
def test_visits_are_counted_as_the_funnel_of_the_lake_counts_them(
    told: list[tuple[str, str, int]],
) -> None:
    events = [an_event(NOW - timedelta(days=1), visit="v1")]
    for visit, what, second in told:
        at = NOW - timedelta(hours=2) + timedelta(seconds=second)
        make = {"start": started, "end": finished}.get(what)
        events.append(make(at, visit) if make else stepped(at, visit, what))
    asked = {"service": SERVICE, **DAYS, "flow": "permit"}
    settled = NOW - timedelta(minutes=90)
    funnel = ask_of(
        events, questions.funnel(2, ends=True), **asked, step_1="boat", step_2="pay",
        within=1800.0, settled=settled,
    )  # fmt: skip

    marks = ask_of(events, visit_questions.MARKS, **asked, visits=["v1", "v2", "v3", "nobody"])
    places = Places(["boat", "pay"], ends=True, within=1800, settled=settled.timestamp())
    found = passages(msgspec.convert(marks, list[Marked]), [], places).values()

    counts = [sum(each.reached(place) for each in found) for place in range(4)]
    assert counts == [row["visits"] for row in funnel]


def test_pages_and_errors_are_counted_of_the_visits_given_alone() -> None:
    events = [
        an_event(NOW - timedelta(hours=1, seconds=at), kind, visit=visit, bot=visit == "robot")
        for at, (visit, kind) in enumerate(
            [("a", "page_view"), ("a", "page_view"), ("a", "error"), ("b", "page_view"),
             ("robot", "error"), ("c", "error")]
        )
    ]  # fmt: skip

    found = ask_of(
        events, visit_questions.SEEN, service=SERVICE, **DAYS, visits=["a", "b", "robot"]
    )

    assert found == [
        {"visit": "a", "pages": 2, "errors": 1},
        {"visit": "b", "pages": 1, "errors": 0},
    ]


# The figures


def test_the_figures_are_those_counted_by_hand() -> None:
    low = visits(40, 34, 16, 10, errors=20, pages=6)
    high = visits(100, 95, 90, 80, errors=10)

    found = looked_at(low, high)
    stopped = row_of(found, Measure.STOPPED, "Payment")
    done = row_of(found, Measure.FINISHED, "Finish")
    seconds = row_of(found, Measure.SECONDS, "Your boat")

    assert (found.low, found.high, found.refusal) == (40, 100, None)
    assert stopped.low is not None
    assert (stopped.low.value, stopped.low.n) == (18 / 34, 34)
    assert stopped.high is not None
    assert (stopped.high.value, stopped.high.n) == (5 / 95, 95)
    assert done.low is not None
    assert (done.low.value, done.low.n) == (0.25, 40)
    assert seconds.low is not None
    assert (seconds.low.value, seconds.low.n) == (13.0, 34)  # 10 to 16 in turn
    assert row_of(found, Measure.ERRORS).differs
    pages = row_of(found, Measure.PAGES)
    assert pages.between is not None
    assert pages.between.difference == 3.0
    assert found.strongest == stopped


def test_each_difference_is_held_to_its_part_of_five_in_a_hundred() -> None:
    found = looked_at(visits(40, 34, 16, 10, errors=20), visits(100, 95, 90, 80, errors=10))
    row = row_of(found, Measure.STOPPED, "Payment")

    newcombe = compare_shares((5, 95), (18, 34), 1 - 0.05 / found.compared)

    assert found.compared == 9
    assert row.between is not None
    assert (row.between.low, row.between.high) == pytest.approx((newcombe.low, newcombe.high))


def test_no_difference_is_a_possible_answer() -> None:
    found = looked_at(visits(40, 36, 30, 22), visits(80, 72, 60, 44))

    assert found.refusal is None
    assert found.compared > 0
    assert found.strongest is None


@pytest.mark.parametrize("n", [(4, 90), (90, 4), (0, 90), (0, 0)])
def test_with_too_few_of_either_nothing_is_shown(n: tuple[int, int]) -> None:
    found = looked_at(visits(n[0], 0, 0, 0), visits(n[1], 0, 0, 0))

    assert (found.rows, found.refusal) == ((), Refusal.TOO_FEW)


# What stays hidden

groups = st.lists(st.integers(0, 40), min_size=4, max_size=4).map(lambda n: sorted(n, reverse=True))


@given(groups, groups, groups, st.integers(0, 12), st.integers(5, 12))
def test_no_figure_is_of_fewer_than_the_smallest_and_none_gives_one_away(
    low: list[int], high: list[int], others: list[int], errors: int, smallest: int
) -> None:
    everybody = [a + b + c for a, b, c in zip(low, high, others, strict=True)]
    found = compare(
        visits(*low, errors=min(errors, low[0])), visits(*high), NAMES, smallest,
        ends=True, everybody=everybody,
    )  # fmt: skip

    for row in found.rows:
        for each, reached in ((row.low, low), (row.high, high)):
            if each is None:
                continue
            assert each.n >= smallest
            if row.measure.is_share:
                part = round(each.value * each.n)
                assert not 0 < part < smallest
                assert not 0 < each.n - part < smallest
            if row.measure is Measure.SECONDS:
                assert each.n == reached[NAMES.index(row.place)]
    for place, name in enumerate(NAMES):
        if found.rows and name not in found.hidden:
            assert not 0 < others[place] < smallest, "the few others would follow"


def test_the_few_who_are_neither_do_not_follow_from_the_three_counts() -> None:
    low, high = visits(40, 34, 16, 10), visits(100, 95, 90, 80)

    without = looked_at(low, high, [143, 140, 120, None])
    within = looked_at(low, high, [200, 132, 120, None])

    assert without.refusal is Refusal.TOO_FEW
    assert within.hidden == ("Your boat",)
    past = row_of(within, Measure.STOPPED, "Payment")
    assert past.since == "Start"  # the place between is not told
    assert past.low is not None
    assert past.low.n == 40


def test_a_place_that_few_of_one_group_leave_is_told_of_neither() -> None:
    found = looked_at(visits(40, 34, 16, 10), visits(100, 95, 93, 80))

    assert found.hidden == ("Payment",)
    end = row_of(found, Measure.STOPPED, "Finish")
    assert (end.since, end.low and end.low.n, end.high and end.high.n) == ("Your boat", 34, 95)


def test_two_steps_of_one_name_are_two_places() -> None:
    names = ["Start", "Boat", "Boat", "Finish"]
    found = compare(visits(40, 30, 20, 10), visits(60, 50, 40, 30), names, 5, ends=True)

    stopped = [each.low.n for each in found.rows if each.measure is Measure.STOPPED and each.low]

    assert stopped == [40, 30, 20]


# When it is refused


@pytest.mark.proves("280.7-j2")
def test_nothing_is_joined_without_the_promise_or_with_personal_data() -> None:
    assert refused(promised=False, tiers=[1]) is Refusal.PROMISE
    assert refused(promised=True, tiers=[1, 3]) is Refusal.TIER
    assert refused(promised=True, tiers=[1, 2, None]) is None


def test_the_order_of_visits_changes_nothing() -> None:
    low, high = visits(40, 34, 16, 10, errors=20), visits(100, 95, 90, 80, errors=10)

    one, other = looked_at(low, high), looked_at(low[::-1], high[::-1])

    assert one == other
    assert Counter(row.measure for row in one.rows)[Measure.SECONDS] == 3
