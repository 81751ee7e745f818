"""Brings new events into the lake, and keeps the lake as small and as young as was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from cx280.telemetry.actions.final import forget_counts, make_final
from cx280.telemetry.models import Site
from cx280.telemetry.queries.lake import Look
from cx280.telemetry.rules.held import DAYS

if TYPE_CHECKING:
    from cx280.lake.sealing import Sealed


@dataclass(frozen=True, slots=True)
class Tended:
    """Days sorted anew, events forgotten because their site's promise says so, files removed."""

    days: int = 0
    forgotten: int = 0
    files: int = 0


def seal_new_events() -> Sealed | None:
    """Hands the closed files of the buffer to the lake, each once; None when there are none.

    Events held back have a buffer and a table of their own. Safe to run twice and to be killed
    anywhere: see `cx280.lake.sealing`.
    """
    _seal("held-back", "held")
    return _seal("buffer", "events")


def _seal(buffer_name: str, table: str) -> Sealed | None:
    buffer = Path(settings.DATA) / buffer_name
    if not any(buffer.glob("*/*.log")):
        return None
    from cx280.lake.sealing import seal
    from cx280.lake.tables import Lake

    return seal(buffer, Lake(settings.CX280_LAKE, table))


def tend(today: date) -> Tended:
    """Sorts ended days, forgets each site's events after its days of retention, sweeps files.

    The days of retention count whole days after the day of the event (M-10-22, 280.7-b1). What is
    about to be forgotten is counted first, and its facts are final: they outlive it (280.7-f2).
    """
    address = str(settings.CX280_LAKE)
    _tend_held(address, today)
    if "://" not in address and not (Path(address) / "events" / "_delta_log").is_dir():
        return Tended()
    from cx280.lake import keeping
    from cx280.lake.tables import Lake

    lake = Lake(address)
    make_final(timezone.now(), today)
    before, forgotten = Look().kept, 0
    for key, days in Site.objects.values_list("key", "retention_days"):
        if days is not None:
            forgotten += keeping.forget_before(lake, today - timedelta(days=days), site=key)
    if forgotten:
        forget_counts(before)
    return Tended(len(keeping.compact(lake, today)), forgotten, keeping.sweep(lake))


def _tend_held(address: str, today: date) -> None:
    """Forgets events that are held back and that nobody decided about in time."""
    if "://" not in address and not (Path(address) / "held" / "_delta_log").is_dir():
        return
    from cx280.lake import keeping
    from cx280.lake.tables import HELD, Lake

    lake = Lake(address, HELD)
    if lake.exists():
        keeping.forget_before(lake, today - timedelta(days=DAYS))
        shorter = Site.objects.filter(retention_days__lt=DAYS)
        for key, days in shorter.values_list("key", "retention_days"):
            keeping.forget_before(lake, today - timedelta(days=days or DAYS), site=key)
        keeping.compact(lake, today)
        keeping.sweep(lake)
