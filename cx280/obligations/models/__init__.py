"""What is owed, what was handed in, who was reminded, whose calendar reads it."""

from cx280.obligations.models.calendars import CalendarFeed
from cx280.obligations.models.changes import StateChange
from cx280.obligations.models.obligations import Obligation, Reminder, Submission

__all__ = ["CalendarFeed", "Obligation", "Reminder", "StateChange", "Submission"]
