"""Trust and satisfaction of a service over the quarters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.scores import Share, change
from cx280.measures.rules.trends import Trend, TrendPoint
from cx280.oversight.rules.briefing.shown import cell_of, dot_of, may_show
from cx280.oversight.rules.slides import Chart, Dot, Lines, Slide, Table
from cx280.oversight.rules.slides import Line as ChartLine
from cx280.pages.written import percent, points, points_between
from cx280.stats.intervals import Verdict

NAMES = {"trust": "Trust", "satisfaction": "Satisfaction"}
CHOSE = (
    "People found the survey by themselves and chose to answer. These are their views, not those of"
    " all customers, so there is no margin of error."
)
SURE = "In brackets: the 95 % interval, what chance alone would do. n: how many answered."
QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A service with its trends of trust and satisfaction up to a quarter, that one included."""

    service: str
    trends: Mapping[str, Trend]
    last: Quarter
    smallest: int

    @property
    def quarters(self) -> list[Quarter]:
        """The latest quarters in which anything was measured, oldest first."""
        known = {point.quarter for each in self.trends.values() for point in each.points}
        return sorted(each for each in known if each <= self.last)[-QUARTERS:]

    def share(self, outcome: str, quarter: Quarter) -> Share | None:
        """The share of a quarter; None where it was not asked."""
        point = self.trends[outcome].at(quarter) if outcome in self.trends else None
        return point.share if point else None


@implements("280.14-d2", "INC-44")
def outcomes_slide(found: Outcomes, key: str) -> Slide:
    """The latest share against the year before, with every quarter's n."""
    quarters = found.quarters
    if not quarters:
        return Slide(
            key,
            f"Nobody has answered about {found.service} yet",
            (Lines(("No quarter has an answer on trust or satisfaction.",)),),
            ("Say when the survey opens.",),
            ("280.14-c1",),
        )
    told = [_told(found, each) for each in NAMES]
    blocks = (_chart(found, quarters), _table(found, quarters), Lines(_caveats(found, quarters)))
    return Slide(key, _title(found), blocks, tuple(told), ("280.8-b3", "INC-44"))


def _title(found: Outcomes) -> str:
    """What trust did in a year where chance does not explain it, else what it is."""
    point = _latest(found, "trust")
    name = found.service
    if point is None or not may_show(point.share, found.smallest):
        return f"Trust in {name}: too few answered to tell"
    said = f"Trust in {name} is {percent(point.share.share)}"
    before = _year_before(found, "trust", point)
    if before is not None and may_show(before.share, found.smallest):
        moved = change(before.share, point.share)
        if moved.verdict is not Verdict.NO_EVIDENCE:
            said += f", {points(moved.difference)} in a year"
    among = " among those who chose to answer" if point.share.bounds is None else ""
    return said + among


def _told(found: Outcomes, outcome: str) -> str:
    """The outcome in a sentence to say, with how it moved and how sure that is."""
    point, name = _latest(found, outcome), NAMES[outcome]
    if point is None:
        return f"{name} was not asked."
    said = f"{name}, {point.quarter}: {cell_of(point.share, found.smallest)}."
    before = _year_before(found, outcome, point)
    shown = before is not None and may_show(before.share, found.smallest)
    if before is None or not shown or not may_show(point.share, found.smallest):
        return f"{said} Nothing a year before can be compared with it."
    moved = change(before.share, point.share)
    words = points(moved.difference)
    if moved.verdict is Verdict.NO_EVIDENCE:
        words = moved.verdict.value
    if point.share.bounds and before.share.bounds:
        words += f" ({points_between(moved.low, moved.high)} points)"
    return f"{said} Since {before.quarter}: {words}."


def _latest(found: Outcomes, outcome: str) -> TrendPoint | None:
    trend = found.trends.get(outcome)
    points_then = [each for each in trend.points if each.quarter <= found.last] if trend else []
    return points_then[-1] if points_then else None


def _year_before(found: Outcomes, outcome: str, point: TrendPoint) -> TrendPoint | None:
    """The same quarter a year before, where the question was the same."""
    before = found.trends[outcome].at(point.quarter.plus(-4))
    return before if before is not None and before.key == point.key else None


def _chart(found: Outcomes, quarters: Sequence[Quarter]) -> Chart:
    lines = tuple(
        line
        for each in NAMES
        if any(found.share(each, at) is not None for at in quarters)
        for line in _pieces(found, each, quarters)
    )
    ends = (quarters[0], quarters[-1])
    told = "; ".join(
        f"{name}: "
        + ", ".join(f"{cell_of(found.share(each, at), found.smallest)} in {at}" for at in ends)
        for each, name in NAMES.items()
    )
    alternative = f"Share who agree, by quarter, {found.service}. {told}. The table has each."
    return Chart(alternative, tuple(map(_short, quarters)), lines)


def _pieces(found: Outcomes, outcome: str, quarters: Sequence[Quarter]) -> Iterator[ChartLine]:
    """The line of an outcome in as many pieces as it is cut into: a line is never drawn on where
    another question was asked.
    """
    cuts = [each.quarter for each in found.trends[outcome].breaks if not each.joined]
    inside = [each for each in cuts if quarters[0] < each <= quarters[-1]]
    for since, until in pairwise([quarters[0], *inside, quarters[-1].next]):
        dots = tuple(
            dot_of(found.share(outcome, at), found.smallest) if since <= at < until else Dot()
            for at in quarters
        )
        last = until > quarters[-1]
        name = NAMES[outcome] if last else f"{NAMES[outcome]} before {_short(until)}"
        yield ChartLine(name, outcome, dots)


def _table(found: Outcomes, quarters: Sequence[Quarter]) -> Table:
    return Table(
        f"Share who agree about {found.service}, by quarter",
        ("Quarter", *NAMES.values()),
        tuple(
            (str(at), *(cell_of(found.share(each, at), found.smallest) for each in NAMES))
            for at in quarters
        ),
    )


def _caveats(found: Outcomes, quarters: Sequence[Quarter]) -> tuple[str, ...]:
    """How sure the figures are; where people chose to answer, what they are instead."""
    shares = [found.share(each, at) for each in NAMES for at in quarters]
    bases = {each.basis for each in shares if each is not None}
    words = [CHOSE] if Basis.CHOSE in bases else []
    if bases - {Basis.CHOSE}:
        words.append(SURE)
    cuts = [
        f"{NAMES[name]}: {each.reason} Not joined before {each.quarter}."
        for name, trend in found.trends.items()
        for each in trend.breaks
        if not each.joined and each.quarter in quarters
    ]
    return (*words, *cuts)


def _short(quarter: Quarter) -> str:
    return f"Q{quarter.number} {quarter.fiscal_year}"
