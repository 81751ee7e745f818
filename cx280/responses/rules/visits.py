"""Which visit to the website an answer came from: kept only where people were told (280.7-j2)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from cx280.circular.implements import implements
from cx280.surveys.rules.vocabulary import Promise

# The longest that an answer and a visit stay joined; sooner where the events are forgotten sooner.
JOINED_DAYS = 91
# As cx.js makes the name of a visit: 96 random bits, three numbers. So few digits as a telephone
# or a Social Security number has come up once in some ten thousand million visits.
_VISIT = re.compile(r"[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,10}")
_SHORTEST = 20


@implements("280.7-j2", "280.10-b3", "INC-29")
def visit_kept(given: str, promise: Promise, *, is_cleared: bool) -> str:
    """The name of the visit as it may be kept with an answer, else "".

    What joins feedback with the steps that came before it: kept only under a promise that says so
    (off by default), in a survey that has a clearance, and only what the browser made at random for
    one visit: nothing that could be somebody's number, mail address or case. No name lives longer
    than a visit, so nobody is followed from one to the next.
    """
    if promise is not Promise.SAME_VISIT or not is_cleared:
        return ""
    is_random = len(given) >= _SHORTEST and _VISIT.fullmatch(given) is not None
    return given if is_random else ""


def last_day_apart(today: date, retention_days: int | None) -> date:
    """Answers of this day and before are joined with nothing any more.

    retention_days: the fewest days that a site of the service keeps its events; None without one.
    """
    days = JOINED_DAYS if retention_days is None else min(JOINED_DAYS, retention_days)
    return today - timedelta(days=days + 1)
