"""What keeping the lake costs: sealing, sorting a day, and tending where nothing has changed.

    python -m benchmarks.lake_keeping tend|sort|seal FOLDER DAY

`tend` looks at a lake of `benchmarks.lake` as the worker does every few minutes; `sort` puts the
one day of a lake in order; `seal` hands a buffer of a hundred thousand events to a new lake. Prints
JSON; memory is what the process gained at its peak.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measuring import peak_megabytes
from cx280.lake.keeping import compact, forget_before, sweep
from cx280.lake.tables import Lake

_SEALED = 100_000
_A_FILE = 10_000


def main() -> None:
    """Does the one thing, prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lake_keeping")
    parser.add_argument("what", choices=("tend", "sort", "seal"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("day", type=date.fromisoformat)
    given = parser.parse_args()
    work = {"tend": tend, "sort": sort, "seal": sealing}[given.what]
    print(
        json.dumps({name: round(each, 2) for name, each in work(given.folder, given.day).items()})
    )


def tend(folder: Path, today: date) -> dict[str, float]:
    """Twice, and the second counts: the first joins today's files."""
    lake = Lake(folder)
    found = _cost("open", lambda: lake.table())
    found |= _cost("tend_joining", lambda: compact(lake, today))
    before = lake.version()
    found |= _cost("tend_compact", lambda: compact(lake, today))
    found |= _cost("tend_sweep", lambda: sweep(lake))
    early = today - timedelta(4000)
    found |= _cost("tend_forget", lambda: forget_before(lake, early, site="site1"))
    return {**found, "tend_versions": lake.version() - before, "tend_megabytes": peak_megabytes()}


def sort(folder: Path, day: date) -> dict[str, float]:
    """Sorts the day, which is all there is."""
    lake = Lake(folder)
    events = lake.table().count()
    before = peak_megabytes()
    found = _cost("sort", lambda: compact(lake, day + timedelta(1)))
    return {
        **found,
        "sort_events": events,
        "sort_cpu_us_an_event": found["sort_cpu_ms"] * 1000 / events,
        "sort_megabytes": peak_megabytes() - before,
    }


def sealing(folder: Path, day: date) -> dict[str, float]:
    """Events as the collector leaves them in the buffer, handed over in one go."""
    from cx280.lake.sealing import seal

    lake, buffer = Lake(folder / "lake"), folder / "buffer"
    events = _write_buffer(buffer, day)
    before = peak_megabytes()
    found = _cost("seal", lambda: seal(buffer, lake))
    return {
        **found,
        "seal_cpu_us_an_event": found["seal_cpu_ms"] * 1000 / events,
        "seal_megabytes": peak_megabytes() - before,
    }


def _write_buffer(buffer: Path, day: date) -> int:
    """Files of ten thousand events each; how many events."""
    import msgspec
    import pyarrow as pa

    from benchmarks.visits import a_day
    from cx280.lake.columns import COLUMNS, EventRow

    (buffer / "one").mkdir(parents=True)
    rows = a_day(day, _SEALED, 1).sort_by("received").select(list(COLUMNS))
    for name in ("at", "received"):
        at = rows.column_names.index(name)
        rows = rows.set_column(at, name, rows[name].cast(pa.int64()))
    for number, start in enumerate(range(0, rows.num_rows, _A_FILE)):
        part = rows.slice(start, _A_FILE).to_pydict().values()
        lines = [msgspec.json.encode(EventRow(*each)) + b"\n" for each in zip(*part, strict=True)]
        (buffer / "one" / f"{number:012}.log").write_bytes(b"".join(lines))
    return int(rows.num_rows)


def _cost(name: str, work: Callable[[], object]) -> dict[str, float]:
    started, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        f"{name}_ms": (time.perf_counter() - started) * 1000,
        f"{name}_cpu_ms": (time.process_time() - cpu) * 1000,
    }


if __name__ == "__main__":
    main()
