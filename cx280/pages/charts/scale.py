"""Where things stand: ticks that are round numbers, and labels that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from cx280.pages.charts.model import Unit

_ROUND = (1, 2, 2.5, 5, 10)


def ticks(values: Iterable[float], unit: Unit, *, most: int = 6) -> list[float]:
    """Round values, evenly spaced, from at or below the least to at or above the greatest.

    Never beyond the unit's own bounds (a share has no tick at 105 %); at least two.
    """
    known = [min(max(value, unit.least), unit.most) for value in values]
    low, high = min(known), max(known)
    step = _step((high - low) / max(most - 1, 1) or abs(high) / most or 1.0, unit.step)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        first, last = first - 1, last + 1
    found = [round(index * step, 10) for index in range(first, last + 1)]
    kept = [value for value in found if unit.least - 1e-9 <= value <= unit.most + 1e-9]
    return kept if len(kept) > 1 else found


def _step(rough: float, least: float) -> float:
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * each for each in _ROUND if size * each >= rough * 0.999)
    return float(max(step, least))


def linear(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """A function from values low…high to pixels start…end; values outside stop at the ends."""

    def place(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return start + min(max(share, 0.0), 1.0) * (end - start)

    return place


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near to `wanted` as can be so that boxes of `sizes` do not overlap.

    Within low…high when they all fit in it; in the order of `wanted` on the axis.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [0.0] * len(wanted)
    end = low
    for index in order:
        placed[index] = max(wanted[index], end + sizes[index] / 2)
        end = placed[index] + sizes[index] / 2
    end = high
    for index in reversed(order):
        if placed[index] + sizes[index] / 2 <= end + 1e-9:
            break
        placed[index] = end - sizes[index] / 2
        end = placed[index] - sizes[index] / 2
    if sum(sizes) > high - low:  # they cannot all fit: keep the order and start at the top
        end = low
        for index in order:
            placed[index] = end + sizes[index] / 2
            end += sizes[index]
    return placed
