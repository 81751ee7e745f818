"""Who is missing from a quarter's answers: where, how far it could matter, and what may be said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cx280.measures.rules.scores import Share
from cx280.pages.written import number, percent, points, points_between
from cx280.stats.intervals import Difference, Verdict
from cx280.stats.nonresponse import Evenness, Raked

# OMB (2006), Standards and Guidelines for Statistical Surveys, guideline 3.2.9: below it, analyse.
ENOUGH = 0.8
_NOTICEABLE = 0.05  # of those asked less of those who answered, to name a group


@dataclass(frozen=True, slots=True)
class Group:
    """People asked and people who answered of one office, channel or month.

    hidden: too few answered, or others' figures would give it away.
    """

    kind: str
    name: str
    asked: int
    answered: int
    hidden: bool = False

    @property
    def rate(self) -> float | None:
        """Answered of asked; None for hidden groups, and where more answered than were asked."""
        if self.hidden or not self.asked or self.answered > self.asked:
            return None
        return self.answered / self.asked


@dataclass(frozen=True, slots=True)
class Part:
    """A group's part of all who were asked and of all who answered, 0 to 1."""

    group: Group
    of_asked: float
    of_answered: float

    @property
    def missing(self) -> float:
        """How much larger its part is among those asked; below 0 where it is the smaller."""
        return self.of_asked - self.of_answered


@dataclass(frozen=True, slots=True)
class OutcomeCheck:
    """An outcome as answered, weighted back to who was asked, and early against late.

    raked: None where it could not be weighted. drift: late less early; None with too few.
    """

    outcome: str
    share: Share
    raked: Raked | None
    early: Share | None
    late: Share | None
    drift: Difference | None

    @property
    def moves(self) -> float | None:
        """How far weighting moves the share, -1 to 1."""
        if self.raked is None or self.share.share is None:
            return None
        return self.raked.share - self.share.share


def parts(groups: Sequence[Group]) -> list[Part]:
    """Each group's part of those asked and of those who answered, most missing first.

    Hidden groups count in the wholes and stand in no row.
    """
    asked = sum(each.asked for each in groups) or 1
    answered = sum(each.answered for each in groups) or 1
    found = [
        Part(each, each.asked / asked, each.answered / answered)
        for each in groups
        if not each.hidden
    ]
    return sorted(found, key=lambda part: -part.missing)


def needs_report(rate: float | None) -> bool:
    """Whether the response rate asks for an analysis of who is missing."""
    return rate is not None and rate < ENOUGH


def conclusion(
    groups: Sequence[Sequence[Group]], checks: Sequence[OutcomeCheck], even: Evenness | None
) -> list[str]:
    """What the comparisons say, in sentences; the last says what nobody can know.

    groups: one list for each kind (offices, channels, months). even: of the offices and channels.
    """
    said = [_most_missing(each) for each in groups]
    said += [_weighted(each) for each in checks]
    said += [_drifted(each) for each in checks]
    found = [each for each in said if each]
    if even is not None and checks and checks[0].share.share is not None:
        most = even.most_bias(checks[0].share.share)
        found.append(
            "Were opinion tied to answering as closely as it can be, these differences could move"
            f" {checks[0].outcome} by up to {number(max(1, math.ceil(most * 100)))} points: a"
            " limit, not an estimate."
        )
    found.append("What those who did not answer think, nobody knows.")
    return found


def _most_missing(groups: Sequence[Group]) -> str:
    ordered = parts(groups)
    if not ordered or ordered[0].missing < _NOTICEABLE:
        return ""
    worst = ordered[0]
    return (
        f"{worst.group.name} stands for {percent(worst.of_asked)} of the people asked, but"
        f" {percent(worst.of_answered)} of those who answered."
    )


def _weighted(check: OutcomeCheck) -> str:
    moves = check.moves
    if moves is None or check.raked is None:
        return ""
    name = check.outcome.capitalize()
    if abs(moves) < 0.01:
        return f"{name} stays within a point when the answers are weighted back to who was asked."
    return (
        f"{name} goes from {percent(check.share.share)} to {percent(check.raked.share)} when the"
        " answers are weighted back to who was asked."
    )


def _drifted(check: OutcomeCheck) -> str:
    if check.drift is None:
        return ""
    name = check.outcome.capitalize()
    if check.drift.verdict is Verdict.NO_EVIDENCE:
        return f"{name}: no evidence that late answers differ from early ones."
    between = points_between(check.drift.low, check.drift.high)
    return f"{name}: late answers are {points(check.drift.difference)} ({between})."
