"""The chart of one figure of an incident: what was seen, in the range that was expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from cx280.alarms.models import Part
from cx280.alarms.queries.marks import marks_of
from cx280.alarms.rules.series import DAY
from cx280.alarms.rules.vocabulary import Kind
from cx280.pages import charts

# More dots than that run into one another.
_MOST = 42


def chart_of(part: Part, finding: str) -> charts.Chart:
    """The last hours or days up to the last look, with launches as vertical lines.

    finding: what happened to the figure, in words; it is the title.
    """
    kind = Kind.of(part.watch.kind)
    daily = part.end - part.period >= DAY / 2
    rows = [(datetime.fromisoformat(at), seen, low, high) for at, seen, low, high in part.points]
    rows = rows[-_MOST:]
    labels = [_label(at, daily=daily) for at, *_ in rows]
    unit = charts.SHARE if kind.is_share else charts.COUNT
    return charts.trend(
        [
            charts.Series("Seen", "1", [_seen(label, row, kind)
                                        for label, row in zip(labels, rows, strict=True)]),
            charts.Series("Expected", "2", [_expected(label, row)
                                            for label, row in zip(labels, rows, strict=True)]),
        ],
        title=f"{part.watch.service.name}: {finding}",
        note=_note(kind),
        launches=_launches(part, rows, labels),
        unit=unit,
        first_column="Day" if daily else "Hour",
        key=f"figure-{part.pk}",
    )  # fmt: skip


def _note(kind: Kind) -> str:
    weeks = "Each point is the seven days up to it. " if kind is Kind.UNIT_SCORE else ""
    band = "The band is where 19 in 20 were to be expected, from the past of this figure alone."
    return weeks + band


Row = tuple[datetime, float | None, float | None, float | None]


def _seen(label: str, row: Row, kind: Kind) -> charts.Point:
    """Counts of a few people are hidden, as everywhere."""
    value = row[1]
    few = value is not None and not kind.is_share and 0 < value < settings.CX280_SMALLEST_CELL
    hidden = few or (value is None and kind.is_share)
    return charts.Point(label, None if hidden else value, suppressed=hidden)


def _expected(label: str, row: Row) -> charts.Point:
    _, _, low, high = row
    if low is None or high is None:
        return charts.Point(label)
    return charts.Point(label, (low + high) / 2, low, high)


def _label(at: datetime, *, daily: bool) -> str:
    local = timezone.localtime(at)
    day = f"{local:%b} {local.day}"
    return day if daily else f"{day}, {local:%H:%M}"


def _launches(part: Part, rows: Sequence[Row], labels: Sequence[str]) -> list[charts.Mark]:
    found = []
    for day, words in marks_of(part):
        after = [label for (at, *_), label in zip(rows, labels, strict=True)
                 if timezone.localtime(at).date() >= day]  # fmt: skip
        if after and len(after) < len(rows):
            found.append(charts.Mark(after[0], words))
    return found
