"""Reads what is held back of a site: counts by kind, place and page, never what was found."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, cast

import msgspec
from django.conf import settings

from cx280.telemetry.models import Site
from cx280.telemetry.rules.held import SUMMARY, Held, Place

if TYPE_CHECKING:
    from cx280.lake.engines import DuckDB

log = logging.getLogger(__name__)


def held_of(site: Site) -> Held | None:
    """What is held back of the site; None when nothing is, or while the lake does not answer."""
    try:
        engine = _engine(str(settings.CX280_LAKE))
        rows = engine.answer(SUMMARY, site=site.key) if engine.lake.exists() else []
    except Exception as problem:  # each storage has errors of its own
        log.warning("the lake does not answer: %s", problem)
        return None
    if not rows:
        return None
    since = cast(datetime, rows[0]["since"])
    return Held(cast(int, rows[0]["total"]), since, msgspec.convert(rows, list[Place]))


@cache
def _engine(address: str) -> DuckDB:
    """In this process whatever CX280_ENGINE says: the table is small and no cluster knows it."""
    from cx280.lake.engines import DuckDB
    from cx280.lake.tables import HELD, Lake

    # Always anew: who has just decided sees it decided.
    return DuckDB(Lake(address, HELD), fresh_seconds=0)
