"""Importance equals what others have published, and what can be worked out by hand."""

import csv
import json
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from cx280.stats.drivers import DriverAnalysis, Method, Patterns, analyse, patterns_of

OUTCOMES = {"swiss": "Fertility", "mtcars": "mpg", "attitude": "rating"}
METHODS = {"lmg": "shapley_lmg", "johnson": "johnson_rw"}


@pytest.mark.realdata
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", OUTCOMES)
def test_importances_equal_the_published_ones(real_data: Path, name: str, method: Method) -> None:
    folder = real_data / "kda"
    expected = json.loads((folder / "expected_kda.json").read_text())[name]
    with (folder / f"datasets.{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    drivers = list(expected["shapley_lmg"])
    columns = {each: [float(row[each]) for row in rows] for each in [OUTCOMES[name], *drivers]}

    found = analyse(patterns_of(columns), OUTCOMES[name], drivers, method=method)

    assert found.n == expected["n"]
    assert found.r2 == pytest.approx(expected["r2"], abs=1e-9)
    published = cast("dict[str, float]", expected[METHODS[method]])
    assert importances(found) == pytest.approx(published, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_uncorrelated_drivers_get_the_squares_of_their_correlations(method: Method) -> None:
    # Every combination of a and b once; y = 2a + b, so R² is 1 and splits 4 to 1.
    patterns = Patterns(
        ("y", "a", "b"),
        np.array([[2.0 * a + b, a, b] for a in (-1, 1) for b in (-1, 1)]),
        np.full(4, 5.0),
    )

    found = analyse(patterns, "y", ["a", "b"], method=method)

    assert importances(found) == pytest.approx({"a": 0.8, "b": 0.2})


def importances(found: DriverAnalysis) -> dict[str, float]:
    return {each.driver: each.importance for each in found.drivers}
