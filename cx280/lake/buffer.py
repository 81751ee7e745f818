"""The buffer of new events: an append log that keeps what was acknowledged through any crash.

One folder for each writing process, locked while it writes:

    <folder>/lock               held by the process that writes here
    <folder>/next               the lowest number no file has had yet
    <folder>/000000000042.open  being written
    <folder>/000000000041.log   closed; whoever seals it into the lake deletes it

The number of a file is the version under which the lake takes it, so a number given twice would
make the lake throw events away. Hence the name of a folder is random and a number is at least the
one in `next`, one more than any file's, and the hundredths of seconds since 1970: a folder brought
back from a backup, where `next` is old, still goes on above what it had sealed.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from pathlib import Path

from cx280.kernel.problem import Problem

# A second more is a second later on a page; a second less is a file more for the sealer.
ROLL_SECONDS = 1.0
ROLL_BYTES = 8 * 1024 * 1024
# Folders so named are filled by imports; no process takes one for its own.
IMPORTED = "import-"


class Taken(Problem):
    """Another process writes in this folder."""

    status = 503


class Buffer:
    """An append log in `folder`/`worker`; for one thread at a time.

    What `append` was given is durable when `sync` has returned. When either raises OSError (a full
    disk), everything since the last `sync` that returned is taken back: none of it is in the log.
    Raises `Taken` when another process writes there.
    """

    def __init__(self, folder: Path, worker: str) -> None:
        self.worker = worker
        self.folder = folder / worker
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.folder)
        self._file = -1
        self._path = self.folder
        self._written = self._durable = 0
        self._opened_at = 0.0
        _recover(self.folder)

    def append(self, lines: bytes) -> None:
        """Writes whole lines, each ending in a newline, at the end of the log."""
        try:
            if self._file < 0:
                self._open()
            left = memoryview(lines)
            while left:
                count = os.write(self._file, left)
                left = left[count:]
                self._written += count
        except OSError:
            self._take_back()
            raise

    def sync(self) -> None:
        """Returns when everything appended would survive a power cut."""
        if self._written == self._durable:
            return
        try:
            os.fdatasync(self._file)
        except OSError:
            self._take_back()
            raise
        self._durable = self._written

    def due_in(self) -> float | None:
        """Seconds until the open file is old or long enough to be closed; None without one."""
        if self._file < 0:
            return None
        if self._written >= ROLL_BYTES:
            return 0.0
        return max(0.0, self._opened_at + ROLL_SECONDS - time.monotonic())

    def roll(self) -> None:
        """Makes the open file durable and hands it to whoever seals; does nothing without one."""
        if self._file < 0:
            return
        self.sync()
        self._close_file()

    def close(self) -> None:
        """Rolls, and lets another process write here."""
        if self._lock < 0:
            return
        try:
            self.roll()
        finally:
            os.close(self._lock)
            self._lock = -1

    def _open(self) -> None:
        number = _next_number(self.folder)
        self._path = self.folder / f"{number:012d}.open"
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._written = self._durable = 0
        self._opened_at = time.monotonic()
        _sync_folder(self.folder)

    def _take_back(self) -> None:
        # After a failed write or sync nobody knows what is on disk beyond the last sync. The
        # file ends there and the next append begins a new one.
        if self._file < 0:
            return
        try:
            os.ftruncate(self._file, self._durable)
        finally:
            self._written = self._durable
            self._close_file()

    def _close_file(self) -> None:
        os.close(self._file)
        self._file = -1
        if self._durable:
            self._path.rename(self._path.with_suffix(".log"))
        else:
            self._path.unlink()


def own_buffer(root: Path) -> Buffer:
    """A buffer of this process below `root`; left-over files of processes that died are closed.

    Takes a folder nobody writes in, or makes one with a random name.
    """
    own: Buffer | None = None
    for folder in sorted(root.glob("*/")) if root.is_dir() else []:
        if folder.name.startswith(IMPORTED):
            continue  # numbered by what was imported, so that the same file is taken once
        try:
            buffer = Buffer(root, folder.name)
        except Taken:
            continue
        if own is None:
            own = buffer
        else:
            buffer.close()
    return own or Buffer(root, f"w{secrets.token_hex(6)}")


def _locked(folder: Path) -> int:
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise Taken(
            f"Another process writes in {folder.name}.", fix="Let each process have its own."
        ) from error
    return lock


def _recover(folder: Path) -> None:
    """Closes what a killed process left open; a line without its newline was never acknowledged."""
    for left in sorted(folder.glob("*.open")):
        keep = whole_lines(left)
        if not keep:
            left.unlink()
            continue
        with left.open("r+b") as file:
            file.truncate(keep)
            os.fsync(file.fileno())
        left.rename(left.with_suffix(".log"))
    _sync_folder(folder)


def whole_lines(path: Path) -> int:
    """How many bytes there are up to and with the last newline."""
    end = path.stat().st_size
    with path.open("rb") as file:
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
    return 0


def _next_number(folder: Path) -> int:
    """A number no file of the folder has had, kept as taken before it is given back."""
    keeper = folder / "next"
    kept = keeper.read_text(encoding="ascii").strip() if keeper.exists() else ""
    newest = max(
        (
            int(each.stem)
            for each in folder.iterdir()
            if each.suffix in {".open", ".log"} and each.stem.isdigit()
        ),
        default=0,
    )
    number = max(int(kept) if kept.isdigit() else 0, newest + 1, int(time.time() * 100))
    draft = folder / "next.draft"
    with draft.open("w", encoding="ascii") as file:
        file.write(f"{number + 1}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(keeper)
    _sync_folder(folder)
    return number


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
