"""Reads of the telephone line of a survey: its settings, the key of its address, its counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.crypto import salted_hmac

from cx280.responses.models import CallDay, PhoneLine
from cx280.surveys.models import Survey


def line_of(survey: Survey) -> PhoneLine:
    """The settings of the survey's line: as saved, else switched off."""
    return PhoneLine.objects.filter(survey=survey).first() or PhoneLine(survey=survey)


def line_key(code: str) -> str:
    """What the address for a phone system carries, so that nobody else begins a call."""
    return salted_hmac("cx280.phone-line", code, algorithm="sha256").hexdigest()[:24]


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
