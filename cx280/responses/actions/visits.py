"""Takes the visit to the website off answers that may no longer be read together with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cx280.responses.models import Response
from cx280.responses.rules.visits import last_day_apart


def forget_visits(today: date, retention_days: Mapping[int, int]) -> int:
    """How many answers are joined with nothing from now on; safe to run twice.

    retention_days: by service, the fewest days that a site of it keeps its events. Not audited
    one by one: what goes is a random name that says nothing of anybody.
    """
    joined = Response.objects.exclude(visit="")
    services = set(joined.values_list("version__survey__service", flat=True).distinct())
    forgotten = 0
    for service in services:
        until = last_day_apart(today, retention_days.get(service))
        old = joined.filter(version__survey__service=service, day__lte=until)
        forgotten += old.update(visit="")
    return forgotten
