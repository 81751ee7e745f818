"""Noise for differential privacy: whole numbers from the two-sided geometric distribution.

A count with such noise tells almost the same whether any one person is in it or not: no result is
more than e^epsilon times likelier with them than without (Dwork, C., McSherry, F., Nissim, K. and
Smith, A. (2006), Calibrating noise to sensitivity in private data analysis, TCC 2006). The
two-sided geometric mechanism is the best one for counts: Ghosh, A., Roughgarden, T. and
Sundararajan, M. (2012), Universally utility-maximizing privacy mechanisms, SIAM Journal on
Computing 41, 1673-1693. Drawn exactly, from whole random numbers alone, because noise made with
floating-point numbers can be told apart: Canonne, C., Kamath, G. and Steinke, T. (2020), The
discrete Gaussian for differential privacy, NeurIPS 2020, algorithm 2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from cx280.kernel.problem import Unusable

Below = Callable[[int], int]
"""A source of randomness: a whole number from 0 to less than the one given, each as likely.

`secrets.randbelow` for releases; a seeded `random.Random(…).randrange` for tests.
"""


def two_sided_geometric(epsilon: Fraction, below: Below) -> int:
    """A whole number, 0 on average; k comes up in proportion to e^(-epsilon |k|).

    epsilon: above 0. Raises Unusable otherwise.
    """
    if epsilon <= 0:
        raise Unusable("A privacy budget (epsilon) is more than 0.")
    long, short = epsilon.denominator, epsilon.numerator
    while True:
        first = below(long)
        if not _happens(first, long, below):
            continue
        rest = 0
        while _happens(1, 1, below):
            rest += 1
        size = (first + long * rest) // short
        negative = below(2) == 1
        if not (negative and size == 0):
            return -size if negative else size


def with_noise(counts: Sequence[int], epsilon: Fraction, below: Below) -> list[int]:
    """Counts of groups that share nobody, each with noise of its own; none below 0.

    One person more or less changes one count by one, so the whole list spends `epsilon` once.
    What is below 0 becomes 0, which uses no more of the budget.
    """
    return [max(0, n + two_sided_geometric(epsilon, below)) for n in counts]


def expected_error(epsilon: float) -> float:
    """How many people a count is off on average: 2a / (1 - a^2), with a = e^-epsilon."""
    a = math.exp(-epsilon)
    return 2 * a / (1 - a * a)


def variance(epsilon: float) -> float:
    """The variance of the noise in people squared: 2a / (1 - a)^2, with a = e^-epsilon."""
    a = math.exp(-epsilon)
    return 2 * a / (1 - a) ** 2


def _happens(above: int, beneath: int, below: Below) -> bool:
    """True with probability e^-(above / beneath); the fraction lies between 0 and 1."""
    turn = 1
    while below(beneath * turn) < above:
        turn += 1
    return turn % 2 == 1
