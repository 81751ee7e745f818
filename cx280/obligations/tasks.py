"""Jobs of obligations; each is safe to run twice."""

from __future__ import annotations

from datetime import date

from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.actions.reminding import remind


def make_obligations(on: date) -> int:
    """How many were made; a second run the same day makes none."""
    return bring_up(on)


def send_reminders(on: date) -> int:
    """How many people were reminded."""
    return remind(on)
