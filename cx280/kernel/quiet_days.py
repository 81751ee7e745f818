"""Days on which fewer people come to the Government, because it is closed or they are away."""

from datetime import date, timedelta

from cx280.kernel.business_days import holidays, is_business_day

_DAY = timedelta(days=1)
_SATURDAY = 5


def is_quiet(day: date) -> bool:
    """Whether holidays make the day quiet.

    So are December 23 to January 2, the Wednesday before Thanksgiving, and every run of free days
    that has a federal holiday in it; a single working day between two free days is free as well.
    Raises Unusable before 1986.
    """
    if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2):
        return True
    if "Thanksgiving" in holidays(day.year).get(day + _DAY, ""):
        return True
    return _is_free(day) and (_holiday_ahead(day, _DAY) or _holiday_ahead(day, -_DAY))


def _is_free(day: date) -> bool:
    """No working day, or a single one between two days off."""
    return not is_business_day(day) or not (
        is_business_day(day - _DAY) or is_business_day(day + _DAY)
    )


def _holiday_ahead(day: date, step: timedelta) -> bool:
    """Whether a holiday comes in that direction, the day itself included, before a day of work."""
    while _is_free(day):
        if day.weekday() < _SATURDAY and not is_business_day(day):
            return True
        day += step
    return False
