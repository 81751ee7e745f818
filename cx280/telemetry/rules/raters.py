"""Whether visits of people who rated a service low met something else than those who rated it high.

People chose to answer, and nobody drew them: a range says how far chance alone moves a figure if
the same kinds of people came and answered again. A difference is associated with a rating; what
causes it, no comparison of this kind can say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.stats.intervals import Verdict, mean_interval, wilson
from cx280.stats.medians import Estimate, Gap, gap, median_interval
from cx280.telemetry.rules.funnels import Place, Share, stages
from cx280.telemetry.rules.passages import Passage
from cx280.telemetry.rules.vocabulary import Tier

CONFIDENCE = 0.95


class Refusal(Word):
    """Why there is nothing to compare; the label is the whole sentence."""

    PROMISE = (
        "promise",
        "No survey of this service tells people that answers may be read together with their visit "
        "to the website. All of them promise to be anonymous, and that is kept.",
    )
    TIER = (
        "tier",
        "A website of this service collects personal data (tier 3 of OMB M-10-22). Answers joined "
        "with it would not stay anonymous.",
    )
    NOT_ASKED = "not_asked", "No survey that may be joined with visits asks this on a scale."
    TOO_FEW = (
        "too_few",
        "Too few visits of people who rated low, or of people who rated high, are joined with this "
        "in these days.",
    )


class Measure(Word):
    """What is compared."""

    FINISHED = "finished", "Finished"
    STOPPED = "stopped", "Stopped on the way to"
    SECONDS = "seconds", "Seconds on the way to"
    ERRORS = "errors", "Saw an error"
    PAGES = "pages", "Pages viewed"

    @property
    def is_share(self) -> bool:
        """Whether the figure is a part of visits; else a median of seconds or a mean of pages."""
        return self in {Measure.FINISHED, Measure.STOPPED, Measure.ERRORS}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of both groups; None where too few to show. between: low less high."""

    measure: Measure
    place: str = ""  # the place a figure is of
    since: str = ""  # where that stretch of the way begins
    low: Estimate | None = None
    high: Estimate | None = None
    between: Gap | None = None

    @property
    def differs(self) -> bool:
        """Whether chance alone would hardly make the difference."""
        return self.between is not None and self.between.verdict is not Verdict.NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Comparison:
    """Low and high raters side by side, from how many visits of each; or why not."""

    rows: tuple[Row, ...] = ()
    low: int = 0
    high: int = 0
    refusal: Refusal | None = None
    hidden: tuple[str, ...] = ()  # places that could not be shown of both

    @property
    def compared(self) -> int:
        """How many differences were looked at together."""
        return sum(row.between is not None for row in self.rows)

    @property
    def strongest(self) -> Row | None:
        """The difference to tell first: of shares the widest, else of seconds or pages."""
        seen = [row for row in self.rows if row.differs]
        return max(seen, key=_weight, default=None)


@implements("280.7-j2")
def refused(*, promised: bool, tiers: Collection[int | None]) -> Refusal | None:
    """Why visits and answers of a service may not be joined at all; None where they may.

    promised: whether a survey told people so. tiers: of the sites of the service (M-10-22).
    """
    if not promised:
        return Refusal.PROMISE
    if Tier.SEVERAL_SESSIONS_WITH_PII in tiers:
        return Refusal.TIER
    return None


@implements("280.7-j2")
def compare(
    low: Sequence[Passage],
    high: Sequence[Passage],
    names: Sequence[str],
    smallest: int,
    *,
    ends: bool,
    everybody: Sequence[int | None] = (),
) -> Comparison:
    """The figures of both groups with 95 % intervals, and what their differences allow to say.

    names: of the places, start first; `ends`: the last is the end. everybody: visits at each place
    as the same page shows them, None where it does not: whoever is neither low nor high must not
    follow from the three. Differences are held to 1 - 0.05 / (number of them), so that the chance
    of any false finding is at most 5 in 100 (Bonferroni).
    """
    told = [
        place
        for place in range(len(names))
        if not _gives_away(_at(low, place) + _at(high, place), everybody, place, smallest)
    ]
    if 0 not in told or min(len(low), len(high)) < smallest:
        return Comparison(refusal=Refusal.TOO_FEW)
    groups = _alike(low, high, told, smallest)
    kept = list(groups[0].stages)
    hidden = [names[place] for place in range(len(names)) if place not in kept]
    asked = _asked(kept, ends=ends and len(names) - 1 in kept)
    several = sum(_both_show(groups, measure, place) for measure, place in asked)
    strict = 1 - (1 - CONFIDENCE) / max(several, 1)
    rows = (_row(groups, measure, place, names, strict) for measure, place in asked)
    return Comparison(tuple(rows), len(low), len(high), hidden=tuple(hidden))


Groups = tuple["_Group", "_Group"]  # low, high


def _alike(
    low: Sequence[Passage], high: Sequence[Passage], kept: Sequence[int], smallest: int
) -> Groups:
    """Both groups over the places that can be shown of both: else no stretch would be the same."""
    groups = _Group(low, kept, smallest), _Group(high, kept, smallest)
    shown = [place for place in kept if all(each.shows(place) for each in groups)]
    return groups if len(shown) == len(kept) else _alike(low, high, shown, smallest)


def _at(group: Sequence[Passage], place: int) -> int:
    return sum(each.reached(place) for each in group)


def _gives_away(joined: int, everybody: Sequence[int | None], place: int, smallest: int) -> bool:
    """Whether the few others at the place would follow from what is shown."""
    shown = everybody[place] if place < len(everybody) else None
    return shown is not None and 0 < shown - joined < smallest


def _asked(kept: Sequence[int], *, ends: bool) -> list[tuple[Measure, int]]:
    """What is compared, in the order of the table; place 0 stands for the whole visit."""
    found = [(Measure.FINISHED, kept[-1])] if ends else []
    found += [(Measure.STOPPED, place) for place in kept[1:]]
    found += [(Measure.SECONDS, place) for place in kept[1:]]
    return [*found, (Measure.ERRORS, 0), (Measure.PAGES, 0)]


class _Group:
    """One group, and what of it may be shown."""

    def __init__(self, visits: Sequence[Passage], kept: Sequence[int], smallest: int) -> None:
        self.visits = visits
        self.smallest = smallest
        # Named by their numbers, as two steps may have one name.
        found = stages([Place(str(at), _at(visits, at)) for at in kept], smallest)
        self.stages = dict(zip(kept, found, strict=True))

    def shows(self, place: int) -> bool:
        """Whether the place may be shown of this group."""
        return self.stages[place].reached is not None

    def before(self, place: int) -> int:
        """The place before this one of those shown."""
        return max(at for at in self.stages if at < place)

    def estimate(self, measure: Measure, place: int, confidence: float) -> Estimate | None:
        """The figure with its interval; None where too few to show, or there is none."""
        if measure is Measure.PAGES:
            return _mean([each.pages for each in self.visits], confidence)
        if measure is Measure.ERRORS:
            part, n = sum(each.errors > 0 for each in self.visits), len(self.visits)
            few = any(0 < each < self.smallest for each in (part, n - part))
            return None if few else _share(Share(part, n), confidence)
        stage = self.stages[place]
        if measure is Measure.FINISHED:
            return _share(stage.reached, confidence)
        if measure is Measure.STOPPED:
            return _share(stage.stopped, confidence)
        taken = [each.seconds[place] for each in self.visits]
        return median_interval([each for each in taken if each is not None], confidence)


def _share(share: Share | None, confidence: float) -> Estimate | None:
    if share is None or not share.n:
        return None
    return Estimate(share.share, *wilson(share.part, share.n, confidence), share.n)


def _mean(counts: Sequence[int], confidence: float) -> Estimate | None:
    found = mean_interval({each: counts.count(each) for each in set(counts)}, confidence)
    return Estimate(found.mean, found.low, found.high, found.n) if found else None


def _both_show(groups: Groups, measure: Measure, place: int) -> bool:
    return all(each.estimate(measure, place, CONFIDENCE) for each in groups)


def _row(groups: Groups, measure: Measure, place: int, names: Sequence[str], strict: float) -> Row:
    low, high = (each.estimate(measure, place, CONFIDENCE) for each in groups)
    mine, theirs = (each.estimate(measure, place, strict) for each in groups)
    # Seconds are from the place just before, also where that one is not shown.
    before = place - 1 if measure is Measure.SECONDS else groups[0].before(place) if place else 0
    return Row(
        measure,
        names[place] if place else "",
        names[before] if place else "",
        low,
        high,
        gap(theirs, mine) if mine and theirs else None,
    )


def _weight(row: Row) -> tuple[bool, bool, float]:
    """Where people stop says most; then other shares; the widest difference first."""
    size = abs(row.between.difference) if row.between else 0.0
    return row.measure is Measure.STOPPED, row.measure.is_share, size
