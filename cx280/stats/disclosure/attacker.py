"""The attacker: what follows about every hidden count from everything that is published.

Follows Fischetti, M. and Salazar, J. J. (2001), Solving the cell suppression problem on tabular
data with linear constraints, Management Science 47, 1008-1027: bounds of a hidden cell are the
least and the greatest value it takes in any table that agrees with what is shown. Here zeros are
always shown, so a hidden count is at least 1, and the attacker knows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used: optimize takes a quarter of a second
from numpy.typing import NDArray

from cx280.stats.disclosure.system import Name, Rule, System

_NEAR = 1e-6
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest whole number a hidden count may be, ends included."""

    name: Name
    low: int
    high: int

    @property
    def width(self) -> int:
        """How many people lie between the two."""
        return self.high - self.low


class Attacker:
    """Everything published about a system, ready for questions about its hidden counts.

    hidden: the names that are not shown. whole: look for whole numbers (a mixed-integer program)
    rather than any; slower, and never wider. Counts nothing bounds are cut off at `ceiling`.
    """

    def __init__(self, system: System, hidden: Iterable[Name], *, whole: bool = False) -> None:
        self.system = system
        self.names: list[Name] = [each for each in system.values if each in set(hidden)]
        self.place = {name: at for at, name in enumerate(self.names)}
        true = np.array([system.values[each] for each in self.names], dtype=float)
        self.true: Vector = true
        # Far beyond anything that matters for a width of some tens of people.
        self.ceiling = 2.0 * max((abs(n) for n in system.values.values()), default=0) + 10_000.0
        self.floors: Vector = np.minimum(
            np.array([system.floor(each) for each in self.names], dtype=float), true
        )
        self.least, self.most = true.copy(), true.copy()  # seen so far in any table that agrees
        self.held = self._read()
        self.box = scipy.optimize.Bounds(self.floors, np.full(len(true), self.ceiling))
        self._kind = np.full(len(true), int(whole))

    def _read(self) -> scipy.optimize.LinearConstraint | None:
        """The relations on hidden counts alone, less what is shown; None where there are none."""
        rows: list[dict[int, float]] = []
        lows: list[float] = []
        highs: list[float] = []
        for relation in self.system.relations:
            row: dict[int, float] = {}
            shown = 0.0
            for name, factor in relation.parts:
                if name in self.place:
                    row[self.place[name]] = row.get(self.place[name], 0.0) + factor
                else:
                    shown += factor * self.system.values[name]
            if row:
                rows.append(row)
                lows.append(relation.low - shown)
                highs.append(relation.high - shown)
        if not rows:
            return None
        return scipy.optimize.LinearConstraint(
            _matrix(rows, len(self.names)), np.array(lows), np.array(highs)
        )

    def bounds(self, name: Name) -> Bounds:
        """The tightest bounds of one hidden count."""
        at = self.place[name]
        goal = np.zeros(len(self.names))
        goal[at] = 1.0
        low, high = self._solve(goal), self._solve(-goal)
        return Bounds(name, math.ceil(low[at] - _NEAR), math.floor(high[at] + _NEAR))

    def reaches(self, name: Name, width: int) -> bool:
        """Whether the bounds are at least so far apart; looks only where it is not yet seen."""
        at = self.place[name]
        goal = np.zeros(len(self.names))
        for sign in (-1.0, 1.0):
            if self._seen(at) >= width:
                return True
            goal[at] = sign
            self._solve(goal)
        return self._seen(at) >= width

    def look_around(self, names: Sequence[Name]) -> None:
        """Two tables that agree, with all these counts as small, and as large, as they get."""
        goal = np.zeros(len(self.names))
        goal[[self.place[each] for each in names]] = 1.0
        for sign in (1.0, -1.0):
            self._solve(sign * goal)

    def _seen(self, at: int) -> int:
        low, high = float(self.least[at]), float(self.most[at])
        return math.floor(high + _NEAR) - math.ceil(low - _NEAR)

    def _solve(self, goal: Vector) -> Vector:
        """A table that agrees with what is shown and makes the goal least."""
        solved = scipy.optimize.milp(
            goal, integrality=self._kind, bounds=self.box, constraints=self.held
        )
        if solved.status != 0:  # gave up: the truth agrees, so nothing is lost but reach
            return self.true
        found: Vector = np.asarray(solved.x, dtype=float)
        self.least = np.minimum(self.least, found)
        self.most = np.maximum(self.most, found)
        return found


def attack(system: System, hidden: Iterable[Name], *, whole: bool = False) -> dict[Name, Bounds]:
    """The tightest bounds of every hidden count, by name; two linear programs for each."""
    attacker = Attacker(system, hidden, whole=whole)
    return {name: attacker.bounds(name) for name in attacker.names}


def broken(
    system: System,
    hidden: Iterable[Name],
    rule: Rule,
    *,
    whole: bool = False,
    first: bool = False,
) -> list[Bounds]:
    """The hidden counts that are known closer than the rule allows, in the system's order.

    A small count is broken when its bounds are less than `rule.width` apart, a large one when it
    is known exactly. A small count that is shown is broken too: its bounds are itself.
    first: stop at the first one.
    """
    attacker = Attacker(system, hidden, whole=whole)
    found = [
        Bounds(name, n, n)
        for name, n in system.values.items()
        if rule.is_small(n) and name not in attacker.place and name not in system.never_hidden
    ]
    if attacker.names:
        attacker.look_around(attacker.names)
    for name in attacker.names:
        if found and first:
            break
        value = system.values[name]
        if name in system.always_hidden and not rule.is_small(value):
            continue
        if not attacker.reaches(name, rule.least_width(value)):
            found.append(attacker.bounds(name))
    return found


def _matrix(rows: Sequence[dict[int, float]], width: int) -> scipy.sparse.csc_matrix:
    where = [(r, c, factor) for r, row in enumerate(rows) for c, factor in row.items()]
    r, c, factor = zip(*where, strict=True)
    return scipy.sparse.csc_matrix((factor, (r, c)), shape=(len(rows), width))
