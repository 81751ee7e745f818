"""What is kept of days adds up to what a span of days would have given."""

from __future__ import annotations

import math
import zlib
from datetime import UTC, date, datetime

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.telemetry.models import DayFacts
from cx280.telemetry.queries import facts as kept_facts
from cx280.telemetry.rules.facts import (
    ALL,
    Figure,
    Figures,
    FlowFacts,
    Reached,
    SpeedFacts,
    StepSeen,
    Timed,
    Told,
    added,
    flow_of_days,
    left_out,
    packed,
    read_list,
    speed_of_days,
    unpacked,
)
from cx280.telemetry.rules.histograms import from_values
from tests.builders import a_service

values = st.lists(st.floats(-1e6, 1e6, allow_nan=False), max_size=30)


def a_figure(found: list[float], events: int = 0) -> Figure:
    """The figure of a day with these values, by numpy."""
    if not found:
        return Figure(-1, "other", "step", "", events)
    return Figure(
        -1, "other", "step", "", events + len(found), len(found), math.fsum(found),
        float(np.mean(found)), float(np.median(found)), min(found), max(found),
        float(np.quantile(found, 0.9)), float(np.quantile(found, 0.95)), len(found),
        from_values(found),
    )  # fmt: skip


@pytest.mark.proves("280.7-g2")
@given(st.lists(values, min_size=1, max_size=6))
def test_days_add_up_to_what_numpy_says_of_all_their_values(days: list[list[float]]) -> None:
    together = [value for day in days for value in day]

    found = added([a_figure(day, events=2) for day in days])

    assert (found.events, found.measured) == (len(together) + 2 * len(days), len(together))
    if not together:
        assert found.total is None
        assert found.median is None
        return
    size = max(map(abs, together))
    assert found.total == pytest.approx(math.fsum(together), rel=1e-9, abs=1e-9 * size)
    assert found.mean == pytest.approx(np.mean(together), rel=1e-9, abs=1e-9 * size)
    assert (found.least, found.greatest) == (min(together), max(together))
    for share, quantile in ((0.5, found.median), (0.9, found.p90), (0.95, found.p95)):
        assert quantile == pytest.approx(np.quantile(together, share), abs=0.005 * size + 1e-6)


def test_the_quantiles_of_one_day_are_exact() -> None:
    found = added([a_figure([1.0, 2.0, 4.001]), a_figure([], events=3)])

    assert (found.median, found.events, found.measured) == (2.0, 6, 3)


def test_without_a_histogram_a_span_has_no_median() -> None:
    plain = Figure(-1, "other", ALL, "", 1, 1, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 1)

    assert added([plain, plain]).median is None


def test_what_is_kept_is_read_as_it_was() -> None:
    body = Figures((a_figure([1.0, -2.0, 0.0]),), (), (Figure(-1, ALL, ALL, "", 7, visits=3),))

    assert unpacked(packed(body), Figures) == body
    assert [read_list(packed(body), each) for each in Told] == [body.names, (), body.whole]


def test_what_was_kept_before_lists_were_apart_is_read_alike() -> None:
    body = Figures((a_figure([1.0]),), (), (Figure(-1, ALL, ALL, "", 7, visits=3),))
    before = b"\x01" + zlib.compress(msgspec.msgpack.encode(body))

    assert unpacked(before, Figures) == body
    assert [read_list(before, each) for each in Told] == [body.names, (), body.whole]


def test_all_together_is_read_without_its_names() -> None:
    body = Figures((a_figure([1.0]),), (), (Figure(-1, ALL, ALL, "", 7, visits=3),))
    names, kinds, whole = msgspec.msgpack.decode(packed(body)[1:])
    spoiled = b"\x02" + msgspec.msgpack.encode([names[:-3], kinds, whole])

    assert read_list(spoiled, Told.WHOLE) == body.whole
    with pytest.raises(Unusable):
        read_list(spoiled, Told.NAMES)


@pytest.mark.parametrize("broken", [b"", b"\x03abc", b"\x02abc", b"\x01abc", packed("x")])
def test_what_cannot_be_read_says_so(broken: bytes) -> None:
    with pytest.raises(Unusable):
        unpacked(broken, Figures)


def a_flow_day(visits: int, order: tuple[str, ...] = ("a",), took: float = 10.0) -> FlowFacts:
    timed = Timed(took, took, from_values([took] * visits))
    steps = (StepSeen("b", visits, 2.0 * visits), StepSeen("a", visits, 1.0 * visits))
    reached = tuple(Reached(each, visits, timed) for each in (*order, ""))
    return FlowFacts("apply", 2 * visits, visits, timed, steps, order, reached)


def test_a_funnel_of_days_is_the_sum_of_those_with_the_same_steps() -> None:
    days = [a_flow_day(3), a_flow_day(4, took=20.0), a_flow_day(5, ("b", "a"))]

    found = flow_of_days(days, ("a",))

    assert (found.started, found.finished) == (24, 12)
    assert [each.visits for each in found.reached] == [7, 7]
    assert found.reached[0].took.median == pytest.approx(20.0, rel=0.005)
    assert [(each.step, each.visits, each.place) for each in found.steps] == [
        ("a", 12, 1.0), ("b", 12, 2.0),
    ]  # fmt: skip
    assert left_out(days, ("a",)) == [days[2]]
    assert flow_of_days(days, ("c",)).reached == ()


def test_page_speed_of_days_adds_up() -> None:
    one = SpeedFacts("/", "lcp", 2, 2, 0, 950.0, from_values([900.0, 1000.0]))
    other = SpeedFacts("/", "lcp", 2, 0, 1, 4500.0, from_values([3000.0, 5000.0]))

    found = speed_of_days([one, other])

    assert (found.loads, found.good, found.poor) == (4, 2, 1)
    assert found.p75 == pytest.approx(np.quantile([900, 1000, 3000, 5000], 0.75), rel=0.005)
    assert speed_of_days([one]).p75 == 950.0


@pytest.mark.django_db
def test_figures_are_read_by_day_in_the_order_of_days_and_added_over_them() -> None:
    service = a_service()
    now = datetime(2026, 5, 9, tzinfo=UTC)
    for number in (3, 1, 2):
        figure = a_figure([float(number)])
        body = packed(Figures((figure,), (), (Figure(-1, ALL, ALL, "", 1, visits=1),)))
        day = date(2026, 5, number)
        for part in ("totals", kept_facts.by_hour("totals")):
            DayFacts.objects.create(
                service=service, day=day, part=part, body=body, events=1, read=1, counted_at=now
            )
    span = (service.pk, date(2026, 5, 2), date(2026, 5, 9), "totals")

    by_day = kept_facts.figures(*span)
    (over,) = kept_facts.over(*span)

    assert [(day.day, each.total) for day, each in by_day] == [(2, 2.0), (3, 3.0)]
    assert over.total == 5.0
    assert over.median == pytest.approx(2.5, rel=0.005)
    assert [each.visits for _, each in kept_facts.figures(*span, by=ALL)] == [1, 1]
    assert kept_facts.figures(*span, hours=True) == []
    assert kept_facts.first_day(service.pk) == date(2026, 5, 1)
