"""How far counts lie from what was expected, beyond chance: spread, leaning, and what is odd."""

from __future__ import annotations

import numpy as np

from cx280.stats.detection.grid import Flags, Numbers

MOST = 3.5
"""Deviations beyond which a count is odd, and teaches no more."""
# Until so many rows (hours: weeks of six a day) and days are known: a relative variance beyond
# chance, and by how much periods lean the same way.
_SPREAD, _UNTIL, _PARTS = 0.02, 28, 6
_LEANS, _UNTIL_DAYS = 2.0, 14
_WIDEST = 4.0
# Of what lies beyond chance, at least so much is spread, whatever is not known of the mean.
_TRUE = 0.25
_FADES = 0.5  # of what is known, left after the weeks that are remembered


class Spread:
    """What was learned so far, of each series.

    Moments: the squared deviation of a count of mean m is m + m² (spread + what is not known of
    the mean). Leaning: the squared sum of a day's (a week's) deviations over their number.
    """

    def __init__(self, series: int, day: int, memory: int) -> None:
        self.day, self.fades = day, _FADES ** (1 / memory)
        self.moments = np.zeros((3, series))
        self.rows = np.zeros(series)
        self.far, self.seen = np.zeros((2, series)), np.zeros(series)
        self.squares, self.runs = np.zeros(series), 0.0
        self.run, self.run_rows, self.run_cells = np.zeros(series), np.zeros(series), 0

    def found(self) -> Numbers:
        """The relative variance beyond chance, and beyond what is not known of the mean."""
        known, all_, chance = self.moments
        found = np.maximum(np.maximum(known, _TRUE * all_), 0.0) / np.maximum(chance, 1e-9)
        cold = np.clip(1 - self.rows / _UNTIL, 0.0, 1.0)
        wide: Numbers = np.minimum(found, _WIDEST) + cold * np.maximum(_SPREAD - found, 0.0)
        return wide

    def leaning(self) -> Numbers:
        """By how much a run varies more than single periods; at least 1, and not by chance."""
        found, kept = self._leaning()
        found = 1 + (found - 1) * kept
        cold = max(1 - self.runs / _UNTIL_DAYS, 0.0)
        leans: Numbers = found + cold * np.maximum(_LEANS - found, 0.0)
        return leans

    def degrees(self) -> Numbers:
        """Degrees of freedom behind the variance of runs: few where periods of a day lean the same
        way, as every day is then one of them."""
        found: Numbers = 1 / (1 / np.maximum(self.rows, 1.0) + self._leaning()[1] /
                              max(self.runs, 1.0))  # fmt: skip
        return found

    def _leaning(self) -> tuple[Numbers, Numbers]:
        """(leaning as seen, the part of it beyond 1 that is not chance).

        The mean of so many squares has a relative variance of 2 over their number; what lies beyond
        1 is drawn to it as far as that may be chance (James, W. and Stein, C. (1961)).
        """
        runs = max(self.runs, 1e-9)
        found = np.maximum(self.squares / runs, 1.0)
        beyond = np.maximum(found - 1, 1e-9)
        return found, np.maximum(1 - 2 / runs * (found / beyond) ** 2, 0.0)

    def odd(self) -> Numbers:
        """The part of counts that was odd, low ones and high ones; one of each is chance."""
        found: Numbers = np.maximum(self.far - 1, 0.0) / np.maximum(self.seen, 1.0)
        return found

    def learn(
        self, away: Numbers, mean: Numbers, spread: Numbers, shared: Numbers, side: Numbers,
        known: Flags,
    ) -> None:  # fmt: skip
        """Takes in deviations `away` from means; side: of odd ones; shared: by how much a day's
        deviations were to lean because its mean is not known."""
        beyond = self.found()[:, None]
        mean = np.where(known, np.maximum(mean, 1e-6), 1.0)
        spread = np.where(known, spread, beyond)
        unsure = spread - beyond
        fade = self.fades ** away.shape[1]
        weight = known / (2 * (1 + mean * unsure) ** 2 + 1 / mean)
        more = away**2 / mean - 1
        sums = (mean * (more - mean * unsure), mean * more, mean**2)
        self.moments = self.moments * fade + np.stack(
            [np.sum(weight * each, axis=1) for each in sums]
        )
        sure = (1 + mean * beyond) / (1 + mean * spread)
        self.rows += np.sum(known * sure**2, axis=1) / min(self.day, _PARTS)
        odd = np.stack([np.sum(side < 0, axis=1), np.sum(side > 0, axis=1)])
        self.far, self.seen = self.far * fade + odd, self.seen * fade + known.sum(axis=1)
        shared = np.where(known, shared, 0.0)
        self._run(away / np.sqrt((mean + mean**2 * spread) * (1 + shared)), known)

    def _run(self, usual: Numbers, known: Flags) -> None:
        self.run += usual.sum(axis=1)
        self.run_rows += known.sum(axis=1)
        self.run_cells += usual.shape[1]
        if self.run_cells < (self.day if self.day > 1 else 7):
            return
        fade = self.fades**self.run_cells
        square = np.where(self.run_rows > 0, self.run**2 / np.maximum(self.run_rows, 1), 1.0)
        self.squares, self.runs = self.squares * fade + square, self.runs * fade + 1
        self.run, self.run_rows, self.run_cells = 0 * self.run, 0 * self.run_rows, 0
