"""Who is missing: response rates by name, how even they are, and what weighting back would change.

All of it takes people as counted, in groups. It cannot know what those who did not answer think; it
shows where they are, and how far that could matter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.intervals import wilson

Group = tuple[int, int]  # people asked, people who answered
Cell = tuple[int, int]  # answers that agree, answers
_ROUNDS = 200
_CLOSE = 1e-10  # of a margin's share: raked


def rr1(asked: int, answered: int) -> float:
    """Answered of asked, within [0, 1]; raises Unusable for nobody asked or more answers than that.

    Response Rate 1 of AAPOR, Standard Definitions (2023): I / ((I + P) + (R + NC + O) + (UH + UO)).
    Whoever is asked here has just used the service, so nobody's eligibility is unknown (UH = UO =
    0) and RR1 = RR3 = RR5. Only answers that were sent are kept (P counts as a refusal), so RR2,
    RR4 and RR6, which add partial ones, cannot be told.
    """
    if not 0 <= answered <= asked or asked == 0:
        raise Unusable(f"{answered} answers of {asked} people asked is no response rate.")
    return answered / asked


@dataclass(frozen=True, slots=True)
class Evenness:
    """How evenly groups answer. r: the R-indicator, 0 to 1 (1: all alike). spread: the standard
    deviation of the groups' rates over the mean rate, chance taken out, at least 0."""

    r: float
    spread: float

    def most_bias(self, share: float) -> float:
        """How far a share, 0 to 1, could lie off because of these differences at the very most."""
        return self.spread * math.sqrt(share * (1 - share))


def evenness(groups: Sequence[Group]) -> Evenness | None:
    """How evenly groups answer, each (asked, answered); None with fewer than two or no answer.

    R = 1 - 2 S(ρ) and the bound S(ρ) S(y) / ρ on the bias of a mean: Schouten, B., Cobben, F. and
    Bethlehem, J. (2009), Indicators for the representativeness of survey response, Survey
    Methodology 35, 101-113. What chance alone adds to S² is taken off (Shlomo, N., Skinner, C. and
    Schouten, B. 2012, Journal of Statistical Planning and Inference 142, 201-211).
    """
    known = [(asked, answered) for asked, answered in groups if asked]
    people = sum(asked for asked, _ in known)
    answers = sum(answered for _, answered in known)
    if len(known) < 2 or not answers:
        return None
    mean = rr1(people, answers)
    variance = 0.0
    for asked, answered in known:
        rate, part = rr1(asked, answered), asked / people
        variance += part * (rate - mean) ** 2 - (1 - part) * rate * (1 - rate) / people
    deviation = math.sqrt(max(0.0, variance))
    return Evenness(1 - 2 * deviation, deviation / mean)


@dataclass(frozen=True, slots=True)
class Raked:
    """A share after weighting to the margins, with its interval, all within [0, 1].

    effective: as many equally weighted answers would tell as much (Kish). largest: the largest
    weight over the mean one.
    """

    share: float
    low: float
    high: float
    effective: float
    largest: float


def rake_cells(
    cells: Mapping[Any, Cell], rows: Mapping[Any, int], columns: Mapping[Any, int]
) -> Raked | None:
    """The share agreeing after weighting the cells so that both margins are met.

    cells: a pair of names (row, column) to (agreeing, answers). rows, columns: people asked, by
    name; an empty margin is not raked to. None where there are answers from a group of which nobody
    was asked, or where the weights do not settle.

    Iterative proportional fitting: Deming, W. E. and Stephan, F. F. (1940), Annals of Mathematical
    Statistics 11, 427-444; as weights for non-response: Oh, H. L. and Scheuren, F. (1983). Groups
    nobody answered from are left out: no weight can speak for them. Effective n: Kish, L. (1965),
    Survey Sampling, 11.7; the interval is Wilson's at it.
    """
    filled = {place: cell for place, cell in cells.items() if cell[1]}
    margins = [(0, rows), (1, columns)]
    if not filled or any(margin and not margin.get(place[at]) for at, margin in margins
                         for place in filled):  # fmt: skip
        return None
    weights = _fit(filled, [(at, margin) for at, margin in margins if margin])
    if weights is None:
        return None
    agree, n = (np.array(each, dtype=float) for each in zip(*filled.values(), strict=True))
    total = weights @ n
    share = float(weights @ agree / total)
    effective = float(total**2 / (weights**2 @ n))
    size = max(1, round(effective))
    low, high = wilson(round(share * size), size)
    largest = float(weights.max() * n.sum() / total)
    return Raked(share, min(low, share), max(high, share), effective, largest)


def _fit(
    cells: Mapping[Any, Cell], margins: Sequence[tuple[int, Mapping[Any, int]]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """A weight for each answer of each cell; None where they do not settle."""
    n = np.array([answers for _, answers in cells.values()], dtype=float)
    weights = np.ones(len(cells))
    steps = []
    for at, margin in margins:
        names = sorted({place[at] for place in cells}, key=str)
        member = np.array([[place[at] == name for place in cells] for name in names], dtype=float)
        target = np.array([margin[name] for name in names], dtype=float)
        steps.append((member, target / target.sum()))
    for _ in range(_ROUNDS):
        off = 0.0
        for member, target in steps:
            now = member @ (weights * n)
            off = max(off, float(np.abs(now / now.sum() - target).max()))
            weights = weights * (member.T @ (target / (now / now.sum())))
        if off < _CLOSE:
            return weights
    return None
