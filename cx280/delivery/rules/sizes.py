"""How many to ask: from how sure somebody wants to be to how many to invite.

The share of a simple random sample lies within ±e of the truth with the chosen certainty when
n0 = z² p (1 - p) / e² people answer; of a small population fewer are enough:
n = n0 / (1 + (n0 - 1) / N) (Cochran 1977, Sampling Techniques, 4.4). p = 1/2 is the worst case and
what we plan for. What no size can mend: that those who answer differ from those who do not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import scipy  # its parts load when first used

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.kernel.words import Word

LEAST_RATE = 0.0001  # of those invited who answer; below it no survey is worth its burden


class Sureness(Word):
    """How sure somebody wants to be, in words; each is a level of confidence."""

    FAIRLY = "fairly", "Fairly sure: right 9 times of 10"
    VERY = "very", "Very sure: right 19 times of 20"
    ALMOST = "almost", "Almost certain: right 99 times of 100"

    @property
    def confidence(self) -> float:
        """The level of confidence."""
        return {Sureness.FAIRLY: 0.90, Sureness.VERY: 0.95, Sureness.ALMOST: 0.99}[self]


@dataclass(frozen=True, slots=True)
class Size:
    """What it takes, and what it costs the public.

    answers: how many must answer. invitations: how many to invite at the expected response rate.
    rate: invitations as a share of the population; None when the population is not known.
    minutes: the burden of those who answer. reachable: whether the population is large enough;
    points: how many points each way the expected answers really give.
    """

    answers: int
    invitations: int
    rate: float | None
    minutes: float
    reachable: bool
    points: float


@implements("280.10-m2")
def size_for(
    *,
    points: float,
    sureness: Sureness,
    population: int | None,
    response_rate: float,
    minutes_each: float,
) -> Size:
    """How many answers and invitations a share within ±`points` percentage points takes.

    population: interactions in the period, None when unknown or endless. response_rate: the share
    of those invited who are expected to answer. Raises Unusable for what is out of range.
    """
    _check(points, population, response_rate, minutes_each)
    answers = answers_for(points, sureness.confidence, population)
    invitations = math.ceil(answers / response_rate - 1e-9)
    reachable = population is None or invitations <= population
    if population is not None and not reachable:
        invitations = population
        answers = max(1, math.floor(population * response_rate + 1e-9))
    return Size(
        answers=answers,
        invitations=invitations,
        rate=None if population is None else invitations / population,
        minutes=answers * minutes_each,
        reachable=reachable,
        points=points_from(answers, sureness.confidence, population),
    )


def answers_for(points: float, confidence: float, population: int | None = None) -> int:
    """How many of the population must answer for ±`points` at that confidence."""
    endless = (_z(confidence) / (2 * points / 100)) ** 2
    if population is None:
        return math.ceil(endless - 1e-9)
    return min(population, math.ceil(endless / (1 + (endless - 1) / population) - 1e-9))


def points_from(answers: int, confidence: float, population: int | None = None) -> float:
    """The points each way that so many answers give for a share of a half."""
    left = 1.0
    if population is not None and population > 1:
        left = max(0.0, (population - answers) / (population - 1))
    return min(100.0, 100 * _z(confidence) * math.sqrt(0.25 / answers * left))


def _z(confidence: float) -> float:
    return float(scipy.special.ndtri(0.5 + confidence / 2))


def _check(
    points: float, population: int | None, response_rate: float, minutes_each: float
) -> None:
    if not 0.1 <= points <= 50:
        raise Unusable("Choose between 0.1 and 50 points each way.", field="points")
    if population is not None and population < 1:
        raise Unusable("At least one interaction must take place.", field="population")
    if not LEAST_RATE <= response_rate <= 1:
        raise Unusable("Expect 0.01 % to 100 % to answer.", field="response_rate")
    if minutes_each <= 0:
        raise Unusable("An answer takes some time.", field="minutes_each")
