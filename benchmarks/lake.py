"""Events made by the million in a lake of its own, and how fast it answers.

    python -m benchmarks.lake --events 5000000 [--keep FOLDER]

Ninety days, twenty services of very different size, weekdays and hours as people live, visits that
start a flow and sometimes finish it. Prints JSON: bytes an event, seconds to write, and the median
and slowest tenth of each question in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measuring import quantile
from cx280.lake.engines import DuckDB
from cx280.lake.keeping import compact
from cx280.lake.tables import Lake, schema

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

DAYS = 90
FIRST = date(2026, 1, 5)
SERVICES = 20
KINDS = ["page_view", "click", "other", "transaction_start", "transaction_complete", "error"]
SHARES = [0.52, 0.24, 0.12, 0.06, 0.04, 0.02]
# Visits by hour of the day, UTC: quiet while the country sleeps.
_HOURS = np.array(
    [8, 6, 5, 3, 2, 2, 1, 1, 1, 2, 3, 5, 9, 13, 16, 17, 17, 17, 16, 16, 15, 13, 12, 10]
)
_DAY_MICROS = 86_400_000_000

PANEL = """
SELECT day, kind, count(*) AS n, count(DISTINCT visit) AS visits, median(value) AS middle
FROM events WHERE service = $service AND day BETWEEN $first AND $last GROUP BY day, kind"""
WHOLE = "SELECT day, kind, count(*) AS n FROM events GROUP BY day, kind"
FUNNEL = """
WITH a AS (SELECT visit, min(events.at) AS t FROM events
           WHERE service = $service AND kind = 'page_view' GROUP BY visit),
     b AS (SELECT visit, min(events.at) AS t FROM events JOIN a USING (visit)
           WHERE service = $service AND kind = 'transaction_start' AND events.at > a.t
           GROUP BY visit),
     c AS (SELECT visit, min(events.at) AS t FROM events JOIN b USING (visit)
           WHERE service = $service AND kind = 'transaction_complete' AND events.at > b.t
           GROUP BY visit)
SELECT count(*) AS first, count(b.t) AS second, count(c.t) AS third
FROM a LEFT JOIN b USING (visit) LEFT JOIN c USING (visit)"""


def fill(lake: Lake, events: int, seed: int) -> None:
    """Appends about that many events, a day at a time."""
    chance = np.random.default_rng(seed)
    weekday = np.array([1.2, 1.15, 1.1, 1.05, 1.0, 0.5, 0.45])
    weights = np.array([weekday[(FIRST + timedelta(d)).weekday()] for d in range(DAYS)])
    for day, share in enumerate(weights / weights.sum()):
        lake.append(a_day(FIRST + timedelta(day), int(events * share), chance))


def a_day(day: date, count: int, chance: np.random.Generator) -> pa.Table:
    """That many events of one day: visits of some six events within half an hour."""
    import pyarrow as pa

    visits = max(1, count // 6)
    visit = chance.integers(0, visits, count)
    service = 1 + np.minimum(SERVICES - 1, chance.zipf(1.4, visits) - 1)[visit]
    hour = chance.choice(24, visits, p=_HOURS / _HOURS.sum())
    start = (hour * 3600 + chance.integers(0, 3600, visits)) * 1_000_000
    offset = (chance.exponential(240, count) * 1_000_000).astype(np.int64)
    at = np.minimum(start[visit] + offset, _DAY_MICROS - 1) + _midnight(day)
    kind = chance.choice(len(KINDS), count, p=SHARES)
    value = np.where(kind >= 2, np.round(chance.lognormal(4, 1, count), 1), np.nan)
    columns: dict[str, object] = {
        "id": pa.array(_names(chance, count)),
        "site": _coded(service, [f"site-{each}" for each in range(SERVICES + 1)]),
        "service": pa.array(service),
        "at": pa.array(at).cast(pa.timestamp("us", "UTC")),
        "received": pa.array(at + 900_000).cast(pa.timestamp("us", "UTC")),
        "kind": _coded(kind, KINDS),
        "page": _coded(
            np.minimum(chance.zipf(1.3, count), 400), [f"/page/{n}" for n in range(401)]
        ),
        "visit": _coded(visit, _names(chance, visits)),
        "visitor": pa.array(chance.integers(-(2**63), 2**63 - 1, visits)[visit]),
        "flow": _coded((kind >= 3).astype(int), ["", "apply"]),
        "value": pa.array(value, from_pandas=True),
        "language": _coded((chance.random(visits) < 0.12).astype(int)[visit], ["en", "es"]),
        "device": _coded(chance.integers(0, 3, visits)[visit], ["desktop", "phone", "tablet"]),
        "day": pa.array(np.full(count, (day - date(1970, 1, 1)).days, np.int32)).cast(pa.date32()),
    }
    return _whole(columns, count)


def _whole(columns: dict[str, object], count: int) -> pa.Table:
    """The columns in their order, with what an event says when nothing is said."""
    import pyarrow as pa

    plain = {"channel": "website", "source": "script", "bot": False, "skewed": False}
    arrays = [
        columns.get(each.name, pa.repeat(pa.scalar(plain.get(each.name, "")), count))
        for each in schema()
    ]
    return pa.Table.from_arrays(arrays, names=schema().names).cast(schema())


def _coded(which: NDArray[np.int64], words: list[str]) -> pa.Array:
    import pyarrow as pa

    return pa.array(words).take(pa.array(which))


def _names(chance: np.random.Generator, count: int) -> list[str]:
    whole = chance.bytes(16 * count).hex()
    return [whole[32 * each : 32 * each + 32] for each in range(count)]


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000


def _timed(work: Callable[[], object], times: int) -> dict[str, float]:
    """Median and 95th of a hundred in milliseconds, after one run that warms."""
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return {"median_ms": round(quantile(taken, 0.5), 1), "p95_ms": round(quantile(taken, 0.95), 1)}


def measure(lake: Lake) -> dict[str, object]:
    """What each question takes, and the first one of a process that has just started."""
    last = FIRST + timedelta(DAYS - 1)
    days = {"first": last - timedelta(6), "last": last}
    started = time.perf_counter()
    engine = DuckDB(lake)
    engine.answer(PANEL, service=3, **days)
    first = round((time.perf_counter() - started) * 1000, 1)
    return {
        "first_answer_ms": first,
        "one_service_7_days": _timed(lambda: engine.answer(PANEL, service=3, **days), 30),
        "day_by_kind": _timed(lambda: engine.answer(WHOLE), 7),
        "three_step_funnel": _timed(lambda: engine.answer(FUNNEL, service=3), 7),
        "funnel": engine.answer(FUNNEL, service=3)[0],
    }


def main() -> None:
    """Fills a lake, puts it in order, asks, prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lake")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=280)
    parser.add_argument("--keep", type=Path, help="a folder to make the lake in, and leave it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cx280-lake-") as folder:
        lake = Lake(given.keep or Path(folder))
        started = time.perf_counter()
        fill(lake, given.events, given.seed)
        written = time.perf_counter()
        compact(lake, FIRST + timedelta(DAYS))
        sorted_at = time.perf_counter()
        size = sum(Path(each).stat().st_size for each in lake.table().file_uris())
        count = lake.table().count()
        found = {
            "events": count,
            "bytes_per_event": round(size / count, 1),
            "write_seconds": round(written - started, 1),
            "sort_seconds": round(sorted_at - written, 1),
            **measure(lake),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
