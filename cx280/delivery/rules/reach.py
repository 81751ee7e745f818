"""Counting what became of interactions: by state, and by unit, language and group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Each interaction is counted once by each of these.
KINDS = ("unit", "language", "stratum")


@dataclass(slots=True)
class ReachCounts:
    """How many interactions stand in which state: all of them, and by each kind."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    by: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )
    lags: Counter[int] = field(default_factory=Counter)

    def add(self, state: str, reason: str, values: Iterable[object], times: int) -> None:
        """Counts interactions of one state; values: their unit, language and group, in order."""
        self.states[state] += times
        if reason:
            self.reasons[reason] += times
        for kind, value in zip(KINDS, values, strict=True):
            name = "" if value is None else str(value)
            self.by[kind].setdefault(name, Counter())[state] += times

    def merge(self, data: Mapping[str, Any]) -> None:
        """Adds what `as_data` wrote down."""
        self.states.update(data["state"])
        self.reasons.update(data["reason"])
        for kind in KINDS:
            for name, counts in data[kind].items():
                self.by[kind].setdefault(name, Counter()).update(counts)
        self.lags.update({int(minutes): n for minutes, n in data["lag"].items()})

    def as_data(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "state": dict(sorted(self.states.items())),
            "reason": dict(sorted(self.reasons.items())),
            **{
                kind: {name: dict(sorted(each.items())) for name, each in sorted(named.items())}
                for kind, named in self.by.items()
            },
            "lag": {str(minutes): n for minutes, n in sorted(self.lags.items())},
        }


def rounded_lag(minutes: int) -> int:
    """The lag rounded up: to 5 minutes up to two hours, then to whole hours; 48 hours stay 48."""
    step = 5 if minutes <= 120 else 60
    return -(-minutes // step) * step
