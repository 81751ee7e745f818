"""Events made by the million in a lake of its own, and how fast it answers.

    python -m benchmarks.lake --events 100000000 [--keep FOLDER] [--last 2026-11-27]

Ninety whole days of `benchmarks.visits`, each as sorting leaves it, and today as sealing does: one
joined file and the small ones of the last minutes. Never more than a day is in memory. A lake that
is at FOLDER already is measured as it is. Prints JSON: bytes an event, what writing, sorting,
sealing and tending cost, and every question's first, least, median and slowest of twenty answers.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.measuring import in_its_own_process, peak_megabytes
from benchmarks.visits import a_day, weight
from cx280.lake.keeping import sorted_mark
from cx280.lake.tables import Lake, files_of

DAYS = 90
# Of today: until when it has come, and files sealed since the last were joined.
_TODAY = 2 / 3
_SEALED = 60


def fill(lake: Lake, events: int, seed: int, last: date, days: int = DAYS) -> None:
    """About that many events in the days before `last`, and then the first hours of `last`."""
    first = last - timedelta(days)
    weights = [weight(first + timedelta(each)) for each in range(days + 1)]
    an_event = events / sum(weights[:-1])
    for at, each in enumerate(weights[:-1]):
        day = first + timedelta(at)
        rows = a_day(day, round(an_event * each), seed)
        lake.append(rows, {sorted_mark(day): rows.num_rows})
    today = a_day(last, round(an_event * weights[-1]), seed).sort_by("received")
    count = round(today.num_rows * _TODAY)
    small = max(1, count // 10_000)
    joined = max(0, count - _SEALED * small)
    lake.append(today.slice(0, joined))
    for at in range(joined, count, small):
        lake.append(today.slice(at, small))


def parts_of_a_day(lake: Lake, events: int, seed: int, day: date) -> None:
    """A day as sealing leaves it when it is over: a few joined files, nothing sorted."""
    rows = a_day(day, events, seed).sort_by("received")
    size = -(-rows.num_rows // 4)
    for at in range(0, rows.num_rows, size):
        lake.append(rows.slice(at, size))


def described(lake: Lake) -> dict[str, float]:
    """How many events, files and bytes an event the table has."""
    import pyarrow.compute as pc

    kept = files_of(lake.table())
    events, size = (pc.sum(kept[name]).as_py() for name in ("num_records", "size_bytes"))
    return {"events": events, "files": kept.num_rows, "bytes_per_event": size / events}


def measured(folder: Path, seed: int, last: date) -> dict[str, float]:
    """What the lake's questions and its keeping cost, each in a process of its own."""
    lake = Lake(folder)
    found = described(lake)
    found |= in_its_own_process("benchmarks.lake_questions", str(folder), str(last))
    found |= in_its_own_process("benchmarks.lake_keeping", "tend", str(folder), str(last))
    day = last - timedelta(1)
    with tempfile.TemporaryDirectory(prefix="cx280-day-", dir=folder.parent) as other:
        parts_of_a_day(Lake(other), round(found["events"] / DAYS), seed, day)
        found |= in_its_own_process("benchmarks.lake_keeping", "sort", other, str(day))
    with tempfile.TemporaryDirectory(prefix="cx280-seal-", dir=folder.parent) as other:
        found |= in_its_own_process("benchmarks.lake_keeping", "seal", other, str(day))
    return {name: each for name, each in found.items() if name != "wall_seconds"}


def main() -> None:
    """Fills a lake where none is, measures it, prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lake")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=280)
    parser.add_argument("--last", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--keep", type=Path, help="a folder to make the lake in, and leave it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cx280-lake-") as made:
        folder = given.keep or Path(made)
        found: dict[str, float] = {}
        if not (folder / "events").exists():
            started, cpu = time.monotonic(), time.process_time()
            fill(Lake(folder), given.events, given.seed, given.last)
            found = {
                "write_seconds": time.monotonic() - started,
                "write_cpu_seconds": time.process_time() - cpu,
                "write_megabytes": peak_megabytes(),
            }
        found |= measured(folder, given.seed, given.last)
    print(json.dumps({name: round(each, 2) for name, each in found.items()}))


if __name__ == "__main__":
    main()
