"""Jobs of telemetry that run on a schedule."""

from datetime import datetime

from cx280.telemetry.actions.flows import note_first_events
from cx280.telemetry.actions.sites import write_sites
from cx280.telemetry.queries.seen import first_events


def tell_the_collector(now: datetime) -> bool:
    """Brings `sites.json` up to the record, as after a restore; safe to run twice."""
    return write_sites()


def look_for_first_events(now: datetime) -> int:
    """How many flows now carry the day of their first event; safe to run twice."""
    return note_first_events(first_events())
