"""The attacker finds what follows, suppression withstands it, noise has the size it says."""

from __future__ import annotations

import random
import subprocess
import sys
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.disclosure import random_system
from cx280.kernel.problem import Unusable
from cx280.stats.disclosure import (
    Name,
    Relation,
    Rule,
    System,
    Tree,
    attack,
    broken,
    crossed,
    known_mean,
    known_sum,
    line,
    protect,
    two_way,
)
from cx280.stats.disclosure.noise import (
    expected_error,
    two_sided_geometric,
    variance,
    with_noise,
)

TEN = Rule(10)
counts = st.one_of(st.just(0), st.integers(1, 12), st.integers(10, 90))


def test_a_single_hidden_count_of_a_line_is_known_exactly() -> None:
    bounds = attack(line([4, 30, 50]), {(0,)})

    assert (bounds[(0,)].low, bounds[(0,)].high) == (4, 4)
    assert [each.name for each in broken(line([4, 30, 50]), {(0,)}, TEN)] == [(0,)]


def test_two_hidden_counts_share_what_is_left_of_the_total() -> None:
    bounds = attack(line([4, 30, 50]), {(0,), (1,)})

    assert (bounds[(0,)].low, bounds[(0,)].high) == (1, 33)
    assert broken(line([4, 30, 50]), {(0,), (1,)}, TEN) == []


def test_three_small_counts_of_ten_people_are_known_closer_than_the_rule() -> None:
    """Each is at least 1, so none is above 8: the rule says anything from 1 to 9."""
    found = broken(line([3, 3, 4, 50]), {(0,), (1,), (2,)}, TEN)

    assert [(each.low, each.high) for each in found] == [(1, 8)] * 3


def test_a_small_count_that_is_shown_is_broken() -> None:
    assert [each.name for each in broken(line([4, 30]), (), TEN)] == [(0,)]


def test_a_narrower_rule_is_content_with_less() -> None:
    hidden = {(0,), (1,), (2,)}

    assert broken(line([3, 3, 4, 50]), hidden, Rule(10, width=5)) == []


def test_a_mean_to_two_decimals_gives_hidden_counts_away() -> None:
    """12, 3, 20, 60 and 40 answers: with the mean the two hidden ones are one step apart."""
    given = [12, 3, 20, 60, 40]
    mean = round(sum(code * n for code, n in enumerate(given, 1)) / sum(given), 2)
    codes: dict[Name, float] = {(at,): float(at + 1) for at in range(5)}
    hidden = {(0,), (1,)}

    alone = line(given)
    with_mean = alone.joined([known_mean(codes, mean, sum(given))])

    assert broken(alone, hidden, TEN) == []
    assert (1,) in {each.name for each in broken(with_mean, hidden, TEN, whole=True)}


def test_two_tables_of_the_same_people_are_attacked_together() -> None:
    """Each table hides the small group with another one; side by side they tell it."""
    values: dict[object, int] = {"small": 4, "a": 20, "b": 30, "total": 54}
    sums = known_sum(["small", "a", "b"], "total")
    first, second = {"small", "a"}, {"small", "b"}
    system = System(values, (sums,))

    assert broken(system, first, TEN) == []
    assert broken(system, second, TEN) == []
    assert [each.name for each in broken(system, first & second, TEN)] == ["small"]


def test_figures_that_do_not_agree_with_the_counts_are_refused() -> None:
    with pytest.raises(Unusable, match="do not add up"):
        System({"a": 3}, (Relation((("a", 1.0),), 4.0, 4.0),))


def test_a_tree_of_units_adds_up_at_every_level() -> None:
    tree = Tree("agency", {"north": "agency", "south": "agency", "n1": "north", "n2": "north"})
    system = crossed([tree, Tree.flat(["web", "phone"])], {("n1", "web"): 5, ("n2", "web"): 7,
                                                          ("south", "phone"): 20})  # fmt: skip

    assert system.values["north", "web"] == 12
    assert system.values["agency", "all"] == 32
    with pytest.raises(Unusable):
        Tree("agency", {"a": "nowhere"}).up("a")


@settings(max_examples=40, deadline=None)
@given(st.lists(counts, min_size=1, max_size=7))
def test_nothing_is_broken_in_a_protected_line(given: list[int]) -> None:
    found = protect(line(given), TEN)

    assert found.broken == () or sum(given) < 10 + len(given)
    assert found.primary <= found.hidden
    assert all(line(given).values[name] > 0 for name in found.hidden)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_the_bounds_hold_the_truth_and_protection_hides_no_zero(rows: list[list[int]]) -> None:
    system = two_way(rows)

    found = protect(system, TEN)

    for name, bounds in attack(system, found.hidden).items():
        assert bounds.low <= system.values[name] <= bounds.high
        assert system.values[name] != 0


def brute(total: int, hidden: int) -> tuple[int, int]:
    """The least and greatest first count among all ways to split a total, none of them 0."""
    ways = [w for w in product(range(1, total + 1), repeat=hidden) if sum(w) == total]
    return min(w[0] for w in ways), max(w[0] for w in ways)


@pytest.mark.parametrize("given", [[3, 4], [2, 5, 3], [1, 1, 9]])
def test_the_bounds_are_those_that_trying_everything_finds(given: list[int]) -> None:
    names = {(at,) for at in range(len(given))}
    bounds = attack(line([*given, 40]), names, whole=True)

    assert (bounds[(0,)].low, bounds[(0,)].high) == brute(sum(given), len(given))


@pytest.mark.parametrize("part", range(4))
def test_the_attacker_breaks_no_protected_table_of_any_kind(part: int) -> None:
    """The same tables as benchmarks/disclosure.py, which tries a thousand."""
    for number in range(part, 60, 4):
        system, rule = random_system(number)

        found = protect(system, rule)

        assert found.broken == (), number
        assert broken(system, found.hidden, rule) == [], number


def test_protection_is_always_the_same_and_hides_no_more_than_it_must() -> None:
    system = two_way([[3, 50, 60], [40, 20, 90], [70, 80, 100]])

    found = protect(system, TEN)

    assert found == protect(system, TEN)
    assert len(found.hidden) == 4
    for name in found.complementary:
        assert broken(system, found.hidden - {name}, TEN)


def test_noise_has_the_spread_it_says() -> None:
    below = random.Random(1).randrange
    drawn = np.array([two_sided_geometric(Fraction(1, 2), below) for _ in range(4000)])

    assert abs(drawn.mean()) < 0.15
    assert np.abs(drawn).mean() == pytest.approx(expected_error(0.5), rel=0.08)
    assert drawn.var() == pytest.approx(variance(0.5), rel=0.15)


def test_one_person_more_changes_the_odds_of_no_result_by_more_than_the_budget() -> None:
    """The ratio of neighbouring results is e^epsilon, up to what 20,000 draws tell."""
    below = random.Random(2).randrange
    drawn = np.array([two_sided_geometric(Fraction(1), below) for _ in range(20_000)])

    for k in (0, 1):
        ratio = (drawn == k).sum() / (drawn == k + 1).sum()
        assert ratio == pytest.approx(np.e, rel=0.1)


def test_noise_leaves_no_count_below_zero_and_needs_a_budget() -> None:
    below = random.Random(3).randrange

    assert min(with_noise([0] * 200, Fraction(1, 5), below)) == 0
    with pytest.raises(Unusable, match="more than 0"):
        two_sided_geometric(Fraction(0), below)


def test_the_library_runs_without_django() -> None:
    code = "import sys, cx280.stats.disclosure.noise; assert 'django' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_hidden_quarter_does_not_follow_from_the_year() -> None:
    """Quarters and the year they add up to are one system: one hidden quarter takes another."""
    quarters = ["Q1", "Q2", "Q3", "Q4"]
    values: dict[Name, int] = {"Q1": 40, "Q2": 4, "Q3": 25, "Q4": 60, "year": 129}
    year = System(values, (known_sum(quarters, "year"),), dear=frozenset({"year"}))

    assert [each.name for each in broken(year, {"Q2"}, TEN)] == ["Q2"]
    assert protect(year, TEN).hidden == {"Q2", "Q3"}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=5, max_size=5))
def test_a_distribution_stays_hidden_when_its_mean_is_printed(given: list[int]) -> None:
    """A mean to two decimals is one more thing everybody knows: more is hidden for it."""
    total = sum(given)
    mean = round(sum(code * n for code, n in enumerate(given, 1)) / max(1, total), 2)
    codes: dict[Name, float] = {(at,): float(at + 1) for at in range(5)}
    system = line(given).joined([known_mean(codes, mean, total)] if total else [])

    found = protect(system, TEN, whole=True)

    assert found.broken == tuple(broken(system, found.hidden, TEN, whole=True))
    if total >= 60 and sum(n >= 10 for n in given) >= 4:
        assert found.broken == ()
