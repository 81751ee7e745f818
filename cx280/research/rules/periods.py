"""Months counted back from a day."""

from __future__ import annotations

import calendar
from datetime import date


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months earlier, or that month's last day."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
