"""From the buffer to the table, exactly once.

Why nothing is lost: a file of the buffer is removed only after the commit that holds its events is
on the disk. Why nothing comes twice: the commit carries the file's number (`Transaction`), so a
file found again after a crash is known and just removed; and delta-rs refuses the second of two
sealers with one number.

Browsers send again what they did not see acknowledged, so an event may be in two files. Events are
told apart by site and id, and those that the table has are looked up before each commit
(`lake.known`). Two machines that seal the same event within the same seconds do not see each
other; queries that must be exact across machines count distinct ids.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from cx280.lake.columns import EventRow
from cx280.lake.known import Known
from cx280.lake.tables import Lake, arrow_of

# A folder beside the buffer, never in it: collectors take any folder in there for their own.
SET_ASIDE = "set-aside"
# Bytes of the buffer in one commit: bounds the memory of a sealer that has fallen behind.
_BATCH_BYTES = 4 * 1024 * 1024
_INTEGERS = range(-(2**63), 2**63)
_row = msgspec.json.Decoder(EventRow)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one sealing did, counted.

    `events` came new into the table, from `files`; `repeated` were there already; `broken` lines
    were set aside; `known` files had been handed over by a sealer that was killed before removing.
    """

    events: int = 0
    files: int = 0
    repeated: int = 0
    broken: int = 0
    known: int = 0

    def __add__(self, other: Sealed) -> Sealed:
        return Sealed(
            self.events + other.events,
            self.files + other.files,
            self.repeated + other.repeated,
            self.broken + other.broken,
            self.known + other.known,
        )


@dataclass(slots=True)
class _Batch:
    files: list[Path] = field(default_factory=list)
    rows: list[EventRow] = field(default_factory=list)
    broken: int = 0


def seal(buffer_folder: Path, lake: Lake) -> Sealed:
    """Hands every closed file of the buffer to the table and removes it; what was done.

    Safe to be killed anywhere and to run again. One process at a time per buffer: another that
    finds it busy does nothing. A full disk or an unreachable store raises, and the files stay.
    """
    done = Sealed()
    if not buffer_folder.is_dir():
        return done
    with _alone(buffer_folder) as is_mine:
        if not is_mine:
            return done
        identity = _identity(buffer_folder)
        waiting = _closed_files(buffer_folder)
        apps = {_app(each, identity) for each in waiting}
        last = {app: lake.handed_over(app) for app in apps}
        had = {each for each in waiting if int(each.stem) <= last[_app(each, identity)]}
        _remove(had)
        done += Sealed(known=len(had))
        known = Known(lake, buffer_folder)
        for batch in _batches([each for each in waiting if each not in had], buffer_folder):
            done += _hand_over(batch, identity, lake, known)
    return done


def waiting_bytes(buffer_folder: Path) -> int:
    """Bytes of the buffer that the table does not have yet, open files included."""
    files = [*buffer_folder.glob("*/*.log"), *buffer_folder.glob("*/*.open")]
    total = 0
    for each in files:
        try:
            total += each.stat().st_size
        except FileNotFoundError:  # sealed since it was listed
            continue
    return total


def _hand_over(batch: _Batch, identity: str, lake: Lake, known: Known) -> Sealed:
    rows = list({(each.site, each.id): each for each in reversed(batch.rows)}.values())[::-1]
    new = known.new_of(arrow_of(rows))
    last: dict[str, int] = {}
    for each in batch.files:
        last[_app(each, identity)] = int(each.stem)
    known.remember(new)
    lake.append(new, last)
    _remove(batch.files)
    count = int(new.num_rows)
    return Sealed(count, len(batch.files), len(batch.rows) - count, batch.broken)


def _batches(files: Sequence[Path], buffer_folder: Path) -> Iterator[_Batch]:
    """The files read, in order, up to `_BATCH_BYTES` at a time."""
    batch, size = _Batch(), 0
    for each in files:
        _read(each, batch, buffer_folder)
        size += each.stat().st_size
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = _Batch(), 0
    if batch.files:
        yield batch


def _read(path: Path, batch: _Batch, buffer_folder: Path) -> None:
    """Adds the rows of a file; broken lines are set aside before anything is committed.

    What follows the last newline was torn by a crash and never acknowledged: it is dropped.
    """
    broken = []
    for line in path.read_bytes().split(b"\n")[:-1]:
        row = _decoded(line)
        if row is None:
            broken.append(line)
        else:
            batch.rows.append(row)
    if broken:
        _set_aside(
            broken, buffer_folder.parent / SET_ASIDE / f"{path.parent.name}-{path.stem}.lines"
        )
    batch.broken += len(broken)
    batch.files.append(path)


def _decoded(line: bytes) -> EventRow | None:
    try:
        row = _row.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    whole = (row.service, row.at, row.received, row.visitor)
    return row if all(each in _INTEGERS for each in whole) else None


def _set_aside(broken: list[bytes], target: Path) -> None:
    """Written under a name of its own and moved: whole or not there, the same when done twice."""
    target.parent.mkdir(exist_ok=True)
    draft = target.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(b"\n".join(broken) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)


def _closed_files(buffer_folder: Path) -> list[Path]:
    """Every `.log` of every worker, each worker's in the order of their numbers.

    None beyond a file that is still open: handing over its number would make the open one, closed
    later, look as if the table had it. Open files are listed first, for the same reason.
    """
    still_open: dict[str, int] = {}
    for each in buffer_folder.glob("*/*.open"):
        worker, number = each.parent.name, int(each.stem)
        still_open[worker] = min(number, still_open.get(worker, number))
    found = [
        each
        for each in buffer_folder.glob("*/*.log")
        if int(each.stem) <= still_open.get(each.parent.name, int(each.stem))
    ]
    return sorted(found, key=lambda each: (each.parent.name, int(each.stem)))


def app_of(worker: Path) -> str:
    """The name under which the table keeps what the folder of a worker has handed over."""
    return _app(worker / "0.log", _identity(worker.parent))


def _app(path: Path, identity: str) -> str:
    return f"buffer-{identity}-{path.parent.name}"


def _identity(buffer_folder: Path) -> str:
    """A name drawn once for this buffer.

    A new disk counts its files from one again; without a name of its own the table would take
    them for files it has had, and their events would be lost.
    """
    kept = buffer_folder / "identity"
    if not kept.exists():
        draft = kept.with_suffix(".draft")
        with draft.open("w", encoding="ascii") as file:
            file.write(uuid.uuid4().hex[:12])
            file.flush()
            os.fsync(file.fileno())
        draft.rename(kept)
    return kept.read_text(encoding="ascii")


@contextmanager
def _alone(buffer_folder: Path) -> Iterator[bool]:
    """Whether this process is the only sealer; the system lets go when a process is killed."""
    with (buffer_folder / "sealing.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _remove(files: Iterable[Path]) -> None:
    for each in files:
        each.unlink(missing_ok=True)
