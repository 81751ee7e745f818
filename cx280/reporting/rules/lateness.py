"""Whether a quarterly report is on time, late, missing, or not owed (280.16)."""

from dataclasses import dataclass
from datetime import date

from cx280.circular.deadlines import Due, binds
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.kernel.words import Word


class Standing(Word):
    """How a service stands with one quarterly report."""

    NOT_OWED = "not_owed", "Not owed"
    INFORMATIONAL = "informational", "Due before this edition, for information"
    DEFERRED = "deferred", "Deferred to the target quarter"
    HANDED_OVER = "handed_over", "Reported through the API"
    NOT_YET_DUE = "not_yet_due", "Not due yet"
    ON_TIME = "on_time", "Sent on time"
    LATE = "late", "Sent late"
    MISSING = "missing", "Missing"


@dataclass(frozen=True, slots=True)
class Duty:
    """What decides whether a service owes a quarter; null where there is none.

    designated_on: the day OMB concurred. ended_on: the last day of the designation. target: the
    quarter a newly designated provider promised to start with (280.16-b1). api_from: the day from
    which the service reports through the API instead of by file (280.16-a1).
    """

    quarter: Quarter
    due: Due
    designated_on: date | None
    ended_on: date | None = None
    target: Quarter | None = None
    api_from: date | None = None


@implements("280.16-a1", "280.16-b1")
def standing(duty: Duty, *, submitted_on: date | None, today: date) -> Standing:
    """How the service stands; lateness is measured on the date that wins (INC-01).

    Before a target quarter the report is deferred, never missing. What was due before the edition
    took effect is told for information only (INC-02).
    """
    excused = _excused(duty)
    if excused is not None:
        return excused
    if submitted_on is not None:
        return Standing.LATE if duty.due.days_late(submitted_on) else Standing.ON_TIME
    return Standing.MISSING if today > duty.due.due else Standing.NOT_YET_DUE


def _excused(duty: Duty) -> Standing | None:
    if duty.designated_on is None or duty.due.due < duty.designated_on:
        return Standing.NOT_OWED
    if duty.ended_on is not None and duty.ended_on < duty.quarter.last_day:
        return Standing.NOT_OWED
    if duty.api_from is not None and duty.api_from <= duty.quarter.last_day:
        return Standing.HANDED_OVER
    if duty.target is not None and duty.quarter < duty.target:
        return Standing.DEFERRED
    return None if binds(duty.due, duty.designated_on) else Standing.INFORMATIONAL


@implements("280.16-a2")
def days_to_submit(quarter: Quarter, submitted_on: date) -> int:
    """Days from the end of the quarter to the day it was sent; 1 is the first possible day."""
    return (submitted_on - quarter.last_day).days


@dataclass(frozen=True, slots=True)
class TargetDates:
    """A target quarter read both ways (INC-39).

    due: when the report of that quarter's data is due, the reading used here. begins_by: the last
    day of the quarter, by which reporting would have to begin under the other reading.
    """

    quarter: Quarter
    due: date
    begins_by: date


@implements("INC-39")
def target_dates(target: Quarter, due: Due) -> TargetDates:
    """Both dates of a target quarter; it is taken as the first quarter whose data are reported."""
    return TargetDates(quarter=target, due=due.due, begins_by=target.last_day)
