"""Titles that state the finding, and nothing the intervals do not bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.basis import gives_interval, weakest
from cx280.measures.rules.scores import Share, change, when_watched
from cx280.pages.written import NBSP, number, percent, points, points_between
from cx280.stats.intervals import Difference, Verdict

AMONG = " among those who chose to answer"


@dataclass(frozen=True, slots=True)
class Moved:
    """A share now, the comparable one before, and what may be said about the way between.

    has_margin: whether both rest on people who were asked, so that an interval may be shown.
    watched: whether the intervals hold on all days together.
    """

    share: Share
    since: Quarter | None
    difference: Difference | None
    has_margin: bool = True
    watched: bool = False

    @property
    def verdict(self) -> Verdict:
        """Higher, lower or no evidence of change."""
        return self.difference.verdict if self.difference else Verdict.NO_EVIDENCE

    @property
    def words(self) -> str:
        """`up 3 points`, `no evidence of change`, or nothing to compare with."""
        if self.difference is None:
            return ""
        if self.difference.verdict is Verdict.NO_EVIDENCE:
            return Verdict.NO_EVIDENCE.value
        return points(self.difference.difference)

    @property
    def change(self) -> str:
        """`up 3 points (between +1 and +5)`: `words` with their interval."""
        return self.told()

    def told(self, since: str = "", whom: str = " among them") -> str:
        """`words`, since when, and the interval; where people chose to answer, whom it is about.

        "" where there is nothing to compare with. since: ` since FY2022 Q1`, or nothing. whom:
        how those who chose to answer are called where they were named just before.
        """
        if self.difference is None:
            return ""
        if not self.has_margin:
            return f"{self.words}{since}{whom}"
        ends = points_between(self.difference.low, self.difference.high)
        return f"{self.words}{since} ({ends})"

    @property
    def direction(self) -> str:
        """`better`, `worse` or neither."""
        return {Verdict.HIGHER: "better", Verdict.LOWER: "worse"}.get(self.verdict, "")


@implements("280.8-b1")
def moved(
    share: Share, before: Share | None, since: Quarter | None, *, watched: bool = False
) -> Moved:
    """How a share moved since the quarter it may be compared with; before: None if there is none.

    The verdict comes from the interval of the difference, not from whether two intervals overlap.
    watched: the quarter of the share is not over and people look every day; then the interval of
    the share and of the change hold on all days together.
    """
    now = when_watched(share) if watched else share
    if before is None or before.n == 0 or share.n == 0:
        return Moved(now, None, None, gives_interval(share.basis), watched)
    basis = weakest([share.basis, before.basis])
    difference = change(before, share, watched=watched)
    return Moved(now, since, difference, gives_interval(basis), watched)


def title_of(
    service: str, what: str, now: Moved | None, year: Moved | None = None, *, so_far: bool = False
) -> str:
    """`Trust in Boat permits rose to 84 %`, or `… is 84 %, up 9 points in a year`.

    what: Trust or Satisfaction; now: against the quarter before, None when too few answered to
    show; year: against the same quarter a year before; so_far: the quarter is not over.
    """
    link = "in" if what == "Trust" else "with"
    if now is None or now.share.share is None:
        return f"{what} {link} {service}: too few answers to show"
    verb = {Verdict.HIGHER: "rose to", Verdict.LOWER: "fell to"}.get(now.verdict, "is")
    said = f"{what} {link} {service} {verb} {percent(now.share.share)}"
    whom = AMONG if now.share.bounds is None else ""
    if verb == "is" and year is not None and year.verdict is not Verdict.NO_EVIDENCE:
        return f"{said}, {year.words} in a year{whom}"
    return f"{said}{' so far this quarter' if so_far else ''}{whom}"


def how_sure(now: Moved, quarter: Quarter) -> str:
    """One sentence: the interval, n, and the change with what it is compared with.

    Where people chose to answer, whose views these are stands in place of the interval.
    """
    said = f"{_whole(quarter)}: {now.share.sure}"
    said += (
        f", from {number(now.share.n)} answers" if now.share.bounds else ", not of all customers"
    )
    if now.difference is None:
        return f"{said}; there is nothing comparable before it."
    return f"{said}; {now.told(f' since {_whole(now.since)}')}."


def _whole(quarter: Quarter | None) -> str:
    """The quarter with a space that does not break."""
    return str(quarter).replace(" ", NBSP)


def units_title(below: Sequence[str], above: Sequence[str] = (), noun: str = "office") -> str:
    """`Portland is below the others`; nobody is named whom chance explains."""
    if below:
        return f"{_listed(below, noun)} {'is' if len(below) == 1 else 'are'} below the others"
    if above:
        return f"{_listed(above, noun)} {'is' if len(above) == 1 else 'are'} above the others"
    return f"No {noun} stands apart from the others"


def drivers_title(names: Sequence[str], shares: Sequence[Share]) -> str:
    """`Efficiency gets the least agreement`, when its interval lies below all others."""
    rated = sorted(
        (share.share, share.high, share.low, name)
        for name, share in zip(names, shares, strict=True)
        if share.share is not None
    )
    if not rated:
        return "How people rated each driver"
    if len(rated) > 1 and rated[0][1] < min(low for _, _, low, _ in rated[1:]):
        return f"{rated[0][3]} gets the least agreement"
    return "No driver clearly gets the least agreement"


def _listed(names: Sequence[str], noun: str) -> str:
    if len(names) > 3:
        return f"{len(names)} {noun}s"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
