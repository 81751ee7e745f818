"""What all watches of a service tell together where nothing happens: what was chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from benchmarks.detection import offices
from benchmarks.detection.watched import CHOICES, COUNTED, LEARNED, SHAPES, falls, made
from cx280.alarms.rules.joint import incidents_of
from cx280.alarms.rules.replaying import replayed
from cx280.alarms.rules.watches import Sensitivity, default_watches


@pytest.mark.proves("280.7-h1")
@pytest.mark.parametrize(("shape", "choice"), [("survey", "1 a week"), ("website", "1 a month"),
                                               ("website", "1 a quarter")])  # fmt: skip
def test_incidents_of_steady_services_come_about_as_often_as_chosen(
    shape: str, choice: str
) -> None:
    draw = np.random.default_rng(291)
    many = 30 if choice == "1 a quarter" else 12
    services = [made(draw, 5_000, SHAPES[shape]) for _ in range(many)]

    told = sum(map(incidents_of, falls(services, CHOICES[choice])))

    assert 0.5 < told / (len(services) * COUNTED / 30) / CHOICES[choice] < 1.5


@pytest.mark.proves("280.7-h1")
def test_a_survey_of_twenty_offices_tells_as_often_as_chosen() -> None:
    draw = np.random.default_rng(294)

    told = sum(offices.incidents(offices.made(draw, 20), 1.0) for _ in range(8))

    assert 0.5 < told / (8 * offices.COUNTED / 30) < 1.5


@pytest.mark.parametrize("shape", SHAPES)
def test_steady_services_have_all_their_default_watches(shape: str) -> None:
    found = made(np.random.default_rng(1), 500, SHAPES[shape])

    assert set(found) == {(each.kind, each.key) for each in default_watches(SHAPES[shape])}


def test_a_replay_counts_what_is_told_of_each_series_by_itself() -> None:
    """Which also says that the benchmark, which judges many at once, counts what is told."""
    service = made(np.random.default_rng(292), 500, SHAPES["survey"])
    first = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=LEARNED)

    found = dict(replayed(1, [(*key, each) for key, each in service.items()], first))

    for choice in Sensitivity:
        assert found[choice.value] == incidents_of(falls([service], choice.a_month)[0])
    assert found[Sensitivity.FOUR.value] > 0


def test_a_watch_with_nothing_to_look_at_leaves_its_share_to_the_others() -> None:
    service = made(np.random.default_rng(293), 500, SHAPES["survey"])
    known = [(*key, each) for key, each in service.items()]
    missing = [(kind, f"{key}-not-there", None) for kind, key in service] * 5
    first = known[0][2].starts[0]

    assert replayed(1, [*known, *missing], first) == replayed(1, known, first)
