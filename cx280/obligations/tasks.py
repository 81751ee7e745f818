"""Jobs of obligations; each is safe to run twice."""

from __future__ import annotations

from datetime import date, datetime

from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.actions.noting import note_changes
from cx280.obligations.actions.reminding import remind


def make_obligations(on: date) -> int:
    """How many were made; a second run the same day makes none."""
    return bring_up(on)


def note_how_obligations_stand(now: datetime) -> int:
    """How many stand otherwise than at the last run; a second run notes none."""
    return note_changes(now)


def send_reminders(on: date) -> int:
    """How many people were reminded."""
    return remind(on)
