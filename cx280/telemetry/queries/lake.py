"""Asks the lake through the engine that the settings name; a lake that is not there is empty."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cx280.lake.engines import Engine, Rows


def ask(sql: str, **parameters: object) -> Rows:
    """The rows of a question of `rules.questions`; none while nothing was ever kept.

    CX280_LAKE: a folder or an s3:// address. CX280_ENGINE: `duckdb`, in this process, or the
    address of a cluster that speaks Spark Connect, `sc://…`.
    """
    address = str(settings.CX280_LAKE)
    if "://" not in address and not (Path(address) / "events" / "_delta_log").is_dir():
        return []  # Opening it would make it, and only the sealer may.
    return _engine(address, settings.CX280_ENGINE).answer(sql, **parameters)


@cache
def _engine(address: str, engine: str) -> Engine:
    from cx280.lake import engines
    from cx280.lake.tables import Lake

    return engines.engine(Lake(address), engine)
