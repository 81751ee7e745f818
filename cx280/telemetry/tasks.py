"""Jobs of telemetry that run on a schedule; each is safe to run twice."""

from datetime import date, datetime

from cx280.telemetry.actions.facts import count_lake
from cx280.telemetry.actions.flows import note_first_events
from cx280.telemetry.actions.gaps import keep_gaps
from cx280.telemetry.actions.lake import seal_new_events, tend
from cx280.telemetry.actions.sites import write_sites
from cx280.telemetry.queries.gaps import judged_sites
from cx280.telemetry.queries.seen import first_events

# Of processor time in one run; whatever waits to be sealed waits no longer than that.
SECONDS = 2.5


def tell_the_collector(now: datetime) -> bool:
    """Brings `sites.json` up to the record, as after a restore."""
    return write_sites()


def look_for_first_events(now: datetime) -> int:
    """How many flows now carry the day of their first event; safe to run twice."""
    return note_first_events(first_events())


def seal_events(now: datetime) -> int:
    """How many events came new into the lake."""
    sealed = seal_new_events()
    return sealed.events if sealed else 0


def count_events(now: datetime) -> int:
    """How many days of services were counted, as far as a few seconds of processor time reach."""
    return len(count_lake(now, seconds=SECONDS).days)


def tend_lake(today: date) -> int:
    """How many days were sorted; events past their site's retention are gone."""
    return tend(today).days


def watch_for_gaps(now: datetime) -> int:
    """How many gaps of enabled sites are new: hours without events that should have had some."""
    return sum(keep_gaps(site, found, now) for site, found in judged_sites(now))
