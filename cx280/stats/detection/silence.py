"""How rare it is that nothing came, from how often nothing came before."""

from __future__ import annotations

import numpy as np

from cx280.stats.detection.grid import Flags, Numbers


def silence(numbers: Numbers, memory: int) -> Numbers:
    """The rarity of each run of zeros up to each cell; 0 where something came, or nobody knows.

    A run begins as often as runs began among the `memory` cells before it, and goes on as often as
    they went on (two shares, each with one made-up case of either kind): where zeros are usual, or
    come in long runs every night, none is rare.
    """
    zero = numbers == 0
    before = np.concatenate([[False], zero[:-1]])
    known_before = np.concatenate([[False], np.isfinite(numbers)[:-1]])
    begins = _share(zero & ~before & known_before, np.isfinite(numbers) & ~before, memory)
    goes_on = _share(zero & before, np.isfinite(numbers) & before, memory)
    cost = np.where(before, -np.log10(goes_on), -np.log10(begins))
    total = np.cumsum(np.where(zero, cost, 0.0))
    start = np.maximum.accumulate(np.where(zero, 0.0, total))
    found = np.where(zero, total - start, 0.0)
    # What is learned of a run's going on while it goes on would make it usual: keep the highest.
    return _highest_of_run(found, zero)


def _share(happened: Flags, could: Flags, memory: int) -> Numbers:
    """The share of cases among the cells before each, (cases + 1) / (chances + 2)."""
    cases, chances = _before(happened, memory), _before(could, memory)
    share: Numbers = (cases + 1) / (chances + 2)
    return share


def _before(flags: Flags, memory: int) -> Numbers:
    total = np.concatenate([[0.0], np.cumsum(flags)])
    at = np.arange(len(flags))
    found: Numbers = total[at] - total[np.maximum(at - memory, 0)]
    return found


def _highest_of_run(rare: Numbers, zero: Flags) -> Numbers:
    found = rare.copy()
    for at in np.flatnonzero(zero[1:] & zero[:-1]) + 1:
        found[at] = max(found[at], found[at - 1])
    return found
