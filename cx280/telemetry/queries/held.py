"""Reads what is held back of a site: counts by kind, place and page, never what was found."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, cast

import msgspec
from django.conf import settings

from cx280.telemetry.models import Site
from cx280.telemetry.rules.held import COUNTS, SUMMARY, Held, Place

if TYPE_CHECKING:
    from cx280.lake.engines import DuckDB

log = logging.getLogger(__name__)


def held_of(site: Site) -> Held | None:
    """What is held back of the site; None when nothing is, or while the lake does not answer."""
    rows = _rows(SUMMARY, site=site.key)
    if not rows:
        return None
    since = cast(datetime, rows[0]["since"])
    return Held(cast(int, rows[0]["total"]), since, msgspec.convert(rows, list[Place]))


def held_counts() -> dict[str, int]:
    """How many events are held back, by the key of each site that has any."""
    return {cast(str, each["site"]): cast(int, each["events"]) for each in _rows(COUNTS)}


def _rows(question: str, **given: str) -> Sequence[Mapping[str, object]]:
    """What the lake answers; nothing while it does not."""
    try:
        engine = _engine(str(settings.CX280_LAKE))
        return engine.answer(question, **given) if engine.lake.exists() else []
    except Exception as problem:  # each storage has errors of its own
        log.warning("the lake does not answer: %s", problem)
        return []


@cache
def _engine(address: str) -> DuckDB:
    """In this process whatever CX280_ENGINE says: the table is small and no cluster knows it."""
    from cx280.lake.engines import DuckDB
    from cx280.lake.tables import HELD, Lake

    # Always anew: who has just decided sees it decided.
    return DuckDB(Lake(address, HELD), fresh_seconds=0)
