"""Charts of slides: native, so that people may open the numbers, with words that stand for them."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Emu, Pt

from cx280.oversight.documents.look import BROKEN, MUTED, RULE, colour_of
from cx280.oversight.documents.pptx_tables import describe
from cx280.oversight.rules.slides import Chart

_PERCENT = '0"\u00a0%"'


def add_chart(slide: Any, chart: Chart, left: Emu, top: Emu, wide: Emu, high: Emu) -> None:  # noqa: ANN401
    """Puts the chart there. Shares are drawn as percent; what may not be shown is a gap."""
    shown = CategoryChartData(number_format=_PERCENT)
    shown.categories = chart.labels
    for line in chart.lines:
        shown.add_series(line.name, [_percent(dot.value) for dot in line.dots])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if chart.bars else XL_CHART_TYPE.LINE_MARKERS
    frame = slide.shapes.add_chart(kind, left, top, wide, high, shown)
    frame.name = "Chart"
    describe(frame, chart.alternative)
    _dress(frame.chart, chart)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)


def _dress(drawn: Any, chart: Chart) -> None:  # noqa: ANN401
    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    drawn.font.size, drawn.font.name = Pt(12), "Public Sans"
    drawn.font.color.rgb = RGBColor.from_string(MUTED.upper())
    _axis(drawn.value_axis, chart)
    for series, line in zip(drawn.plots[0].series, chart.lines, strict=True):
        colour = RGBColor.from_string(colour_of(line.colour).upper())
        if chart.bars:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
            _labels(series, XL_LABEL_POSITION.OUTSIDE_END)
            continue
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 7
        if line.colour in BROKEN:
            series.format.line.dash_style = MSO_LINE.DASH
            series.marker.style = XL_MARKER_STYLE.DIAMOND
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour


def _axis(axis: Any, chart: Chart) -> None:  # noqa: ANN401
    """From the ten below the lowest to the ten above the highest; bars begin at nothing."""
    values = [dot.value for line in chart.lines for dot in line.dots if dot.value is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    axis.minimum_scale = 0 if chart.bars else max(int(low * 10 - 0.001) * 10, 0)
    axis.maximum_scale = min(int(high * 10 + 0.999) * 10 + (10 if chart.bars else 0), 100)
    axis.major_unit = 10 if axis.maximum_scale - axis.minimum_scale <= 50 else 20
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE.upper())
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = _PERCENT, False


def _labels(series: Any, where: Any) -> None:  # noqa: ANN401
    labels = series.data_labels
    labels.show_value, labels.position = True, where
    labels.number_format, labels.number_format_is_linked = _PERCENT, False
    labels.font.size = Pt(11)
