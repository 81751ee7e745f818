"""What stands in the calendar of somebody who sees these obligations."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import lines_of
from cx280.obligations.rules.calendar import Entry, entry_of

_KEPT = timedelta(days=400)


def entries_of(obligations: QuerySet[Obligation], today: date, *, whole: bool) -> list[Entry]:
    """An entry for each that came due in the last 400 days or will come due.

    whole: as `lines_of` takes it.
    """
    host = settings.PUBLIC_ADDRESS.partition("//")[2]
    near = obligations.filter(due__gte=today - _KEPT)
    return [
        entry_of(
            f"obligation-{each.obligation.pk}@{host}",
            name=each.obligation.name,
            whose=each.obligation.whose,
            period=each.obligation.period,
            due=each.obligation.due,
            act_by=each.obligation.act_by,
            why=each.obligation.days.why,
            state=each.state,
            address=settings.PUBLIC_ADDRESS
            + reverse("obligations:obligation", args=[each.obligation.pk]),
        )
        for each in lines_of(near, today, whole=whole)
    ]
