"""Which counts to hide besides the small ones, so that the attacker finds nothing.

The network and linear-programming heuristic of Kelly, J. P., Golden, B. L. and Assad, A. A. (1992),
Cell suppression: disclosure protection for sensitive tabular data, Networks 22, 397-417, for any
linear system: a small count is safe when it could be larger while all that is shown stays true; the
cheapest set of other counts that would have to move is hidden with it. Then what turned out not
to be needed is shown again, and the attacker has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when first used: optimize takes a quarter of a second

from cx280.stats.disclosure.attacker import Attacker, Bounds, Vector, broken
from cx280.stats.disclosure.system import Name, Rule, System

_NEAR = 1e-6
_DEAR = 4.0  # people look for totals: hiding one costs as much as four times as many people
_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Protection:
    """What is hidden, and what is broken all the same: nothing, unless it cannot be helped.

    hidden: every name that is not shown. primary: those hidden for their own sake.
    """

    hidden: frozenset[Name]
    primary: frozenset[Name]
    broken: tuple[Bounds, ...]

    @property
    def complementary(self) -> frozenset[Name]:
        """What is hidden only for the sake of others."""
        return self.hidden - self.primary


def protect(
    system: System,
    rule: Rule,
    *,
    hidden: Iterable[Name] = (),
    trim: bool = True,
    whole: bool = False,
) -> Protection:
    """The least that a greedy search finds to hide so that the attacker breaks nothing.

    hidden: counts that are hidden in any case. trim: show again what is not needed, dearest
    first; costs a few linear programs for each. Always the same for the same system.
    """
    primary = system.primary(rule)
    seen = primary | frozenset(hidden)
    open_names = _can_hide(system) - seen
    wrong = broken(system, seen, rule, whole=whole)
    for _ in range(_ROUNDS):
        if not wrong:
            break
        more = _ways_out(system, seen, open_names, wrong, rule)
        if not more:
            more = open_names  # nothing helps one by one: everything but zeros
        if not more:
            break
        seen |= more
        open_names -= more
        wrong = broken(system, seen, rule, whole=whole)
    if trim and not wrong:
        seen = _trimmed(system, seen, primary | frozenset(hidden), rule, whole=whole)
    return Protection(seen, primary, tuple(wrong))


def _can_hide(system: System) -> frozenset[Name]:
    return frozenset(
        name
        for name, n in system.values.items()
        if n != 0 and name not in system.never_hidden and name not in system.always_hidden
    )


def cost(system: System, name: Name, rule: Rule) -> float:
    """What hiding a count loses: the people in it, more for a total; at least a small group."""
    people = float(max(abs(system.values[name]), rule.smallest))
    return people * (_DEAR if name in system.dear else 1.0)


def _ways_out(
    system: System,
    hidden: frozenset[Name],
    open_names: frozenset[Name],
    wrong: list[Bounds],
    rule: Rule,
) -> frozenset[Name]:
    """What to hide for all broken counts of this round, each built on those before it."""
    more: frozenset[Name] = frozenset()
    for each in wrong:
        if each.name not in hidden:
            more |= {each.name}
            continue
        more |= _way_out(system, hidden | more, open_names - more, each, rule)
    return more


def _way_out(
    system: System,
    hidden: frozenset[Name],
    open_names: frozenset[Name],
    target: Bounds,
    rule: Rule,
) -> frozenset[Name]:
    """The cheapest counts whose hiding lets one be larger, else smaller, by what it lacks."""
    moves = _Moves(system, hidden, open_names, rule)
    value = system.values[target.name]
    width = rule.least_width(value)
    for sign, by in ((1, target.low + width - value), (-1, value - target.high + width)):
        found = moves.cheapest(target.name, sign, max(by, 1))
        if found is not None:
            return found
    return frozenset()


class _Moves:
    """The linear program of moving counts up and down while everything shown stays true."""

    def __init__(
        self, system: System, hidden: frozenset[Name], open_names: frozenset[Name], rule: Rule
    ) -> None:
        loose = Attacker(system, hidden | open_names)
        self.names, self.place = loose.names, loose.place
        self.system, self.hidden = system, hidden
        true = loose.true
        self.held = None
        if loose.held is not None:
            both = scipy.sparse.hstack([loose.held.A, -loose.held.A], format="csc")
            now = loose.held.A @ true
            self.held = scipy.optimize.LinearConstraint(
                both, loose.held.lb - now, loose.held.ub - now
            )
        self.up: Vector = np.full(len(true), loose.ceiling)
        self.down: Vector = true - loose.floors
        self.costs: Vector = np.array(
            [1e-3 if each in hidden else cost(system, each, rule) for each in self.names]
        )

    def cheapest(self, name: Name, sign: int, by: float) -> frozenset[Name] | None:
        """The names that have to be hidden so that `name` may move by so much; None: no way."""
        at, width = self.place[name], len(self.names)
        low = np.zeros(2 * width)
        high = np.concatenate([self.up, self.down])
        if sign < 0 and self.down[at] < by:
            return None
        low[at if sign > 0 else at + width] = by
        high[at if sign > 0 else at + width] = by
        high[at + width if sign > 0 else at] = 0.0
        found = scipy.optimize.milp(
            np.tile(self.costs, 2) / by,
            bounds=scipy.optimize.Bounds(low, high),
            constraints=self.held,
        )
        if found.status != 0:
            return None
        moved = found.x[:width] + found.x[width:] > _NEAR
        return frozenset(n for n, m in zip(self.names, moved, strict=True) if m) - self.hidden


def _trimmed(
    system: System, hidden: frozenset[Name], needed: frozenset[Name], rule: Rule, *, whole: bool
) -> frozenset[Name]:
    """Without the counts that can be shown again while nothing breaks, dearest first."""
    order = list(system.values)
    at = {name: number for number, name in enumerate(order)}
    extra = sorted(hidden - needed, key=lambda each: (-cost(system, each, rule), at[each]))
    for name in extra:
        if rule.is_small(system.values[name]):
            continue
        if not broken(system, hidden - {name}, rule, whole=whole, first=True):
            hidden -= {name}
    return hidden


__all__ = ["Protection", "cost", "protect"]
