"""Ten thousand series are evaluated in a minute on two cores; what a few of them cost shows it."""

from __future__ import annotations

from benchmarks.detection.many import evaluate


def test_a_series_of_each_kind_costs_what_ten_thousand_in_a_minute_allow() -> None:
    parts = {"counts": 0.5, "rates": 0.2, "scores": 0.2, "durations": 0.1}

    done = {kind: evaluate(kind, 40, 1) for kind in parts}  # type: ignore[arg-type]

    cost = sum(parts[each.kind] * each.cpu_ms / each.series for each in done.values())
    assert cost * 10_000 / 1000 / 2 <= 60
