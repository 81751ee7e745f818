"""Asks the lake through the engine that the settings name; a lake that is not there is empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

if TYPE_CHECKING:
    from cx280.lake.engines import Engine, Rows
    from cx280.lake.tables import Lake


class Kept(NamedTuple):
    """The rows and bytes that a day has in the lake."""

    rows: int
    bytes: int


def ask(sql: str, **parameters: object) -> Rows:
    """The rows of a question of `rules.questions`; none while nothing was ever kept.

    CX280_LAKE: a folder or an s3:// address. CX280_ENGINE: `duckdb`, in this process, or the
    address of a cluster that speaks Spark Connect, `sc://…`.
    """
    if not is_there():
        return []  # Opening it would make it, and only the sealer may.
    return _engine(str(settings.CX280_LAKE), settings.CX280_ENGINE).answer(sql, **parameters)


def is_there() -> bool:
    """Whether anything was ever kept; of object storage that is not asked here."""
    address = str(settings.CX280_LAKE)
    return "://" in address or (Path(address) / "events" / "_delta_log").is_dir()


def mark() -> str:
    """The state of the lake: it is another after every change. "" while there is none.

    Of a folder it is told from the names and times of its log, without opening it.
    """
    if not is_there():
        return ""
    address = str(settings.CX280_LAKE)
    if "://" in address:
        return str(_lake(address).version())
    log = Path(address) / "events" / "_delta_log"
    newest = max(log.glob("*.json"), default=None, key=lambda each: each.name)
    return f"{int(newest.stem)} {newest.stat().st_mtime_ns}" if newest else ""


class Look:
    """The lake as it is at one moment: every answer is of the same version of the table, or of a
    later one where files were swept away meanwhile."""

    def __init__(self) -> None:
        self.mark = mark()
        self.kept = _kept_by_day() if self.mark else {}

    def ask(self, sql: str, **parameters: object) -> Rows:
        """The rows; none while nothing was ever kept."""
        if not self.mark:
            return []
        address, engine = str(settings.CX280_LAKE), settings.CX280_ENGINE
        if engine != "duckdb":
            return _engine(address, engine).answer(sql, **parameters)
        return _at(address, self.mark).answer(sql, **parameters)


def _kept_by_day() -> Mapping[date, Kept]:
    """What each day of the lake, which are days of UTC, has; told by the table's log alone."""
    from cx280.lake.tables import files_of

    found: dict[date, Kept] = {}
    columns = ("partition.day", "num_records", "size_bytes")
    for each in files_of(_lake(str(settings.CX280_LAKE)).table()).select(columns).to_pylist():
        rows, size = found.get(each["partition.day"], Kept(0, 0))
        found[each["partition.day"]] = Kept(rows + each["num_records"], size + each["size_bytes"])
    return found


@cache
def _engine(address: str, engine: str) -> Engine:
    from cx280.lake import engines
    from cx280.lake.tables import Lake

    return engines.engine(Lake(address), engine)


@lru_cache(maxsize=1)
def _at(address: str, mark: str) -> Engine:
    """Answers from the version that is the newest when it is first asked.

    With one thread: it counts in the background, where memory is dearer than time.
    """
    from cx280.lake.engines import DuckDB

    return DuckDB(_lake(address), fresh_seconds=float("inf"), memory="500MB", threads=1)


@cache
def _lake(address: str) -> Lake:
    from cx280.lake.tables import Lake

    return Lake(address)
