"""The three ways drivers are asked are three analyses: ratings and taps are never mixed.

A tap is not a point on a scale (INC-15), so 0 for “not tapped” beside 1 to 5 would make the
importance of both meaningless.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cx280.kernel.problem import Unusable
from cx280.stats.drivers.patterns import Floats, Patterns

_WIDEST_RATING = 11  # 0 to 10


class MixedModes(Unusable):
    """Drivers of unlike kinds were asked to be analysed together; the message says which."""

    def __init__(self, message: str) -> None:
        super().__init__(message, rule="INC-15", fix="Analyse taps and ratings apart.")


def refuse_mixed(patterns: Patterns, drivers: Sequence[str]) -> None:
    """Raises MixedModes when some drivers are taps (0 and 1 only) and others ratings (1 to 5 …)."""
    taps = [each for each in drivers if is_tapped(patterns.column(each))]
    ratings = [each for each in drivers if _is_rated(patterns.column(each))]
    if taps and ratings:
        raise MixedModes(
            f"{', '.join(taps)} can only be tapped or not, {', '.join(ratings)} are rated. "
            "Taps and ratings are never mixed."
        )


def refuse_ratings(patterns: Patterns, drivers: Sequence[str]) -> None:
    """Raises MixedModes when a driver holds anything but 1 (tapped), 0 (shown) and NaN (not)."""
    for each in drivers:
        answers = patterns.column(each)
        if not np.isin(answers[~np.isnan(answers)], (0.0, 1.0)).all():
            raise MixedModes(f"{each} is rated, not tapped: a tap is 1, shown and not tapped is 0.")


def is_tapped(answers: Floats) -> bool:
    """Whether answers (P,) are taps: both 0 and 1 occur, and nothing else but NaN."""
    return set(np.unique(answers[~np.isnan(answers)]).tolist()) == {0.0, 1.0}


def _is_rated(answers: Floats) -> bool:
    """Whether answers (P,) look like points on a scale: a few whole numbers, not only 0 and 1."""
    given = np.unique(answers[~np.isnan(answers)])
    return bool(
        1 < len(given) <= _WIDEST_RATING
        and np.array_equal(given, np.rint(given))
        and given[0] >= 0
        and 1 < given[-1] < _WIDEST_RATING
    )
