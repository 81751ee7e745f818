"""The pictures of drivers: importance against score, and what two groups tap."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.pages import charts
from cx280.pages.charts import svg
from cx280.pages.charts.importance import _labels, _overlap, _Plot, _sides, _whiskers
from cx280.pages.charts.scale import linear
from tests.pages.test_charts import drawings, texts

patient = settings(deadline=None)


def ordered(values: tuple[float, float, float]) -> tuple[float, float, float]:
    low, middle, high = sorted(values)
    return middle, low, high


SPREAD = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(ordered)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60)
WEIGHED = st.builds(
    charts.Weighed, label=NAMES, statement=NAMES, part=SPREAD, score=SPREAD,
    n=st.integers(1, 10**7), rank=st.just("1 to 2"), fix_first=st.booleans(),
    suppressed=st.booleans(),
)  # fmt: skip
MEASURED = st.builds(
    charts.Measured, label=NAMES, value=st.one_of(st.none(), st.floats(0, 1)),
    low=st.floats(0, 1), high=st.floats(0, 1), n=st.integers(0, 10**7), suppressed=st.booleans(),
)  # fmt: skip


def a_chart(*drivers: charts.Weighed, middle: float | None = 0.8) -> charts.Chart:
    return charts.importance(
        drivers, title="Trust goes most with ease", outcome="trust",
        lines=charts.Lines(0.2, middle),
    )  # fmt: skip


def ease(**fields: object) -> charts.Weighed:
    return charts.Weighed(
        **{
            "label": "Ease",
            "statement": "It was easy.",
            "part": (0.31, 0.3, 0.32),
            "score": (0.75, 0.74, 0.76),
            "n": 16810,
            "rank": "1",
            **fields,
        }  # type: ignore[arg-type]
    )


@patient
@given(st.lists(WEIGHED, max_size=8), st.one_of(st.none(), st.floats(0, 1)))
def test_any_drivers_make_well_formed_drawings(
    drivers: list[charts.Weighed], middle: float | None
) -> None:
    chart = a_chart(*drivers, middle=middle)

    assert len(drawings(chart)) == (3 if drivers else 0)
    assert len(chart.table.rows) == len(drivers)


def test_every_figure_stands_in_the_table_with_its_interval_and_n() -> None:
    (row,) = a_chart(ease()).table.rows

    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in row] == [
        "Ease", "It was easy.", "31 %", "30 % to 32 %", "1", "75 %", "74 % to 76 %", "16,810",
    ]  # fmt: skip


def test_the_corner_is_shaded_only_when_a_driver_lies_in_it() -> None:
    marked = drawings(a_chart(ease(fix_first=True), ease(label="Equity")))
    plain = drawings(a_chart(ease(), ease(label="Equity")))

    assert all("ix first" in texts(each) for each in marked)
    assert not any("ix first" in texts(each) for each in plain)


def test_a_suppressed_score_is_in_no_drawing_and_not_in_the_table() -> None:
    chart = a_chart(ease(suppressed=True, score=(0.123, 0.1, 0.2)))

    assert "12" not in "".join(chart.table.rows[0][5:])
    assert not any("12\N{NO-BREAK SPACE}%" in texts(each) for each in drawings(chart))


def test_a_phone_shows_the_order_with_the_score_in_words() -> None:
    narrow = drawings(a_chart(ease(fix_first=True)))[-1]

    said = texts(narrow).replace("\N{NO-BREAK SPACE}", " ")
    assert "Ease: fix first" in said
    assert "75 % agree" in said


def words(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in drawing.iter() if each.tag.endswith("text")]


def test_names_of_close_drivers_do_not_cover_each_other_or_a_dot() -> None:
    close = [
        ease(label=name, part=(x, x - 0.01, x + 0.01), score=(y, y - 0.01, y + 0.01))
        for name, x, y in (
            ("Employees", 0.13, 0.872),
            ("Equity", 0.15, 0.864),
            ("Ease", 0.17, 0.79),
            ("Effectiveness", 0.25, 0.82),
            ("Efficiency", 0.31, 0.75),
        )
    ]
    place = _Plot(linear(0, 0.4, 62, 1048), linear(0.7, 0.9, 322, 34), 1072)
    dots = [_whiskers(each, place) for each in close]

    labels = _labels(close, place)

    placed = [ElementTree.fromstring(each) for each in labels]  # noqa: S314 - our own
    boxes = []
    for dot, each, text in zip(dots, close, placed, strict=True):
        width = svg.width_of(each.label, 14)
        sides = [
            box for box, anchor in _sides(dot, width)
            if (text.get("text-anchor") or "start") == anchor
            and abs(box[3] - 5 - float(text.get("y", "0"))) < 0.2
        ]  # fmt: skip
        assert sides
        boxes.append(sides[0])
    for at, box in enumerate(boxes):
        for other in [*dots, *boxes[:at]]:
            assert _overlap(box, other) == 0


@patient
@given(st.lists(st.tuples(NAMES, MEASURED, MEASURED, st.booleans()), max_size=6), NAMES)
def test_any_pairs_make_well_formed_drawings(
    rows: list[tuple[str, charts.Measured, charts.Measured, bool]], title: str
) -> None:
    chart = charts.pairs(
        [charts.Pair(*each) for each in rows], ("rated low", "rated high"), title=title
    )

    drawings(chart)
    assert len(chart.table.rows) == len(rows)
    assert bool(chart.empty) is not bool(chart.drawings)


def test_each_group_has_its_share_its_interval_and_its_n() -> None:
    low = charts.Measured("", 0.62, 0.59, 0.66, n=710)
    high = charts.Measured("", 0.43, 0.42, 0.44, n=14839)

    chart = charts.pairs(
        [charts.Pair("It was quick.", low, high)], ("rated low", "rated high"), title="Taps"
    )

    (row,) = chart.table.rows
    assert row[3::3] == ("710", "14,839")
    for each in drawings(chart):
        assert "rated low" in texts(each)


@pytest.mark.parametrize("evil", ["<script>", "\"'&"])
def test_words_from_outside_never_become_markup(evil: str) -> None:
    for chart in (
        a_chart(ease(label=evil, statement=evil)),
        charts.pairs([charts.Pair(evil, charts.Measured("", 0.5), charts.Measured("", 0.4))],
                     (evil, evil), title=evil),
    ):  # fmt: skip
        for each in drawings(chart):
            assert evil in texts(each)
