"""Reads of the telephone line of a survey: its settings, the key of its address, its counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.crypto import constant_time_compare, salted_hmac

from cx280.responses.models import CallDay, PhoneLine
from cx280.surveys.models import Survey


def line_of(survey: Survey) -> PhoneLine:
    """The settings of the survey's line: as saved, else switched off."""
    return PhoneLine.objects.filter(survey=survey).first() or PhoneLine(survey=survey)


def line_key(line: PhoneLine) -> str:
    """What the address for a phone system carries, so that nobody else begins a call."""
    return _key(line.survey.code, line.secret)


def opens(line: PhoneLine, given: str, now: datetime) -> bool:
    """Whether a call may begin with this secret: the newest, or the one before for as long as was
    said when it was changed."""
    if constant_time_compare(given, line_key(line)):
        return True
    is_old_good = line.old_until is not None and now < line.old_until
    return is_old_good and constant_time_compare(given, _key(line.survey.code, line.secret - 1))


def _key(code: str, number: int) -> str:
    named = f"{code} {number}" if number else code  # the first, as it always was
    return salted_hmac("cx280.phone-line", named, algorithm="sha256").hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Calls:
    """What came of calls: how many there were, heard to the end, in part, and without an answer."""

    calls: int
    whole: int
    partial: int
    declined: int


def calls_of(survey: Survey, since: date, until: date | None = None) -> Calls:
    """The calls of the survey since that day, and until the other when it is given."""
    rows = CallDay.objects.filter(version__survey=survey, day__gte=since)
    if until is not None:
        rows = rows.filter(day__lte=until)
    names = ("calls", "whole", "partial", "declined")
    found = rows.aggregate(**{f"all_{name}": Sum(name) for name in names})
    return Calls(*(found[f"all_{name}"] or 0 for name in names))
