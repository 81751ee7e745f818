"""How often the parts of a day are counted again that may wait: not totals, flows and sites."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from cx280.telemetry.rules.facts import DIMENSIONS, SPEED, WAYS

# Seconds that counting takes, measured on a lake of 100 million events (`benchmarks.digital`).
_SECONDS = 0.05
_SECONDS_A_ROW = {SPEED: 0.3e-6, WAYS: 0.4e-6, **dict.fromkeys(DIMENSIONS, 1.4e-6)}
# For each second of counting, seconds of leaving it alone: a fifth of a processor.
_REST = 4


def pause_after(parts: Collection[str], rows: int) -> timedelta:
    """How long these parts of a day, counted from so many rows, are left alone once counted."""
    each = [_SECONDS + rows * _SECONDS_A_ROW.get(part, 0) for part in parts]
    return _REST * timedelta(seconds=sum(each))
