"""How a figure is taken: processor time, memory, and the table they are printed in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside its budget; `command` makes it again."""

    work: str
    measured: float
    unit: str
    budget: float | None
    command: str
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Measured over budget: at most 1 keeps the promise."""
        return None if not self.budget else self.measured / self.budget

    @property
    def verdict(self) -> str:
        """Whether the budget, where there is one, is kept."""
        if self.budget is None:
            return ""
        return "within" if self.measured <= self.budget else "OVER"


def quantile(values: list[float], share: float) -> float:
    """The value at that share of the sorted values; values must not be empty."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def cpu_milliseconds(work: Callable[[], object]) -> float:
    """Processor time of this process while `work` runs, in milliseconds."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


@contextmanager
def own_data() -> Iterator[Path]:
    """A folder of its own for the record, removed afterwards; sets CX280_DATA."""
    with tempfile.TemporaryDirectory(prefix="cx280-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["CX280_DATA"] = folder
        yield Path(folder)


@contextmanager
def kept_data(folder: Path) -> Iterator[Path]:
    """A folder for the record that stays, made where it is not; sets CX280_DATA."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["CX280_DATA"] = str(folder.resolve())
    yield folder.resolve()


def in_its_own_process(module: str, *arguments: str) -> dict[str, float]:
    """Runs `python -m module` and reads the JSON it prints; adds wall seconds and peak MB."""
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    found["wall_seconds"] = time.monotonic() - started
    print(f"{module} {' '.join(arguments)}: {found['wall_seconds']:.0f} s", file=sys.stderr)
    return found


def processor_seconds(process: int) -> float:
    """Processor time that a running process has taken, in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(process: int) -> float:
    """Memory that a running process holds now, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processes(leader: int) -> dict[int, bytes]:
    """The processes of a session by their numbers, each with its command."""
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            if os.getsid(int(each.name)) == leader:
                found[int(each.name)] = (each / "cmdline").read_bytes()
    return found


def peak_megabytes() -> float:
    """The largest memory this process has held, in MB; ru_maxrss would count its parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def print_table(figures: list[Figure]) -> None:
    """Prints the figures with their budgets."""
    print(f"{'work':<58} {'measured':>12} {'budget':>10} {'ratio':>6} {'':<6}  command")
    for each in figures:
        budget = "" if each.budget is None else f"{each.budget:,g}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        print(
            f"{each.work:<58} {each.measured:>8,.1f} {each.unit:<3} {budget:>10} {ratio:>6}"
            f" {each.verdict:<6}  {each.command}{'  (' + each.note + ')' if each.note else ''}"
        )


def write_json(figures: list[Figure], path: Path) -> None:
    """Writes the figures for a later comparison."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [{**asdict(each), "verdict": each.verdict} for each in figures]
    path.write_text(json.dumps(kept, indent=2), encoding="utf-8")
