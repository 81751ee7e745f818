"""Free exploration: what may be asked, where the answer comes from, and what stays hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from cx280.kernel.problem import Unusable
from cx280.services.models import Service
from cx280.telemetry.queries.exploring import explored
from cx280.telemetry.rules.exploring import Cell, choice_of, protected
from cx280.telemetry.rules.facts import ALL, Figure, Figures
from tests.builders import a_service
from tests.telemetry.counted import part_counted
from tests.telemetry.happened import an_event, kept

TODAY = date(2026, 3, 12)
# The clock jumps on March 8, at 07:00 UTC.
NOON = datetime(2026, 3, 9, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"figure": "average"}, "figure"),
        ({"by": "visit"}, "by"),
        ({"grain": "week"}, "grain"),
        ({"grain": "hour"}, "grain"),
        ({"kind": "views"}, "kind"),
        ({"name": "lcp"}, "kind"),
        ({"days": "3"}, "days"),
        ({"from": "yesterday"}, "from"),
        ({"to": "1066-10-14"}, "to"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "from"),
        ({"from": "2024-03-02", "to": "2026-03-01"}, "from"),
        ({"page": "x" * 301}, "page"),
        ({"device": "a\x00b"}, "device"),
    ],
)
def test_what_cannot_be_asked_names_the_field(given: dict[str, str], field: str) -> None:
    with pytest.raises(Unusable) as refused:
        choice_of(given, TODAY)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("given", "standard"),
    [
        ({}, True),
        ({"by": "device", "figure": "mean", "kind": "other"}, True),
        ({"figure": "p90", "kind": "other", "name": "lcp"}, True),
        ({"figure": "p90"}, False),
        ({"page": "/"}, False),
        ({"grain": "hour", "days": "7", "kind": "other", "name": "lcp"}, False),
    ],
)
def test_only_what_facts_know_is_asked_of_them(given: dict[str, str], standard: bool) -> None:
    assert choice_of(given, TODAY).is_standard is standard


cells = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["1", "2", "3", "4"]), st.integers(0, 40)),
    max_size=12,
    unique_by=lambda each: each[:2],
)


@pytest.mark.proves("280.10-b5")
@given(cells, st.integers(5, 12))
def test_nothing_small_is_shown_and_no_line_hides_one_alone(
    told: list[tuple[str, str, int]], smallest: int
) -> None:
    given = [Cell(period, value, 1.0, n, n, n) for value, period, n in told]

    shown = protected(given, smallest)

    for before, after in zip(given, shown, strict=True):
        assert after.hidden or not 0 < before.n < smallest
        assert not after.hidden or (after.figure is None and after.events == after.visits == 0)
    for line in ("period", "value"):
        for at in {getattr(each, line) for each in given}:
            places = [n for n, each in enumerate(given) if getattr(each, line) == at]
            gone = [n for n in places if shown[n].hidden]
            if len(places) > 1 and any(given[n].n and not shown[n].hidden for n in places):
                assert len(gone) != 1
                assert not gone or sum(given[n].n for n in gone) >= smallest


@pytest.fixture
def service(db: None, tmp_path: Path, settings: Settings) -> Service:
    """A service with 40 visits in a lake: 30 on mobiles, 8 on desktops, 2 on tablets."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    service = a_service()
    devices = ["mobile"] * 30 + ["desktop"] * 8 + ["tablet"] * 2
    events = []
    for at, device in enumerate(devices):
        when = NOON - timedelta(days=at % 4, minutes=at + 1)
        told: dict[str, Any] = {"service": service.pk, "visit": f"v{at}", "device": device}
        events += [
            an_event(when, page="/", **told),
            an_event(when, page="/apply" if at % 2 else "/fees", **told),
            an_event(when, "other", name="lcp", page="/", value=100.0 * at, **told),
        ]
    kept(tmp_path / "lake", events)
    return service


def test_filters_on_several_things_are_asked_of_the_lake(service: Service) -> None:
    choice = choice_of({"by": "device", "page": "/apply", "days": "7"}, TODAY)

    found = explored(service.pk, choice, 5)

    assert found.source == "lake"
    assert [(each.value, each.figure) for each in found.cells] == [
        ("mobile", 15), ("desktop", None), ("tablet", None),
    ]  # fmt: skip
    assert [each.hidden for each in found.cells] == [False, True, True]
    assert found.whole is not None
    assert found.whole.figure == 20


@pytest.mark.parametrize("figure", ["total", "mean", "median", "least", "greatest", "p90", "p95"])
def test_figures_of_values_equal_numpy(service: Service, figure: str) -> None:
    values = 100.0 * np.arange(30)
    expected = {
        "total": values.sum(), "mean": values.mean(), "median": np.median(values),
        "least": 0.0, "greatest": 2900.0, "p90": np.quantile(values, 0.9),
        "p95": np.quantile(values, 0.95),
    }  # fmt: skip
    given = {"figure": figure, "kind": "other", "name": "lcp", "device": "mobile"}

    (cell,) = explored(service.pk, choice_of(given, TODAY), 5).cells

    assert cell.figure == pytest.approx(expected[figure], rel=1e-9)
    assert (cell.measured, cell.visits) == (30, 30)


def test_days_are_those_of_the_wall_and_hours_those_of_the_clock(service: Service) -> None:
    days = explored(service.pk, choice_of({"grain": "day", "page": "/"}, TODAY), 5)
    given = {"grain": "hour", "days": "7", "page": "/"}
    hours = explored(service.pk, choice_of(given, TODAY), 5)

    assert [each.period for each in days.cells] == [f"2026-03-0{day}" for day in (6, 7, 8, 9)]
    assert sum(each.visits for each in days.cells) == 40
    assert hours.cells[0].period == "2026-03-06T15:00:00+00:00"
    assert sum(each.visits for each in hours.cells) == 40


def test_what_facts_know_needs_no_lake(db: None, tmp_path: Path, settings: Settings) -> None:
    settings.CX280_LAKE = str(tmp_path / "none")
    service = a_service()
    for day in (10, 11):
        mobile = Figure(-1, ALL, ALL, "mobile", 90, visits=30)
        desktop = Figure(-1, ALL, ALL, "desktop", 40, visits=20)
        on = date(2026, 3, day)
        part_counted(service, on, "device", Figures(whole=(mobile, desktop)))
        part_counted(
            service, on, "totals", Figures(whole=(Figure(-1, ALL, ALL, "", 130, visits=50),))
        )

    whole = explored(service.pk, choice_of({"by": "device"}, TODAY), 5)
    days = explored(service.pk, choice_of({"by": "device", "grain": "day"}, TODAY), 5)

    assert whole.source == days.source == "facts"
    assert [(each.value, each.figure) for each in whole.cells] == [("mobile", 60), ("desktop", 40)]
    assert whole.whole is not None
    assert whole.whole.figure == 100
    assert [(each.period, each.value) for each in days.cells] == [
        ("2026-03-10", "mobile"), ("2026-03-10", "desktop"),
        ("2026-03-11", "mobile"), ("2026-03-11", "desktop"),
    ]  # fmt: skip


def test_a_name_that_facts_tell_together_is_asked_of_the_lake(service: Service) -> None:
    on = date(2026, 3, 9)
    others = Figure(-1, "other", "(other)", "", 50, visits=40)
    part_counted(service, on, "totals", Figures(names=(others,)))

    found = explored(service.pk, choice_of({"kind": "other", "name": "lcp"}, TODAY), 5)

    assert (found.source, found.cells[0].figure) == ("lake", 40)


def test_without_anything_there_is_nothing(db: None, tmp_path: Path, settings: Settings) -> None:
    settings.CX280_LAKE = str(tmp_path / "none")

    found = explored(a_service().pk, choice_of({"by": "page", "grain": "day"}, TODAY), 5)

    assert (found.cells, found.whole) == ([], None)
