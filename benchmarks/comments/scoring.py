"""Precision and recall of spans, by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Score:
    """Counts of one kind. A planted span is found when every character of it is taken out as that
    kind; a span taken out is right when it overlaps one planted of that kind."""

    planted: int = 0
    found: int = 0
    removed: int = 0  # of the planted, under whatever kind
    taken: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        """Found of planted, in [0, 1]; 1 with none planted."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def removal(self) -> float:
        """Taken out of the text under any kind, of planted."""
        return self.removed / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Right of taken, in [0, 1]; 1 with none taken."""
        return self.right / self.taken if self.taken else 1.0


@dataclass(slots=True)
class Scores:
    """A score for each kind."""

    by_kind: dict[str, Score] = field(default_factory=dict)
    missed: Counter[str] = field(default_factory=Counter)

    def of(self, kind: str) -> Score:
        """The score of the kind, begun when first asked for."""
        return self.by_kind.setdefault(kind, Score())

    def add(
        self, planted: Iterable[tuple[int, int, str]], taken: Iterable[tuple[int, int, str]]
    ) -> bool:
        """Counts one text; whether everything planted was found and nothing else taken."""
        truth, spans = list(planted), list(taken)
        clean = True
        for start, end, kind in truth:
            score = self.of(kind)
            score.planted += 1
            inside = [k for s, e, k in spans if s <= start and end <= e]
            score.removed += bool(inside)
            score.found += kind in inside
            clean = clean and kind in inside
        for start, end, kind in spans:
            score = self.of(kind)
            score.taken += 1
            right = any(s < end and start < e and k == kind for s, e, k in truth)
            score.right += right
            clean = clean and right
        return clean
