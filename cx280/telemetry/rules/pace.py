"""How often the parts of a day that no standard page reads are counted again."""

from __future__ import annotations

from datetime import timedelta

# What counting takes, measured by `benchmarks.digital`: a fixed part, and some for each row.
_SECONDS, _SECONDS_A_ROW = 0.2, 8e-6
# For each second of counting, seconds of leaving it alone: a fifth of a processor.
_REST = 4


def pause_after(rows: int) -> timedelta:
    """How long a day that is counted from so many rows is left alone after it was counted."""
    return _REST * timedelta(seconds=_SECONDS + rows * _SECONDS_A_ROW)
