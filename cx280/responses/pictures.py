"""The chart of answers by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from cx280.pages.charts import COUNT, Chart, Point, Series, trend
from cx280.pages.written import number


def answers_by_day(by_day: Sequence[tuple[date, int]], since: date, until: date) -> Chart:
    """A line of answers a day, days without any drawn as 0; its title says how many in all.

    The last day is not over, so it is told in words and not drawn: it would look like a fall.
    """
    counts = dict(by_day)
    days = [since + timedelta(days=each) for each in range((until - since).days)]
    total = sum(counts.values())
    people = "person" if total == 1 else "people"
    points = [
        Point(f"{day:%b} {day.day}", float(counts.get(day, 0)), n=counts.get(day, 0))
        for day in days
    ]
    return trend(
        [Series("Answers a day", "1", points if total else [])],
        title=f"{number(total)} {people} answered in the last {len(days) + 1} days",
        note=f"{number(counts.get(until, 0))} so far today, which is not over and not drawn.",
        unit=COUNT,
        first_column="Day",
        key="answers-by-day",
    )
