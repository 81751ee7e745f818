"""Meta-regression equals what is published, and refuses what few services cannot tell."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cx280.kernel.problem import Unusable
from cx280.stats.metaregression import meta_regression

# Thirteen trials of BCG vaccine against tuberculosis (Colditz et al. 1994, JAMA 271, 698-702):
# cases and others among the vaccinated, the same among the others, degrees of latitude.
BCG = [
    (4, 119, 11, 128, 44), (6, 300, 29, 274, 55), (3, 228, 11, 209, 42),
    (62, 13536, 248, 12619, 52), (33, 5036, 47, 5761, 13), (180, 1361, 372, 1079, 44),
    (8, 2537, 10, 619, 19), (505, 87886, 499, 87892, 13), (29, 7470, 45, 7232, 27),
    (17, 1699, 65, 1600, 42), (186, 50448, 141, 27197, 18), (5, 2493, 3, 2338, 33),
    (27, 16886, 29, 17825, 33),
]  # fmt: skip


def trials() -> tuple[list[float], list[float], list[float]]:
    """Logarithms of relative risks, their variances, latitudes."""
    y = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d, _ in BCG]
    v = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d, _ in BCG]
    return y, v, [float(each[4]) for each in BCG]


def test_without_moderators_it_is_the_published_random_effects_model() -> None:
    """R's metafor on these data, restricted likelihood: mu -0.7145, tau squared 0.3132."""
    y, v, _ = trials()

    found = meta_regression(y, v)

    assert found.coefficients[0].value == pytest.approx(-0.7145, abs=5e-5)
    assert found.tau_squared == pytest.approx(0.3132, abs=5e-5)
    assert found.heterogeneity == pytest.approx(0.9222, abs=5e-5)
    assert found.expected is not None
    assert found.expected[0] < found.coefficients[0].low


def test_latitude_goes_with_the_effect_as_published() -> None:
    """metafor: level 0.2515, latitude -0.0291, tau squared 0.0764, explained 75.62 %."""
    y, v, latitude = trials()

    found = meta_regression(y, v, [("latitude", latitude)])

    assert [round(each.value, 4) for each in found.coefficients] == [0.2515, -0.0291]
    assert found.tau_squared == pytest.approx(0.0764, abs=1e-4)
    assert found.heterogeneity == pytest.approx(0.6839, abs=3e-4)
    assert found.explained == pytest.approx(0.7562, abs=3e-4)
    assert found.coefficients[1].high < 0


def test_services_that_differ_by_chance_alone_have_no_spread() -> None:
    found = meta_regression([0.5, 0.5, 0.5], [0.01, 0.02, 0.03])

    assert found.tau_squared == 0
    assert found.coefficients[0].value == pytest.approx(0.5)


def test_intervals_hold_19_times_in_20_for_six_services() -> None:
    rng = np.random.default_rng(5)
    v = rng.uniform(0.0005, 0.004, 6)
    held = 0
    for _ in range(600):
        y = 0.8 + rng.normal(0, 0.04, 6) + rng.normal(0, np.sqrt(v))
        level = meta_regression(y.tolist(), v.tolist()).coefficients[0]
        held += level.low <= 0.8 <= level.high

    assert 0.925 <= held / 600 <= 0.99


def test_never_narrower_than_the_plain_interval_unless_asked() -> None:
    y, v = [0.5, 0.501, 0.499], [0.01, 0.01, 0.01]

    usual = meta_regression(y, v).coefficients[0]
    narrower = meta_regression(y, v, narrower=True).coefficients[0]

    assert narrower.error < usual.error


@pytest.mark.parametrize(
    ("y", "v", "moderators", "why"),
    [
        ([0.5], [0.01], [], "two services at least"),
        ([0.5, 0.6], [0.01, 0.0], [], "variance, above 0"),
        ([0.5] * 9, [0.01] * 9, [("size", list(range(9)))], "too few"),
        ([0.5] * 12, [0.01] * 12, [("size", [1.0] * 12)], "do not tell"),
        ([0.5] * 12, [0.01] * 12, [("size", [1.0])], "one value for each"),
    ],
)
def test_what_few_services_cannot_tell_is_refused(
    y: list[float], v: list[float], moderators: list[tuple[str, list[float]]], why: str
) -> None:
    with pytest.raises(Unusable, match=why):
        meta_regression(y, v, moderators)
