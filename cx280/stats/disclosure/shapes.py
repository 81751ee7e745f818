"""Counts as they are usually published: lines, tables, trees of units crossed with anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from cx280.kernel.problem import Unusable
from cx280.stats.disclosure.system import Name, Relation, System, known_sum

ALL = "all"


@dataclass(frozen=True, slots=True)
class Tree:
    """One way of dividing people: what each part belongs to, up to one root.

    above: {part: what it belongs to}; the root belongs to nothing and is not among the keys.
    A plain list of parts is a tree of one level: `Tree.flat(["web", "phone"])`.
    """

    root: Name
    above: Mapping[Name, Name] = field(default_factory=dict)

    @classmethod
    def flat(cls, parts: Iterable[Name], root: Name = ALL) -> Tree:
        """Parts that all belong to one whole."""
        return cls(root, dict.fromkeys(parts, root))

    @property
    def below(self) -> dict[Name, list[Name]]:
        """{whole: its parts}, in the order given."""
        found: dict[Name, list[Name]] = {}
        for part, whole in self.above.items():
            found.setdefault(whole, []).append(part)
        return found

    @property
    def nodes(self) -> list[Name]:
        """Every part and the root, the root last."""
        return [*self.above, self.root]

    def up(self, node: Name) -> list[Name]:
        """The node and everything it belongs to."""
        path = [node]
        while path[-1] != self.root:
            if path[-1] not in self.above or len(path) > len(self.above) + 1:
                raise Unusable(f"“{node}” does not belong to “{self.root}”.")
            path.append(self.above[path[-1]])
        return path


def crossed(trees: Sequence[Tree], counts: Mapping[Any, int]) -> System:
    """Counts divided in several ways at once, with every total there is.

    trees: D ways of dividing. counts: {(a part of each of the D ways): people}, parts without
    others below them; those not given are 0. The names of the system are D-tuples. Totals are
    dear; a whole with a single part counts the same people and is tied to it.
    """
    values: dict[Name, int] = dict.fromkeys(product(*(each.nodes for each in trees)), 0)
    for place, n in counts.items():
        for node in product(*(tree.up(part) for tree, part in zip(trees, place, strict=True))):
            values[node] += n
    relations: list[Relation] = []
    dear: set[Name] = set()
    for at, tree in enumerate(trees):
        others = [each.nodes for number, each in enumerate(trees) if number != at]
        for whole, parts in tree.below.items():
            for rest in product(*others):
                name = (*rest[:at], whole, *rest[at:])
                dear.add(name)
                below = [(*rest[:at], part, *rest[at:]) for part in parts]
                relations.append(known_sum(below, name))
    return System(values, tuple(relations), dear=frozenset(dear))


def line(counts: Sequence[int]) -> System:
    """Counts and their total: names (0,), (1,) … and ("all",)."""
    tree = Tree.flat(range(len(counts)))
    return crossed([tree], {(at,): n for at, n in enumerate(counts)})


def two_way(rows: Sequence[Sequence[int]]) -> System:
    """A table with all its totals: names (row, column), a total has "all" there."""
    cells = {(r, c): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    columns = len(rows[0]) if rows else 0
    return crossed([Tree.flat(range(len(rows))), Tree.flat(range(columns))], cells)
