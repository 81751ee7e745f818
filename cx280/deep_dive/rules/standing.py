"""How a talk stands on a day, and what of it is overdue."""

from __future__ import annotations

from datetime import date

from cx280.deep_dive.rules.vocabulary import Standing


def standing_of(
    planned_on: date | None, held_on: date | None, *, cancelled: bool, today: date
) -> Standing:
    """How the talk stands. A day that passed without a record is neither held nor missed."""
    if held_on is not None:
        return Standing.HELD
    if cancelled:
        return Standing.CANCELLED
    if planned_on is not None and planned_on < today:
        return Standing.UNRECORDED
    return Standing.PLANNED


def is_overdue(due_on: date, done_on: date | None, today: date) -> bool:
    """Whether a follow-up should have been done by now."""
    return done_on is None and today > due_on
