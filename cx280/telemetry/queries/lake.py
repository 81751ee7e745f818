"""Asks the lake through the engine that the settings name; a lake that is not there is empty."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from cx280.kernel.problem import Unusable

if TYPE_CHECKING:
    from cx280.lake.engines import Engine, Rows


def ask(sql: str, **parameters: object) -> Rows:
    """The rows of a question of `rules.questions`; none while nothing was ever kept.

    CX280_LAKE: a folder or an s3:// address. CX280_ENGINE: `duckdb`, in this process.
    """
    address = str(settings.CX280_LAKE)
    if "://" not in address and not (Path(address) / "events" / "_delta_log").is_dir():
        return []  # Opening it would make it, and only the sealer may.
    return _engine(address, settings.CX280_ENGINE).answer(sql, **parameters)


@cache
def _engine(address: str, engine: str) -> Engine:
    from cx280.lake import engines
    from cx280.lake.tables import Lake

    if engine == "duckdb":
        return engines.DuckDB(Lake(address))
    raise Unusable(f"CX280_ENGINE is {engine!r}: only duckdb can be asked.")
