"""Reads what a deep dive tells: everything of one provider, as of a day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from cx280.deep_dive.models import Discussion
from cx280.deep_dive.queries import asked_before
from cx280.kernel.quarter import Quarter
from cx280.oversight.queries.briefing.promises import asked_on, assessed_in, duties_of, plan_of
from cx280.oversight.queries.briefing.services import about_service, who_is
from cx280.oversight.rules.briefing.deck import Facts
from cx280.oversight.rules.briefing.talks import Asked
from cx280.services.queries import designated_services


def facts_of(talk: Discussion, *, smallest: int, now: datetime) -> Facts:
    """Everything of the talk's provider up to the end of its fiscal year, or up to now."""
    hisp, today = talk.hisp, timezone.localdate(now)
    year_ends = date(talk.fiscal_year, 9, 30)
    as_of = min(today, year_ends)
    last = Quarter.of(as_of) if as_of == year_ends else Quarter.of(as_of).previous
    day = talk.held_on or today
    services = designated_services(hisp, on=as_of).order_by("name")
    return Facts(
        fiscal_year=talk.fiscal_year,
        made_on=today,
        simulated=hisp.simulated,
        smallest=smallest,
        who=who_is(hisp, as_of),
        services=[about_service(each, last, smallest=smallest, now=now) for each in services],
        duties=duties_of(hisp, talk.fiscal_year, today),
        assessed=assessed_in(hisp, talk.fiscal_year),
        plan=plan_of(hisp, talk.fiscal_year, smallest, today),
        asked=[Asked(each.words, each.outcome) for each in asked_before(hisp, day)],
        asked_on=asked_on(hisp, day),
        asks=talk.asks,
    )
