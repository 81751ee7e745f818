"""What `benchmarks.kills` kills: the real collector and the real sealing, each in its process.

    python -m benchmarks.doomed collect --port 8281
    python -m benchmarks.doomed seal         for each line it reads, a sealer, until that is killed

Nothing of the product is changed but two things: files of the buffer close ten times sooner, so
that more of them are on their way when a kill comes, and every clock that the product reads is off
by the seconds in the file that CX280_CLOCK names, so that it can jump while the process runs.
"""

from __future__ import annotations

import os
import random
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

_ROLL_SECONDS = 0.2
_SORTED = 0.4  # how many sealings a sorting follows


def main() -> None:
    """Collects or seals until it is killed."""
    follow(Path(os.environ["CX280_CLOCK"]))
    what, *rest = sys.argv[1:]
    if what == "collect":
        _collect(rest)
    else:
        _nurse(Path(os.environ["CX280_DATA"]))


def follow(clock: Path) -> None:
    """Makes the system's time what it is and the seconds in `clock`, looked at twice a second."""
    of_system, in_nanoseconds, steady = time.time, time.time_ns, time.monotonic
    seconds, looked = 0.0, -1.0

    def ahead() -> float:
        nonlocal seconds, looked
        if steady() - looked > 0.5:
            looked, seconds = steady(), float(clock.read_text() or 0)
        return seconds

    time.time = lambda: of_system() + ahead()
    time.time_ns = lambda: in_nanoseconds() + int(ahead()) * 10**9


def _collect(arguments: list[str]) -> None:
    from cx280.collector.commands import collect
    from cx280.lake import buffer

    buffer.ROLL_SECONDS = _ROLL_SECONDS
    collect.main(arguments)


def _nurse(folder: Path) -> None:
    """Forks sealers, one after the other, as loading what they need takes longer than they live."""
    import deltalake  # noqa: F401
    import duckdb  # noqa: F401
    import pyarrow.dataset  # noqa: F401

    with suppress(ImportError):
        import_module("pandas")  # DuckDB looks for it
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            seal_for_ever(folder)
        os.waitpid(child, 0)
        print("ended", flush=True)


def seal_for_ever(folder: Path) -> None:
    """Seals whatever is closed, again and again, sorts at times, and says what it is at."""
    from cx280.lake.engines import DuckDB
    from cx280.lake.keeping import compact
    from cx280.lake.sealing import seal
    from cx280.lake.tables import Lake

    lake = Lake(folder / "lake")
    DuckDB(lake).answer("SELECT 1")  # opens everything, so that kills find it at work
    print(f"begun {os.getpid()}", flush=True)
    while True:
        if not any((folder / "buffer").glob("*/*.log")):
            time.sleep(0.01)
            continue
        try:
            print("sealing", flush=True)
            found = seal(folder / "buffer", lake)
            print(f"sealed {found.events} {found.repeated} {found.known}", flush=True)
            if random.random() < _SORTED:
                print("sorting", flush=True)
                compact(lake, datetime.fromtimestamp(time.time(), UTC).date())
                print("sorted", flush=True)
        except Exception as error:  # whatever it is, it is counted
            print(f"failed {type(error).__name__}: {error}".replace("\n", " "), flush=True)
            time.sleep(0.05)


if __name__ == "__main__":
    main()
