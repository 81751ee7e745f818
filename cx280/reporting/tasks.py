"""Opens the quarter's drafts; safe to run twice, on any day after the quarter."""

from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.reporting.actions import build_draft
from cx280.reporting.queries import duties
from cx280.reporting.rules.lateness import Standing, standing
from cx280.services.queries import designated_services

NOT_OPENED = frozenset({Standing.NOT_OWED, Standing.HANDED_OVER, Standing.DEFERRED})


@implements("280.14-c1", "280.16-a1", "280.16-a2")
def open_drafts(on: date) -> int:
    """How many drafts were opened: one for each designated service that reports the quarter
    which ended before `on`.

    Services count as designated when OMB had concurred by the quarter's last day.
    """
    quarter = Quarter.of(on).previous
    services = [each for each in designated_services(on=quarter.last_day) if each.hisp is not None]
    owed = duties(services, quarter)
    opened = 0
    for service in services:
        if standing(owed[service.pk], submitted_on=None, today=on) in NOT_OPENED:
            continue
        before = service.packages.filter(
            fiscal_year=quarter.fiscal_year, quarter=quarter.number
        ).exists()
        build_draft(service, quarter)
        opened += not before
    return opened
