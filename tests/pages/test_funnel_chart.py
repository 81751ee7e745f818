"""A funnel draws what its table says, hides what is hidden, and keeps within its frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cx280.pages import charts
from tests.pages.test_charts import LABELS, NUMBERS, drawings, patient, text_boxes, texts


def a_step(label: str, count: int, before: int, first: int, **fields: object) -> charts.FunnelStep:
    """A step with shares of made-up width."""
    reached = charts.Row(label, count / first, count / first - 0.02, count / first + 0.02, first)
    lost = before - count
    stopped = charts.Row(label, lost / before, lost / before, lost / before, before)
    told: dict[str, object] = {"stopped": stopped, "lost": lost, "seconds": 78.0, **fields}
    return charts.FunnelStep(reached, count, **told)  # type: ignore[arg-type]


START = charts.FunnelStep(charts.Row("Start", 1.0, n=1204), 1204)


def test_every_figure_of_a_step_stands_in_drawing_and_table() -> None:
    chart = charts.funnel([START, a_step("Pay", 470, 1204, 1204, strong=True)], title="Stop")

    row = chart.table.rows[1]
    assert row[0] == "Pay"
    assert (row[1], row[4], row[7]) == ("470", "734", "78\N{NO-BREAK SPACE}s")
    for drawing in drawings(chart):
        assert "470 visits" in texts(drawing)
        assert "61\N{NO-BREAK SPACE}% stopped" in texts(drawing)


def test_a_hidden_step_keeps_its_name_without_its_number() -> None:
    hidden = charts.FunnelStep(charts.Row("Rare", 0.0033, n=1204, suppressed=True), 4)

    chart = charts.funnel([START, hidden], title="Stop")

    assert chart.table.rows[1][:2] == ("Rare", "too few to show")
    assert all("too few to show" in texts(each) for each in drawings(chart))
    assert "4 visits" not in "".join(texts(each) for each in drawings(chart)).replace("1,204", "")


def test_a_funnel_of_nothing_says_so_and_draws_nothing() -> None:
    chart = charts.funnel([], title="Stop")

    assert chart.empty
    assert not chart.drawings


def test_long_names_stay_within_the_frame() -> None:
    name = "Tell us about every vessel that you own, rent, or borrow from a relative"

    chart = charts.funnel([START, a_step(name, 700, 1204, 1204, after=name)], title="Stop")

    for drawing in drawings(chart):
        width = float((drawing.get("viewBox") or "").split()[2])
        assert all(left >= -2 and right <= width + 2 for left, right in text_boxes(drawing))


@patient
@given(st.lists(st.tuples(LABELS, NUMBERS, NUMBERS, NUMBERS, st.booleans()), max_size=6))
def test_any_steps_make_well_formed_drawings(
    rows: list[tuple[str, float | None, float | None, float | None, bool]],
) -> None:
    steps = [
        charts.FunnelStep(
            charts.Row(label, value, low, high, 90, hidden), 90,
            charts.Row(label, low, value, high, 90, hidden), 4, value,
        )
        for label, value, low, high, hidden in rows
    ]  # fmt: skip

    drawings(charts.funnel(steps, title="Any"))
