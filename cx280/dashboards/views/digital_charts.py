"""The pictures and tables of the digital pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from cx280.dashboards.queries.digital import FlowRow, FlowTrend
from cx280.pages import charts
from cx280.pages.charts import Chart, FunnelStep, Measured
from cx280.pages.written import number
from cx280.telemetry.queries.answers import Day, Speed
from cx280.telemetry.rules.funnels import SMALLEST_IN_EXPORTS, Share, Stage, worst
from cx280.telemetry.rules.periods import Period
from cx280.telemetry.rules.speed import ENOUGH_GOOD, MEASURES

FUNNEL_HEADER = [
    *("step", "visits", "of_start", "low", "high", "stopped", "of_step_before"),
    *("stopped_low", "stopped_high", "median_seconds", "note"),
]


def measured(label: str, share: Share | None) -> Measured:
    """A share as charts take it; too few to show when there is none."""
    if share is None:
        return Measured(label, suppressed=True)
    low, high = share.ends
    return Measured(label, share.share, low, high, share.n)


def funnel_chart(stages: Sequence[Stage], title: str, note: str) -> Chart:
    """The hero of the flow page: what is left at each step and what is lost before it."""
    most = worst(stages)
    steps = [
        FunnelStep(
            _start(each) if at == 0 else measured(each.name, each.reached),
            each.reached.part if each.reached else None,
            measured(each.name, each.stopped) if each.stopped else None,
            each.stopped.part if each.stopped else None,
            each.seconds,
            each.after,
            strong=each is most,
        )
        for at, each in enumerate(stages)
    ]
    return charts.funnel(steps, title=title, note=note, key="funnel")


def _start(stage: Stage) -> Measured:
    """All who started are all there are: nothing is unsure."""
    if stage.reached is None:
        return Measured(stage.name, suppressed=True)
    return Measured(stage.name, 1.0 if stage.reached.n else None, n=stage.reached.n)


def funnel_rows(stages: Sequence[Stage]) -> Iterator[list[object]]:
    """The funnel as a file."""
    for each in stages:
        if each.reached is None:
            yield [each.name, *[""] * 9, "too few to show"]
            continue
        low, high = each.reached.ends
        reached = [each.reached.part, each.reached.share, low, high]
        stopped: list[object] = [""] * 4
        if each.stopped:
            stopped = [each.stopped.part, each.stopped.share, *each.stopped.ends]
        seconds = "" if each.seconds is None else each.seconds
        yield [each.name, *map(_rounded, reached), *map(_rounded, stopped), seconds,
               f"stopped since {each.after}" if each.after else ""]  # fmt: skip


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value


def finished_chart(rows: Sequence[FlowRow]) -> Chart:
    """How many of those who came to do each thing finished it."""
    return charts.intervals(
        [
            charts.Row(each.name, finished.share, *finished.ends, n=finished.n)
            for each in rows
            if (finished := each.done.completion.finished) is not None
        ],
        title=finished_title(rows),
        note="Visits that finished, of all that started. Lines show how sure we are.",
        first_column="What people came to do",
        key="finished",
    )


def finished_title(rows: Sequence[FlowRow]) -> str:
    """The finding: the flow that fewest finish, surely, else what can be said."""
    known = [
        (each.done.completion.finished, each.name) for each in rows
        if each.done.completion.finished is not None
    ]  # fmt: skip
    if not known:
        return "Nobody can say yet how many finished"
    least, name = min(known, key=lambda each: each[0].share)
    said = charts.SHARE.write(least.share)
    return f"{said} of visits that started “{name}” finished it"


FINISHED_HEADER = [
    *("flow", "name", "started", "finished", "share", "low", "high"),
    *("median_seconds", "p90_seconds", "where_people_stop", "note"),
]


def finished_rows(rows: Sequence[FlowRow]) -> Iterator[list[object]]:
    """What people came to do as a file."""
    for each in rows:
        thing, share = each.done.thing, each.done.completion.finished
        if not each.done.shown:
            yield [each.key, each.name, *[""] * 8, "too few to show"]
            continue
        figures: list[object] = [""] * 4
        if share:
            figures = [share.part, *map(_rounded, (share.share, *share.ends))]
        times = [thing.median_seconds, thing.p90_seconds] if share and share.part else ["", ""]
        where = each.answer.finding if each.answer else ""
        yield [each.key, each.name, thing.started, *figures, *times, where,
               each.done.completion.reason]  # fmt: skip


def days_chart(
    days: Sequence[Day], period: Period, smallest: int, gaps: Collection[date] = ()
) -> Chart:
    """Visits by day from the first that told of any; a silent day is a zero, or a gap when it is
    among `gaps`; a day with few visits is not shown."""
    visits = {each.local_day: each.visits for each in days}
    first = min(visits, default=period.last)  # nobody knows whether a site was listening before
    span = [first + timedelta(days=at) for at in range((period.last - first).days + 1)]
    points = _over([_day_point(each, visits.get(each, 0), smallest, gaps) for each in span])
    return charts.trend(
        [charts.Series("Visits", "1", points)],
        title="Visits by day",
        note="Distinct visits of days that are over; robots are not counted.",
        launches=_gap_marks(points, gaps, span),
        unit=charts.VISITS,
        first_column="Day",
        key="days",
    )


def flow_days_chart(trend: FlowTrend, smallest: int, gaps: Collection[date] = ()) -> Chart:
    """Visits that started and finished by day, with what happened to the flow."""
    lines = [("Started", "1", trend.started), ("Finished", "2", trend.finished)]
    return charts.trend(
        [
            charts.Series(
                name,
                colour,
                _over([_day_point(day, count, smallest, gaps) for day, count in points]),
            )
            for name, colour, points in lines
            if points
        ],
        title="Visits by day",
        note="Distinct visits of days that are over; robots are not counted.",
        breaks=[charts.Mark(_day(each), "it took another’s place") for each in trend.breaks],
        launches=[
            charts.Mark(_day(each.on), each.label)
            for each in trend.marks
            if each.on not in trend.breaks
        ],
        unit=charts.VISITS,
        first_column="Day",
        key="days",
    )


def _over(points: list[charts.Point]) -> list[charts.Point]:
    """Without today, which would look like a fall; but the first day of all shows so far."""
    return points[:-1] or points


def _day(day: date) -> str:
    return f"{day:%b} {day.day}"


def _day_point(day: date, count: float, smallest: int, gaps: Collection[date] = ()) -> charts.Point:
    if not count and day in gaps:
        return charts.Point(_day(day))
    return charts.Point(_day(day), count, n=round(count), suppressed=0 < count < smallest)


def _gap_marks(
    points: Sequence[charts.Point], gaps: Collection[date], span: Sequence[date]
) -> list[charts.Mark]:
    """A mark before each first day of a gap that is drawn, so that a low day is not believed."""
    drawn = {each.label for each in points}
    return [
        charts.Mark(_day(each), "nothing came in for hours")
        for each in span
        if each in gaps and each - timedelta(days=1) not in gaps and _day(each) in drawn
    ]


def speed_chart(found: Sequence[Speed], smallest: int) -> Chart:
    """How many loads show the main content in time, page by page, worst first."""
    rows = [each for each in found if each.name == "lcp"]
    rows.sort(key=lambda each: Share(each.good, each.loads).share)
    return charts.intervals(
        [
            charts.Row(each.page, share.share, *share.ends, n=share.n,
                       suppressed=each.loads < smallest)
            for each in rows
            if (share := Share(each.good, each.loads))
        ],
        title=f"Loads that show the main content within {MEASURES['lcp'].good}",
        note="A page is good when 3 in 4 loads are. Lines show how sure we are.",
        reference=ENOUGH_GOOD,
        reference_label="good from",
        first_column="Page",
        key="speed",
    )  # fmt: skip


def smallest_in_files(smallest: int) -> int:
    """The least count that a file may hold: never under 5, whatever is set."""
    return max(smallest, SMALLEST_IN_EXPORTS)


def visits_words(visits: int, smallest: int) -> str:
    """`142`, or `under 10`."""
    return f"under {smallest}" if 0 < visits < smallest else number(visits)
