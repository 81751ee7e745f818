"""Federal business days: weekdays that are no holiday of 5 U.S.C. 6103 and no closing by order."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from cx280.kernel.closings import CLOSINGS
from cx280.kernel.problem import Unusable

_DAY = timedelta(days=1)
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_FIRST_YEAR = 1986  # the first with today's list; Martin Luther King's birthday was the last change
_LAST_YEAR = 9998  # calendars end with 9999
_JUNETEENTH_SINCE = 2021


def holidays(year: int, *, in_dc: bool = False) -> dict[date, str]:
    """The days of a calendar year on which Federal offices are closed, with the reason, in order.

    A holiday on a Saturday is kept on Friday and one on a Sunday on Monday, so December 31 may
    belong to next year's New Year's Day. in_dc adds Inauguration Day, which only the offices
    around Washington keep. Raises Unusable before 1986.
    """
    return dict(_closed(year, in_dc))


def is_business_day(day: date, *, in_dc: bool = False) -> bool:
    """Whether Federal offices work on that day."""
    return day.weekday() < _SATURDAY and day not in _closed(day.year, in_dc)


def business_day_on_or_before(day: date, *, in_dc: bool = False) -> date:
    """The day itself when it is a business day, else the last one before it."""
    while not is_business_day(day, in_dc=in_dc):
        day -= _DAY
    return day


def previous_business_day(day: date, *, in_dc: bool = False) -> date:
    """The last business day before that day."""
    return business_day_on_or_before(day - _DAY, in_dc=in_dc)


def last_business_day(year: int, month: int, *, in_dc: bool = False) -> date:
    """The last business day of a calendar month."""
    return business_day_on_or_before(date(year, month, monthrange(year, month)[1]), in_dc=in_dc)


@cache
def _closed(year: int, in_dc: bool) -> dict[date, str]:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unusable(f"Business days are known from {_FIRST_YEAR} on, not for {year}.")
    legal = {**_observed(year), **_observed(year + 1)}
    found = {day: name for day, name in legal.items() if day.year == year}
    if in_dc and year % 4 == 1:
        found.setdefault(_inauguration(year), "Inauguration Day")
    for day, (order, reason) in CLOSINGS.items():
        if day.year == year:
            found.setdefault(day, f"Closed by {order}: {reason}")
    return dict(sorted(found.items()))


def _observed(year: int) -> dict[date, str]:
    return {_kept_on(day): name for day, name in _legal(year)}


def _legal(year: int) -> list[tuple[date, str]]:
    """The holidays of 5 U.S.C. 6103(a) on their own dates."""
    found = [
        (date(year, 1, 1), "New Year’s Day"),
        (_nth(year, 1, _MONDAY, 3), "Birthday of Martin Luther King, Jr."),
        (_nth(year, 2, _MONDAY, 3), "Washington’s Birthday"),
        (_nth(year, 6, _MONDAY, 1) - 7 * _DAY, "Memorial Day"),
        (date(year, 7, 4), "Independence Day"),
        (_nth(year, 9, _MONDAY, 1), "Labor Day"),
        (_nth(year, 10, _MONDAY, 2), "Columbus Day"),
        (date(year, 11, 11), "Veterans Day"),
        (_nth(year, 11, _THURSDAY, 4), "Thanksgiving Day"),
        (date(year, 12, 25), "Christmas Day"),
    ]
    if year >= _JUNETEENTH_SINCE:
        found.append((date(year, 6, 19), "Juneteenth National Independence Day"))
    return found


def _kept_on(day: date) -> date:
    """The day on which a holiday is observed: Friday for Saturday, Monday for Sunday."""
    return day + {_SATURDAY: -_DAY, _SUNDAY: _DAY}.get(day.weekday(), timedelta())


def _inauguration(year: int) -> date:
    # 6103(c): a Sunday moves to Monday; the law has no word on a Saturday.
    day = date(year, 1, 20)
    return day + _DAY if day.weekday() == _SUNDAY else day


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))
