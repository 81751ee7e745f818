"""Erases on schedule how people are reached; safe to run twice."""

from __future__ import annotations

from datetime import datetime

from cx280.recovery import actions


def erase_what_is_due(now: datetime) -> int:
    """How many wishes were erased because their last day is over."""
    return actions.erase_due(now)
