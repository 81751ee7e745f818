"""Scores from counted answers: shares with intervals, means, response rates, tapping.

Definitions, one for each way of answering (docs/guides/measures.md prints them):

| scale          | codes | agreeing means                        | a mean? |
|----------------|-------|---------------------------------------|---------|
| agree5, stars5 | 1..5  | 4 or 5                                | yes     |
| agree7         | 1..7  | 6 or 7, the two highest               | yes     |
| agree10        | 1..10 | 9 or 10, the two highest              | yes     |
| thumbs, yesno  | 0, 1  | 1                                     | no      |
| tapping        | words | the statement was tapped, of those shown it | never |

The two highest codes are this project's definition: the Circular prints none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.measures.rules.basis import Basis, gives_interval, views_of
from cx280.pages.written import between
from cx280.stats.intervals import Difference, compare_shares, wilson
from cx280.stats.scale_means import scale_mean
from cx280.stats.sequences import compare_watched, share_sequence
from cx280.surveys.rules.scales import SCALES as SCALES
from cx280.surveys.rules.scales import Scale as Scale
from cx280.surveys.rules.scales import polarity_of as polarity_of

Counts = Mapping[str, int]  # {code as written: how many gave it}


@dataclass(frozen=True, slots=True)
class Share:
    """A share in [0, 1] with its 95 % interval, the count behind it and n; null share: nobody.

    `low` and `high` say what chance alone would do, whatever the basis, and are for deciding.
    What is shown goes through `bounds` and `sure`: self-selected answers have no interval.
    """

    share: float | None
    low: float
    high: float
    successes: int
    n: int
    basis: Basis = Basis.ASKED

    @property
    @implements("INC-44")
    def bounds(self) -> tuple[float, float] | None:
        """(low, high) where an interval may be shown; None for nobody, or where people chose."""
        if self.share is None or not gives_interval(self.basis):
            return None
        return self.low, self.high

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """The bounds as two values, for charts and files; (None, None) for none."""
        return self.bounds or (None, None)

    @property
    def sure(self) -> str:
        """`between 81 % and 87 %`, or what the share is instead."""
        if self.share is None:
            return "nobody answered"
        return between(self.bounds) if self.bounds else views_of(self.n)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean on its scale, rounded half up to 2 decimals, with its 95 % interval and n."""

    mean: Decimal
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """Answered of those offered, in [0, 1]; null with the reason where it cannot be computed."""

    rate: float | None
    offered: int | None
    answered: int
    reason: str = ""


def scale_of(response: str) -> Scale:
    """The scale behind a response format; raises Unusable where answers have no order."""
    found = SCALES.get(response)
    if found is None:
        raise Unusable(f"Answers of the kind “{response}” have no scale, so no score.")
    return found


def share_of(successes: int, n: int, basis: Basis = Basis.ASKED, *, watched: bool = False) -> Share:
    """The share with its Wilson interval; watched: one that holds on every day together."""
    low, high = share_sequence(successes, n) if watched else wilson(successes, n)
    return Share(successes / n if n else None, low, high, successes, n, basis)


def share_agreeing(counts: Counts, response: str = "agree5", basis: Basis = Basis.ASKED) -> Share:
    """The share of answers that agree (4–5 of 5 and so on); codes off the scale are refused."""
    scale = scale_of(response)
    by_code = _on_scale(counts, scale)
    return share_of(sum(by_code[code] for code in scale.agreeing), sum(by_code.values()), basis)


def when_watched(share: Share) -> Share:
    """The same share with an interval that holds on every day it is looked at."""
    return share_of(share.successes, share.n, share.basis, watched=True)


@implements("INC-15")
def mean_of(counts: Counts, response: str = "agree5") -> Mean | None:
    """Σk·n / Σn to 2 decimals, or None when nobody answered.

    Raises Unusable for scales without a mean: a tap or a thumb is not a point on 1–5.
    """
    scale = scale_of(response)
    if not scale.has_mean:
        raise Unusable(f"Answers of the kind “{response}” are reported as a share, not as a mean.")
    by_code = _on_scale(counts, scale)
    found = scale_mean(by_code)
    if found is None:
        return None
    exact = Decimal(sum(code * n for code, n in by_code.items())) / Decimal(found.n)
    rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Mean(rounded, found.low, found.high, found.n)


@implements("INC-15")
def share_tapping(tapped: int, shown: int, basis: Basis = Basis.ASKED) -> Share:
    """The share who tapped a statement, of those who were shown it, never of all who answered."""
    return share_of(tapped, shown, basis)


@implements("INC-33")
def response_rate(offered: int | None, answered: int) -> ResponseRate:
    """Answered / offered; “not computable” with its reason where offered is unknown or wrong."""
    if offered is None:
        return ResponseRate(
            None,
            None,
            answered,
            "Not computable: nobody knows how many people saw the link. "
            "Those who answered chose to.",
        )
    if offered < answered:
        return ResponseRate(
            None,
            offered,
            answered,
            f"Not computable: {answered:,} answers came from {offered:,} people asked.",
        )
    if offered == 0:
        return ResponseRate(None, 0, 0, "Not computable: nobody was asked yet.")
    return ResponseRate(answered / offered, offered, answered)


@implements("280.8-b1")
def change(before: Share, after: Share, *, watched: bool = False) -> Difference:
    """How much a share moved and whether there is evidence that it did.

    watched: the later share still grows and is looked at every day, so the interval holds on all
    days together (`compare_watched`); else it is looked at once.
    """
    compare = compare_watched if watched else compare_shares
    return compare((before.successes, before.n), (after.successes, after.n))


def add_up(tables: Iterable[Counts]) -> dict[str, int]:
    """The counts of several tables, code by code; only for tables of one comparability key."""
    total: dict[str, int] = {}
    for table in tables:
        for code, n in table.items():
            total[code] = total.get(code, 0) + n
    return total


def _on_scale(counts: Counts, scale: Scale) -> dict[int, int]:
    """{code: n} for every code of the scale, zeros included; raises Unusable for others."""
    by_code = dict.fromkeys(scale.codes, 0)
    for written, n in counts.items():
        code = int(written) if written.lstrip("-").isdigit() else None
        if code not in by_code:
            raise Unusable(f"“{written}” is not a code of this scale.")
        by_code[code] += n
    return by_code
