"""Taps are counted under low and high ratings and never analysed like ratings."""

import numpy as np
import pytest

from cx280.stats.drivers import MixedModes, TooThin, analyse, analyse_taps, patterns_of
from cx280.stats.drivers.patterns import Floats
from tests.stats.drivers.answers import columns_of


def tapped(n: int = 2000, seed: int = 0) -> dict[str, Floats]:
    """Wait annoys, staff pleases, parking is neither; parking is shown to half of the people."""
    source = np.random.default_rng(seed)
    trust = source.integers(1, 6, n).astype(float)
    parking = (source.random(n) < 0.3).astype(float)
    return {
        "trust": trust,
        "wait": (source.random(n) < np.where(trust <= 2, 0.6, 0.2)).astype(float),
        "staff": (source.random(n) < np.where(trust >= 4, 0.5, 0.2)).astype(float),
        "parking": np.where(source.random(n) < 0.5, parking, np.nan),
    }


@pytest.mark.proves("INC-15")
def test_taps_are_shares_of_those_shown_apart_for_low_and_high_ratings() -> None:
    columns = tapped()
    low = columns["trust"] <= 2
    shown = ~np.isnan(columns["parking"])

    found = analyse_taps(patterns_of(columns), "trust", ["wait", "staff", "parking"])

    parking = next(each for each in found.drivers if each.driver == "parking")
    assert parking.shown == shown.sum()
    assert parking.under_low.shown == (shown & low).sum()
    assert parking.under_low.tapped == np.nansum(columns["parking"][low])
    assert parking.under_low.share == parking.under_low.tapped / parking.under_low.shown
    assert parking.under_low.low < parking.under_low.share < parking.under_low.high


def test_what_is_tapped_under_low_ratings_is_a_penalty_and_under_high_ones_a_reward() -> None:
    found = analyse_taps(patterns_of(tapped()), "trust", ["wait", "staff", "parking"])

    assert (found.penalties, found.rewards) == (("wait",), ("staff",))
    assert found.drivers[-1].side == "neither"


def test_taps_without_any_link_are_called_neither_in_nearly_all_samples() -> None:
    sides = []
    for seed in range(100):
        source = np.random.default_rng(seed)
        columns = {"trust": source.integers(1, 6, 400).astype(float)}
        columns |= {f"t{at}": (source.random(400) < 0.3).astype(float) for at in range(6)}
        found = analyse_taps(patterns_of(columns), "trust", [f"t{at}" for at in range(6)])
        sides.append(bool(found.penalties or found.rewards))

    assert np.mean(sides) <= 0.1  # 0.05 is meant; all six differences together


@pytest.mark.proves("INC-15")
def test_taps_and_ratings_are_never_mixed() -> None:
    columns = columns_of(500)
    columns["tap"] = (columns["ease"] > 3).astype(float)
    patterns = patterns_of(columns)

    with pytest.raises(MixedModes, match="tap can only be tapped or not, ease, speed are rated"):
        analyse(patterns, "trust", ["ease", "tap", "speed"])
    with pytest.raises(MixedModes, match="ease is rated"):
        analyse_taps(patterns, "trust", ["tap", "ease"])


def test_too_few_low_ratings_are_refused_with_the_number_needed() -> None:
    columns = tapped(60)
    columns["trust"][:] = 5

    with pytest.raises(TooThin, match="0 people gave a low rating; 30 are needed") as refused:
        analyse_taps(patterns_of(columns), "trust", ["wait"])

    assert refused.value.needed == 30


def test_weighted_taps_have_the_shares_of_replicated_people_and_wider_intervals() -> None:
    columns = tapped(600)
    weights = np.random.default_rng(1).integers(1, 5, 600)
    replicated = {name: np.repeat(each, weights) for name, each in columns.items()}

    weighed = analyse_taps(patterns_of(columns, weights), "trust", ["wait"]).drivers[0]
    repeated = analyse_taps(patterns_of(replicated), "trust", ["wait"]).drivers[0]

    assert weighed.under_low.share == pytest.approx(repeated.under_low.share)
    assert weighed.difference.difference == pytest.approx(repeated.difference.difference, abs=0.01)
    assert weighed.under_low.low < repeated.under_low.low
    assert weighed.under_low.shown == (columns["trust"] <= 2).sum()
