"""Counting what became of interactions: by state, and by unit, language and group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Each interaction is counted once by each of these; message: by email or text, "" for neither.
KINDS = ("unit", "language", "stratum", "message")


@dataclass(slots=True)
class ReachCounts:
    """How many interactions stand in which state: all of them, and by each kind."""

    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    by: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )
    lags: Counter[int] = field(default_factory=Counter)
    # Of messages that left, by email or text: minutes to them; and reminded, delivered, parts.
    lags_by: dict[str, Counter[int]] = field(default_factory=dict)
    sent: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, state: str, reason: str, values: Iterable[object], times: int) -> None:
        """Counts interactions of one state; values: of each of KINDS, in order."""
        self.states[state] += times
        if reason:
            self.reasons[reason] += times
        for kind, value in zip(KINDS, values, strict=True):
            name = "" if value is None else str(value)
            self.by[kind].setdefault(name, Counter())[state] += times

    def add_lag(self, channel: str, minutes: int, times: int) -> None:
        """Counts messages that left so many minutes after the end."""
        self.lags[rounded_lag(minutes)] += times
        self.lags_by.setdefault(channel, Counter())[rounded_lag(minutes)] += times

    def merge(self, data: Mapping[str, Any]) -> None:
        """Adds what `as_data` wrote down."""
        self.states.update(data["state"])
        self.reasons.update(data["reason"])
        for kind in KINDS:
            for name, counts in data.get(kind, {}).items():  # older counts lack the last
                self.by[kind].setdefault(name, Counter()).update(counts)
        self.lags.update(_minutes(data["lag"]))
        for channel, counts in data.get("lag_by", {}).items():
            self.lags_by.setdefault(channel, Counter()).update(_minutes(counts))
        for channel, counts in data.get("sent", {}).items():
            self.sent.setdefault(channel, Counter()).update(counts)

    def as_data(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "state": dict(sorted(self.states.items())),
            "reason": dict(sorted(self.reasons.items())),
            **{
                kind: {name: dict(sorted(each.items())) for name, each in sorted(named.items())}
                for kind, named in self.by.items()
            },
            "lag": _written(self.lags),
            "lag_by": {name: _written(each) for name, each in sorted(self.lags_by.items())},
            "sent": {name: dict(sorted(each.items())) for name, each in sorted(self.sent.items())},
        }


def _minutes(written: Mapping[str, int]) -> dict[int, int]:
    return {int(minutes): n for minutes, n in written.items()}


def _written(lags: Mapping[int, int]) -> dict[str, int]:
    return {str(minutes): n for minutes, n in sorted(lags.items())}


def rounded_lag(minutes: int) -> int:
    """The lag rounded up: to 5 minutes up to two hours, then to whole hours; 48 hours stay 48."""
    step = 5 if minutes <= 120 else 60
    return -(-minutes // step) * step
