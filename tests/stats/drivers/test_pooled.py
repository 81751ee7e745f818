"""Services of one type are pooled within themselves, two at least, and only when comparable."""

import numpy as np
import pytest

from cx280.kernel.problem import Unusable
from cx280.stats.drivers import NotPooled, Patterns, TooThin, analyse, patterns_of, pool_services
from tests.stats.drivers.answers import NAMES, answers, columns_of, with_gaps

SAME = {"passports": "agree5", "visas": "agree5", "records": "agree5"}


def three_services(n: int = 600) -> dict[str, Patterns]:
    return {name: answers(n, seed) for seed, name in enumerate(SAME)}


@pytest.mark.proves("280.10-i5")
def test_fewer_than_two_services_are_refused() -> None:
    with pytest.raises(NotPooled, match="at least 2 services of one type; there is 1"):
        pool_services({"passports": answers(500)}, "trust", NAMES, keys=SAME)


@pytest.mark.proves("280.10-i5")
def test_services_that_asked_differently_are_refused() -> None:
    with pytest.raises(NotPooled, match="not comparable"):
        pool_services(three_services(), "trust", NAMES, keys=SAME | {"visas": "agree7"})
    with pytest.raises(NotPooled, match="Nobody said what visas asked"):
        pool_services(three_services(), "trust", NAMES, keys=SAME | {"visas": ""})


@pytest.mark.proves("280.10-i5")
def test_a_service_s_level_is_no_driver() -> None:
    """Where ease and trust are both better, they go together between services, not within."""
    source = np.random.default_rng(2)
    services = {}
    for place, name in enumerate(SAME):
        columns = {each: source.integers(1, 5, 800).astype(float) for each in NAMES}
        columns["trust"] = columns["speed"] + source.integers(0, 3, 800)
        services[name] = patterns_of(
            columns | {"trust": columns["trust"] + 3 * place, "ease": columns["ease"] + 3 * place}
        )

    mixed = {each: np.concatenate([_rows(part)[each] for part in services.values()])
             for each in ("trust", *NAMES)}  # fmt: skip
    naive = analyse(patterns_of(mixed), "trust", NAMES)
    pooled = pool_services(services, "trust", NAMES, keys=SAME)

    assert naive.leading == ("ease",)
    assert pooled.within.leading == ("speed",)
    assert pooled.within.driver("ease").importance < 0.01
    assert pooled.across[0].driver == "speed"


def test_pooled_importance_is_that_of_the_covariance_within_services() -> None:
    services = three_services(300)
    within = []
    for each in services.values():
        rows = np.column_stack(list(_rows(each).values()))
        within.append(rows - rows.mean(axis=0))
    pooled = np.cov(np.concatenate(within).T)
    r2 = pooled[0, 1:] @ np.linalg.solve(pooled[1:, 1:], pooled[1:, 0]) / pooled[0, 0]

    found = pool_services(services, "trust", NAMES, keys=SAME, bootstrap=100)

    assert found.within.r2 == pytest.approx(r2)
    assert found.within.n == 900


def test_services_whose_people_skip_unlike_shares_are_pooled_without_tilt() -> None:
    """Where people are discontented they skip more, so answered means alone would mislead."""
    whole, gappy = {}, {}
    for seed, name in enumerate(SAME):
        columns = columns_of(3000, seed)
        whole[name] = patterns_of(columns)
        columns = with_gaps(columns, (0.7, 0.1, 0.4)[seed], seed, by_trust=True)
        gappy[name] = patterns_of(columns)

    found, truth = (
        pool_services(each, "trust", NAMES, keys=SAME, bootstrap=100).within
        for each in (gappy, whole)
    )

    for name in NAMES:
        expected = truth.driver(name).importance
        assert found.driver(name).importance == pytest.approx(expected, abs=0.02)


def test_services_alike_are_said_to_be_alike_and_unlike_ones_unlike() -> None:
    alike = pool_services(three_services(2000), "trust", NAMES, keys=SAME)
    unlike = three_services(2000)
    unlike["visas"] = patterns_of(columns_of(2000, 5, weights=(0.05, 0.6, 0.1, 0.1)))
    differing = pool_services(unlike, "trust", NAMES, keys=SAME)

    assert all("no evidence" in each.words for each in alike.across)
    ease = next(each for each in differing.across if each.driver == "ease")
    assert "differs a great deal" in ease.words
    assert ease.high - ease.low > 0.2


def test_the_interval_across_two_services_is_honest_about_how_few_they_are() -> None:
    two = {name: answers(2000, seed) for seed, name in enumerate(["passports", "visas"])}

    found = pool_services(two, "trust", NAMES, keys=SAME)

    across = next(each for each in found.across if each.driver == "ease")
    within = found.within.driver("ease")
    assert across.high - across.low > 3 * (within.high - within.low)


def test_a_service_too_thin_is_named() -> None:
    services = three_services() | {"visas": answers(4)}

    with pytest.raises(TooThin, match=r"^visas: 4 people answered"):
        pool_services(services, "trust", NAMES, keys=SAME)


def test_a_service_without_the_question_is_refused() -> None:
    services = three_services() | {"visas": answers(100).of(["trust", "ease"])}

    with pytest.raises(Unusable, match="There is no question “speed”"):
        pool_services(services, "trust", NAMES, keys=SAME)


def _rows(patterns: Patterns) -> dict[str, np.ndarray]:
    times = patterns.people.astype(int)
    return {name: np.repeat(patterns.column(name), times) for name in patterns.names}
