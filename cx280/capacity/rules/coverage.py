"""Functions by level of the organization; not evidenced is never zero (280.9-a1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cx280.agencies.rules.tree import ORDER
from cx280.capacity.rules.levels import FunctionLevel
from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Presence:
    """What a unit said of a function: yes, partly or no."""

    level: str
    unit: str
    function: str
    answer: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many units of a level have the function, partly have it, said no, out of how many.

    units is 0 where the organization has none at this level.
    """

    units: int
    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def evidenced(self) -> int:
        """How many said anything."""
        return self.yes + self.partly + self.no

    @property
    def words(self) -> str:
        """What the cell says; nobody’s silence is counted as a no."""
        if not self.units:
            return "no unit at this level"
        if not self.evidenced:
            return "not evidenced"
        parts = [f"{self.yes} of {self.units} yes"]
        parts += [f"{self.partly} partly"] if self.partly else []
        parts += [f"{self.no} no"] if self.no else []
        silent = self.units - self.evidenced
        parts += [f"{silent} not evidenced"] if silent > 0 else []
        return ", ".join(parts)


@implements("280.9-a1")
def grid(
    functions: Sequence[str], units: Mapping[str, int], said: Iterable[Presence]
) -> dict[str, dict[str, Cell]]:
    """{level: {function: cell}} for all four levels and every function.

    units: how many there are at each level. A unit counts once: its last word stands.
    """
    last: dict[tuple[str, str, str], str] = {}
    for each in said:
        last[each.level, each.function, each.unit] = each.answer
    found: dict[str, dict[str, Cell]] = {}
    for level in ORDER:
        found[level] = {}
        for function in functions:
            answers = [
                answer for (at, what, _), answer in last.items() if (at, what) == (level, function)
            ]
            found[level][function] = Cell(
                units.get(level, 0),
                answers.count("yes"),
                answers.count("partly"),
                answers.count("no"),
            )
    return found


def enterprise_words(level: FunctionLevel, name: str) -> str:
    """What stands for the enterprise: its level by the assessment, or “not evidenced”."""
    return "not evidenced" if level.level is None else f"{level.level}, {name.lower()}"
