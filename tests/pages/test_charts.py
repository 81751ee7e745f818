"""What every chart promises: the same numbers as its table, nothing hidden drawn, no overlap."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.pages import charts, written
from cx280.pages.charts import look, scale, svg
from cx280.pages.charts.strip import Note, strip_of
from cx280.pages.charts.trend import periods_of, runs_of

# Two cores are shared by many tests: a slow moment is no fault of a drawing.
patient = settings(deadline=None)
SHARES = st.floats(0, 1)
LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True))


@st.composite
def points(draw: st.DrawFn, most: int = 12) -> list[charts.Point]:
    """Any points at all, broken ones too."""
    return [
        charts.Point(
            f"Q{index}",
            draw(NUMBERS),
            draw(NUMBERS),
            draw(NUMBERS),
            n=draw(st.one_of(st.none(), st.integers(0, 10**7))),
            suppressed=draw(st.booleans()),
        )
        for index in range(draw(st.integers(0, most)))
    ]


def drawings(chart: charts.Chart) -> list[ElementTree.Element]:
    """Each drawing parsed; fails when it is not well-formed."""
    return [ElementTree.fromstring(each) for each in chart.drawings]  # noqa: S314 - our own


def texts(drawing: ElementTree.Element) -> str:
    """Every word in the drawing."""
    return " ".join(drawing.itertext())


def a_trend(**fields: object) -> charts.Chart:
    """Four quarters of trust."""
    values = [0.71, 0.72, 0.75, 0.84]
    labels = ["Q1", "Q2", "Q3", "Q4"]
    series = charts.Series(
        "Trust",
        "trust",
        [
            charts.Point(label, value, value - 0.02, value + 0.02, n=400)
            for label, value in zip(labels, values, strict=True)
        ],
    )
    return charts.trend([series], title="Trust rose", **fields)  # type: ignore[arg-type]


def test_every_drawing_has_a_name_and_a_description_that_exist() -> None:
    for drawing in drawings(a_trend()):
        ids = {each.get("id") for each in drawing.iter()}

        assert drawing.get("role") == "img"
        assert set((drawing.get("aria-labelledby") or "").split()) <= ids
        assert "84\N{NO-BREAK SPACE}%" in texts(drawing)


def test_ids_differ_between_the_widths_of_one_chart() -> None:
    said = str(a_trend())

    ids = re.findall(r' id="([^"]+)"', said)

    assert len(ids) == len(set(ids)) == 6


def test_words_from_outside_never_become_markup() -> None:
    evil = '"><script>alert(1)</script>'
    rows = [charts.Row(evil, 0.5, 0.4, 0.6, n=20)]
    chart = charts.intervals(rows, title=evil, reference=0.5, reference_label=evil, key="k")

    for drawing in drawings(chart):
        assert not [each for each in drawing.iter() if "script" in each.tag]
    assert "<script" not in str(chart)


def test_a_chart_of_nothing_says_so_and_draws_nothing() -> None:
    empty = [
        charts.trend([], title="Trust"),
        charts.trend([charts.Series("Trust", "trust", [])], title="Trust"),
        charts.intervals([], title="Offices"),
        charts.bars([], title="Drivers"),
        charts.distribution([0, 0, 0, 0, 0], "abcde", title="Answers"),
        charts.small_multiple([], title="Service"),
    ]

    assert {chart.empty for chart in empty} == {"Nobody has answered yet."}
    assert {str(chart) for chart in empty} == {""}


def test_a_suppressed_value_is_in_no_drawing_and_in_no_table() -> None:
    hidden = charts.Point("Q2", 0.123, 0.1, 0.2, n=7, suppressed=True)
    shown = charts.Point("Q1", 0.5, 0.45, 0.55, n=400)
    chart = charts.trend([charts.Series("Trust", "trust", [shown, hidden])], title="Trust")

    said = str(chart) + repr(chart.table)

    assert "too few to show" in said
    assert "12\N{NO-BREAK SPACE}%" not in said
    assert "n 7" not in said


def test_a_suppressed_office_keeps_its_row_without_its_number() -> None:
    rows = [
        charts.Row("Boise", 0.8, 0.7, 0.9, n=844),
        charts.Row("Spokane", 0.33, 0.3, 0.4, n=4, suppressed=True),
    ]
    chart = charts.intervals(rows, title="Offices")

    for drawing in drawings(chart):
        assert "Spokane" in texts(drawing)
        assert "too few to show" in texts(drawing)
        assert "33" not in texts(drawing)
    assert chart.table.rows[1] == ("Spokane", "too few to show", "", "")


def test_every_value_of_a_trend_stands_in_its_table_with_n() -> None:
    table = a_trend().table

    assert table.head == ("Quarter", "Trust", "Trust: how sure", "Trust: n")
    assert [row[1] for row in table.rows] == [written.percent(v) for v in (0.71, 0.72, 0.75, 0.84)]
    assert {row[3] for row in table.rows} == {"400"}


def test_a_line_is_not_joined_where_the_question_was_reworded() -> None:
    values = [charts.Point(label, 0.5, n=10) for label in ("Q1", "Q2", "Q3")]
    trust = charts.Series("Trust", "trust", values)
    ease = charts.Series("Ease", "1", values)
    marks = [charts.Mark("Q3", "reworded", series="Trust")]

    joined = [[i for i, _ in run] for run in runs_of(trust, ["Q1", "Q2", "Q3"], marks)]
    other = [[i for i, _ in run] for run in runs_of(ease, ["Q1", "Q2", "Q3"], marks)]

    assert joined == [[0, 1], [2]]
    assert other == [[0, 1, 2]]


def test_a_missing_quarter_leaves_a_gap() -> None:
    series = charts.Series("Trust", "trust", [charts.Point("Q1", 0.5), charts.Point("Q3", 0.6)])

    runs = runs_of(series, ["Q1", "Q2", "Q3"], [])

    assert [[index for index, _ in run] for run in runs] == [[0], [2]]


def test_a_mark_for_a_period_that_is_not_shown_is_left_out() -> None:
    chart = a_trend(launches=[charts.Mark("Q9", "never")], breaks=[charts.Mark("Q8", "neither")])

    for drawing in drawings(chart):
        drawn = [each.text or "" for each in drawing.iter("{http://www.w3.org/2000/svg}text")]
        assert "never" not in drawn


def test_periods_of_several_lines_keep_their_order() -> None:
    first = charts.Series("A", "1", [charts.Point("Q1"), charts.Point("Q3")])
    second = charts.Series("B", "2", [charts.Point("Q1"), charts.Point("Q2"), charts.Point("Q3")])

    assert periods_of([first, second]) == ["Q1", "Q2", "Q3"]


def test_likert_numbers_are_always_written_even_of_the_smallest_piece() -> None:
    chart = charts.distribution([1, 2, 3, 400, 594], "abcde", title="Answers")

    for drawing in drawings(chart):
        drawn = [each.text for each in drawing.iter("{http://www.w3.org/2000/svg}text")]
        for share in ("0", "40", "59"):
            assert f"{share}\N{NO-BREAK SPACE}%" in drawn


@pytest.mark.parametrize("steps", [2, 3, 4, 5, 6, 7, 10])
def test_text_on_an_answers_colour_has_a_contrast_of_4_5(steps: int) -> None:
    for fill, ink in look.diverging(steps):
        assert contrast(fill, ink) >= 4.5, (fill, ink)


@pytest.mark.parametrize("colour", [*look.COLOURS.values(), look.MUTED, look.LAUNCH])
def test_a_label_in_a_lines_colour_has_a_contrast_of_4_5_on_white(colour: str) -> None:
    assert contrast(colour, "#fff") >= 4.5


@patient
@given(st.lists(points(), max_size=4), st.booleans())
def test_any_numbers_make_well_formed_drawings_without_nan(
    several: list[list[charts.Point]], by_mean: bool
) -> None:
    series = [charts.Series(f"S{i}", str(i), each) for i, each in enumerate(several)]
    unit = charts.MEAN if by_mean else charts.SHARE
    marks = [charts.Mark("Q2", "reworded")]

    chart = charts.trend(series, title="Any", breaks=marks, launches=marks, unit=unit)

    drawings(chart)
    assert "nan" not in str(chart).lower()
    assert "inf" not in re.sub(r"<(title|desc)[^>]*>[^<]*", "", str(chart))


@patient
@given(points(), LABELS)
def test_any_rows_make_well_formed_intervals_and_bars(
    values: list[charts.Point], label: str
) -> None:
    rows = [charts.Row(label + p.label, p.value, p.low, p.high, p.n, p.suppressed) for p in values]
    whiskered = [charts.Bar(r.label, r.value, r.low, r.high, r.n, r.suppressed) for r in rows]

    drawings(charts.intervals(rows, title=label, reference=0.5))
    drawings(charts.bars(whiskered, title=label))
    drawings(charts.small_multiple(values, title=label))


@patient
@given(st.lists(st.lists(st.integers(0, 10**6), min_size=5, max_size=5), min_size=1, max_size=6))
def test_the_pieces_of_a_bar_fill_it_exactly(counts: list[list[int]]) -> None:
    rows = [charts.Spread(f"Question {i}", each) for i, each in enumerate(counts)]

    chart = charts.distribution(rows, "abcde", title="Answers")

    shown = sum(1 for each in counts if sum(each))
    for drawing in drawings(chart):
        pieces = [
            float(each.get("width", "0"))
            for each in drawing.iter("{http://www.w3.org/2000/svg}rect")
            if each.get("data-part") == "segment"
        ]
        width = float((drawing.get("viewBox") or "").split()[2])
        assert math.isclose(sum(pieces), width * shown, abs_tol=0.06 * max(len(pieces), 1))


@patient
@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(1, 40)), max_size=7),
    st.floats(0, 20),
)
def test_labels_that_fit_never_overlap_and_stay_inside(
    boxes: list[tuple[float, float]], start: float
) -> None:
    wanted, sizes = [x for x, _ in boxes], [size for _, size in boxes]

    placed = scale.spread(wanted, sizes, start, start + 300)

    edges = sorted((x - size / 2, x + size / 2) for x, size in zip(placed, sizes, strict=True))
    assert all(first[1] <= second[0] + 1e-6 for first, second in pairwise(edges))
    if sum(sizes) <= 300:
        assert all(start - 1e-6 <= low and high <= start + 300 + 1e-6 for low, high in edges)


@patient
@given(st.lists(st.tuples(st.floats(50, 300), LABELS.filter(str.strip)), max_size=6))
def test_notes_of_a_strip_never_cover_one_another(told: list[tuple[float, str]]) -> None:
    strip = strip_of([Note(x, words, "#000", "2 2") for x, words in told], 40, 328)

    boxes = []
    for each in strip.placed:
        for index, line in enumerate(each.lines):
            width = svg.width_of(line)
            left = each.note.x + 6 if each.anchor == "start" else each.note.x - 6 - width
            boxes.append((each.row + index, left, left + width))
    for number, (row, left, right) in enumerate(boxes):
        for other, other_left, other_right in boxes[number + 1 :]:
            assert row != other or right <= other_left or other_right <= left


@patient
@given(st.lists(SHARES, min_size=1, max_size=20), st.integers(3, 8))
def test_ticks_are_few_even_and_hold_every_value(values: list[float], most: int) -> None:
    found = scale.ticks(values, charts.SHARE, most=most)

    steps = {round(b - a, 6) for a, b in pairwise(found)}
    assert found[0] <= min(values) + 1e-6
    assert max(values) <= found[-1] + 1e-6
    assert len(steps) == 1
    assert 2 <= len(found) <= most + 2
    assert found[-1] <= 1


@patient
@given(LABELS, st.floats(30, 300))
def test_wrapped_lines_fit_their_width(said: str, width: float) -> None:
    for line in svg.wrapped(said, width):
        assert svg.width_of(line) <= width or len(line) <= 2


def test_no_drawing_reaches_beyond_its_frame() -> None:
    names = ["Vertrauen in die Bundesverwaltungsbehörde", "Satisfacción general con el servicio"]
    series = [
        charts.Series(
            name, "1", [charts.Point(f"Q{i} 2022", 0.5 + i / 50, n=90) for i in range(12)]
        )
        for name in names
    ]
    for drawing in drawings(charts.trend(series, title="Long names")):
        width = float((drawing.get("viewBox") or "").split()[2])
        for left, right in text_boxes(drawing):
            assert left >= -2
            assert right <= width + 2


def some_lines(sizes: Sequence[float], days: int = 5) -> charts.Chart:
    """Lines of the given sizes over days."""

    def line(at: int, size: float) -> charts.Series:
        points = [charts.Point(f"Day {day}", size + day) for day in range(days)]
        return charts.Series(f"Line {at}", str(at), points)

    series = [line(at, size) for at, size in enumerate(sizes, start=1)]
    return charts.trend(series, title="Lines", unit=charts.COUNT)


def parts(drawing: ElementTree.Element, name: str) -> int:
    """How many parts of that name are drawn."""
    return sum(each.get("data-part") == name for each in drawing.iter())


def test_many_lines_stand_one_under_another_on_a_phone_and_say_their_scale() -> None:
    apart, alike, few = (
        drawings(some_lines(sizes))
        for sizes in ([9000, 800, 70, 60], [90, 80, 70, 60], [9000, 800, 70])
    )

    assert "Each line has its own scale." in texts(apart[-1])
    assert "All lines have one scale." in texts(alike[-1])
    assert "scale." not in texts(few[-1]) + texts(apart[0])
    for drawing in apart:
        assert all(f"Line {at}" in texts(drawing) for at in (1, 2, 3, 4))
        assert parts(drawing, "line") == 4


def test_a_crowded_line_has_a_dot_at_its_end_only() -> None:
    wide, *_, narrow = drawings(some_lines([900], days=60))

    assert parts(wide, "dot") == 60
    assert parts(narrow, "dot") == 1
    assert parts(narrow, "line") == 1


def text_boxes(drawing: ElementTree.Element) -> Sequence[tuple[float, float]]:
    """From and to in pixels of each text."""
    found = []
    for each in drawing.iter("{http://www.w3.org/2000/svg}text"):
        x = float(each.get("x", "0"))
        bold = each.get("font-weight") == "700"
        width = svg.width_of(each.text or "", float(each.get("font-size", "13")), bold=bold)
        shift = {"end": width, "middle": width / 2}.get(each.get("text-anchor", ""), 0.0)
        found.append((x - shift, x - shift + width))
    return found


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 computes it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb."""
    digits = colour.lstrip("#")
    digits = "".join(each * 2 for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
