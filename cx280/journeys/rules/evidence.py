"""The heat map: what is known of each step, each figure with its n; nothing is ever averaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cx280.circular.implements import implements
from cx280.measures.rules.suppression import is_too_few
from cx280.pages.written import percent

# A fill for each band of shares, light to dark; the number in the cell says the same.
_BANDS = (0.5, 0.65, 0.75, 0.85)
OUTCOMES = ("trust", "satisfaction")


@dataclass(frozen=True, slots=True)
class Figure:
    """One question's share that agrees, in one quarter, of the survey tied to a step.

    construct: the column it stands in. exact: what it measures; trust is one of three. share is
    None where too few answered to show; then `n` is None as well. sure: how sure, in words.
    """

    construct: str
    exact: str
    label: str
    text: str
    share: float | None
    sure: str
    n: int | None
    quarter: str
    survey: str
    address: str

    @property
    def band(self) -> int:
        """0 (lowest) to 4; 0 where nothing is shown."""
        return sum(self.share is not None and self.share >= least for least in _BANDS)

    @property
    def said(self) -> str:
        """`84 %`, or why there is none."""
        return percent(self.share) if self.share is not None else "too few to show"


def figure(given: Figure, n: int, smallest: int) -> Figure:
    """The figure as it may be shown: without any number where too few answered."""
    if is_too_few(n, smallest):
        return replace(given, share=None, n=None, sure="")
    return replace(given, n=n)


@dataclass(frozen=True, slots=True)
class DropOff:
    """Visits that stopped at a step of a website; without a share, `why` says so."""

    share: float | None
    n: int | None
    sure: str
    why: str
    flow: str
    address: str


@dataclass(frozen=True, slots=True)
class Burden:
    """What a step takes of one person, as assessed; `words` for its time, money and strain."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Point:
    """A pain point that no finished action has answered."""

    words: str
    evidence: int
    address: str


@dataclass(frozen=True, slots=True)
class StepEvidence:
    """A step with what is known of it. unasked: whether it matters most and no survey asks."""

    number: int
    key: int
    name: str
    channel: str
    is_moment: bool
    surveys: int
    figures: tuple[Figure, ...] = ()
    drop_off: DropOff | None = None
    points: tuple[Point, ...] = ()
    burden: Burden | None = None

    @property
    def trust(self) -> list[Figure]:
        """The figures of trust, each question by itself."""
        return [each for each in self.figures if each.construct == OUTCOMES[0]]

    @property
    def satisfaction(self) -> list[Figure]:
        """The figures of satisfaction."""
        return [each for each in self.figures if each.construct == OUTCOMES[1]]

    @property
    def drivers(self) -> list[Figure]:
        """The figures of everything else that is asked on a scale, lowest first."""
        rest = [each for each in self.figures if each.construct not in OUTCOMES]
        return sorted(rest, key=lambda each: (each.share is None, each.share or 0.0))

    @property
    def is_unasked(self) -> bool:
        """Whether it matters most, and no survey asks about it."""
        return self.is_moment and not self.surveys

    @property
    @implements("280.4-a3")
    def has_evidence(self) -> bool:
        """Whether anything is known of it: a score, a drop-off, a pain point, a burden."""
        drop = self.drop_off is not None and self.drop_off.share is not None
        shown = any(each.share is not None for each in self.figures)
        return shown or drop or bool(self.points) or self.burden is not None


@implements("280.7-j1")
def only(rows: Iterable[StepEvidence], exact: str) -> list[StepEvidence]:
    """The rows with the trust questions of exactly that construct; other columns stay.

    Trust that changed, trust there is, and confidence are three and never stand for one another.
    """
    return [
        replace(row, figures=tuple(
            each for each in row.figures
            if each.construct != OUTCOMES[0] or exact in ("", each.exact)
        ))
        for row in rows
    ]  # fmt: skip


def constructs_in(rows: Iterable[StepEvidence]) -> list[tuple[str, str]]:
    """The exact constructs of trust that were asked: (value, words), in alphabetical order."""
    found = {each.exact: each.label for row in rows for each in row.trust}
    return sorted(found.items())


@implements("280.4-a3")
def headline(rows: Sequence[StepEvidence]) -> str:
    """`39 % of 835 visits stop before “Pays”`, or how many steps anything is known of."""
    worst = worst_drop(rows)
    if worst is not None and worst.drop_off is not None:
        return f"{_of(worst.drop_off)} stop before “{worst.name}”"
    known = sum(row.has_evidence for row in rows)
    if not known:
        return "Nothing is known of any step yet"
    return f"Something is known of {known} of {len(rows)} steps"


def worst_drop(rows: Iterable[StepEvidence]) -> StepEvidence | None:
    """The step at which the largest share of visits stopped; None where nobody did."""
    stopping = [each for each in rows if each.drop_off and each.drop_off.share]
    return max(stopping, key=lambda each: _share(each), default=None)


def _share(row: StepEvidence) -> float:
    return (row.drop_off.share if row.drop_off else None) or 0.0


def _of(drop: DropOff) -> str:
    return f"{percent(drop.share)} of {drop.n or 0:,} visits"
