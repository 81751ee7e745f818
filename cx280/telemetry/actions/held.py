"""Decides about events that are held back: they count, cleaned, or they are forgotten."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cx280.accounts.models import Person
from cx280.telemetry.actions.trail import told
from cx280.telemetry.models import Site


def count_held(site: Site, *, by: Person | None) -> int:
    """How many cleaned events go on into the lake, on the days when they happened."""
    from cx280.lake.held import let_in

    count = let_in(settings.CX280_LAKE, site.key, Path(settings.DATA))
    told("count_held_events", site, site.service, by=by, events=count)
    return count


def drop_held(site: Site, *, by: Person | None) -> int:
    """How many events are forgotten for good."""
    from cx280.lake.held import drop

    count = drop(settings.CX280_LAKE, site.key)
    told("drop_held_events", site, site.service, by=by, events=count)
    return count
