"""Charts as SVG strings from plain values; nothing here knows Django but `Chart.__str__`.

`{{ chart }}` draws it; `{% include "pages/chart.html" with chart=chart %}` adds its title,
its note and the table beside it. pages/README.md shows each.
"""

from cx280.pages.charts.bars import bars
from cx280.pages.charts.calendar import Group, Season, calendar
from cx280.pages.charts.distribution import distribution
from cx280.pages.charts.funnel import FunnelStep, duration, funnel
from cx280.pages.charts.importance import Lines, Weighed, importance
from cx280.pages.charts.intervals import intervals
from cx280.pages.charts.model import (
    COUNT,
    MEAN,
    SHARE,
    VISITS,
    Bar,
    Chart,
    Mark,
    Measured,
    Point,
    Row,
    Series,
    Spread,
    Table,
    Unit,
    mean_of,
)
from cx280.pages.charts.pairs import Pair, pairs
from cx280.pages.charts.spark import small_multiple
from cx280.pages.charts.ternary import Holder, Region, Triangle, ternary
from cx280.pages.charts.timeline import Day, timeline
from cx280.pages.charts.trend import trend

__all__ = [
    "COUNT",
    "MEAN",
    "SHARE",
    "VISITS",
    "Bar",
    "Chart",
    "Day",
    "FunnelStep",
    "Group",
    "Holder",
    "Lines",
    "Mark",
    "Measured",
    "Pair",
    "Point",
    "Region",
    "Row",
    "Season",
    "Series",
    "Spread",
    "Table",
    "Triangle",
    "Unit",
    "Weighed",
    "bars",
    "calendar",
    "distribution",
    "duration",
    "funnel",
    "importance",
    "intervals",
    "mean_of",
    "pairs",
    "small_multiple",
    "ternary",
    "timeline",
    "trend",
]
