"""Brings a web server's log into the buffer of events: any size, in bounded memory."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from cx280.audit.actions import record
from cx280.kernel.problem import Conflict, Unusable
from cx280.lake.columns import EventRow
from cx280.telemetry.queries.known_sites import KnownSite, data_folder, site_to_fill
from cx280.telemetry.rules.weblog_events import Occurrences, content_of, row_of
from cx280.telemetry.rules.weblogs import LONGEST_LINE, Malformed, Reading, seen_in

# A file of the buffer is handed over whole: about 8 MB of lines, and always cut at the same line.
ROWS_IN_A_FILE = 30_000
_FIRST_LINES = 20
BUFFER, HELD_BUFFER = "buffer", "held-back"
# Counted among the skipped: they wait apart until somebody decides about them (280.7-b1).
HELD_BACK = "held back: personal data in the address"
# A file under this version always gives the same rows; raise it when rules change what is kept.
_VERSION = "2"


@dataclass(slots=True)
class Imported:
    """What became of each line: lines = kept + comments + malformed + everything skipped."""

    site: str
    lines: int = 0
    kept: int = 0
    page_views: int = 0
    errors: int = 0
    bots: int = 0  # of those kept, marked as programs
    comments: int = 0  # blank lines and lines of the format itself
    malformed: int = 0
    first_malformed: list[tuple[int, str]] = field(default_factory=list)  # (line, why)
    skipped: Counter[str] = field(default_factory=Counter)
    files: int = 0
    held_files: int = 0
    worker: str = ""


def import_weblog(
    path: Path, *, site: str, at: datetime, form: str = "auto", server: str = "", by: str = "system"
) -> Imported:
    """The reconciliation, after every event of the log stands in the buffer for sealing.

    The files of the buffer are named by what the log holds: the lake takes each of them once, so
    the same log twice changes nothing. They appear together, at the end: a crash leaves none.
    `at` is the moment of the import; `server` tells servers of one site apart.
    """
    known = site_to_fill(site)
    worker = f"import-{_digest_of(path, site, server, form)}"
    report = Imported(site, worker=worker)
    staging = data_folder() / "imports" / worker
    with _alone(staging):
        rows = _rows(path, report, form=form, server=server, known=known, at=at)
        _write(rows, staging, report)
        if report.lines == report.malformed + report.comments:
            raise Unusable(
                f"{path.name} has no line that could be read as a request.",
                fix="Logs in Common, Combined, CloudFront or W3C format can be read.",
            )
        _hand_over(staging / HELD_BUFFER, data_folder() / HELD_BUFFER / worker, report.held_files)
        _hand_over(staging / BUFFER, data_folder() / BUFFER / worker, report.files)
    record(
        actor=by,
        action="import_weblog",
        subject=f"telemetry.Site:{site}",
        detail={"worker": worker, "lines": report.lines, "kept": report.kept},
    )
    return report


def _digest_of(path: Path, site: str, server: str, form: str) -> str:
    """Twenty digits of what the file holds, unpacked, for this site: packing changes nothing."""
    digest = hashlib.blake2b(f"{_VERSION}\0{site}\0{server}\0{form}\0".encode(), digest_size=10)
    with _opened(path) as file:
        try:
            while piece := file.read(1 << 20):
                digest.update(piece)
        except (OSError, EOFError) as problem:
            raise Unusable(f"{path.name} cannot be read to its end: {problem}.") from None
    return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, unpacked where it is gzip, whatever it is called."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        if packed:
            with gzip.open(raw) as file:
                yield file  # type: ignore[misc]
        else:
            yield raw


def _lines(file: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each line and whether it is whole; one that is too long is read over in pieces."""
    while line := file.readline(LONGEST_LINE):
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        rest = line
        while not rest.endswith(b"\n") and len(rest) == LONGEST_LINE:
            rest = file.readline(LONGEST_LINE)
        yield line, whole


def _rows(
    path: Path, report: Imported, *, form: str, server: str, known: KnownSite, at: datetime
) -> Iterator[tuple[EventRow, bool]]:
    """The rows, and whether each is held back; the salt of visitors lives as long as this loop."""
    reading, occurrences = Reading(form), Occurrences()
    salt = secrets.token_bytes(32)
    received = int(at.timestamp() * 1_000_000)
    with _opened(path) as file:
        for report.lines, (line, whole) in enumerate(_lines(file), start=1):
            try:
                if not whole:
                    raise Malformed(f"longer than {LONGEST_LINE:,} bytes")
                request = reading.request_of(line.decode("utf-8", "replace"))
            except Malformed as problem:
                _refuse(report, str(problem))
                continue
            if request is None:
                report.comments += 1
                continue
            seen = seen_in(request)
            if seen.skipped:
                report.skipped[seen.skipped] += 1
                continue
            content = content_of(request, report.site, server)
            row = row_of(
                request,
                seen,
                site=report.site,
                service=known.service,
                received=received,
                salt=salt,
                occurrence=occurrences.next_of(content),
                content=content,
            )
            is_held = row.source != "weblog" and known.tier != 3
            _count(row, report, is_held=is_held)
            yield row, is_held


def _count(row: EventRow, report: Imported, *, is_held: bool) -> None:
    if is_held:
        report.skipped[HELD_BACK] += 1
        return
    row.source = "weblog"
    report.kept += 1
    report.bots += row.bot
    report.page_views += row.kind == "page_view"
    report.errors += row.kind == "error"


def _refuse(report: Imported, why: str) -> None:
    report.malformed += 1
    if len(report.first_malformed) < _FIRST_LINES:
        report.first_malformed.append((report.lines, why))


@contextmanager
def _alone(staging: Path) -> Iterator[None]:
    """An empty folder to write in, for one import at a time; gone at the end."""
    staging.parent.mkdir(parents=True, exist_ok=True)
    with staging.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Conflict("This file is being imported already.") from None
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(mode=0o700)
        try:
            yield
        finally:
            shutil.rmtree(staging, ignore_errors=True)
            staging.with_suffix(".lock").unlink(missing_ok=True)


def _write(rows: Iterator[tuple[EventRow, bool]], staging: Path, report: Imported) -> None:
    """Files of the buffer in staging, each durable, numbered from 1; held rows apart."""
    encoder = msgspec.json.Encoder()
    with _Files(staging / BUFFER) as kept, _Files(staging / HELD_BUFFER) as held:
        for row, is_held in rows:
            (held if is_held else kept).add(encoder.encode(row) + b"\n")
    report.files, report.held_files = kept.count, held.count


class _Files:
    """Files of up to ROWS_IN_A_FILE lines in a folder, each durable when the next begins."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0
        self._file: IO[bytes] | None = None
        self._rows = 0

    def __enter__(self) -> _Files:
        self.folder.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def add(self, line: bytes) -> None:
        """Writes the line, in a new file when the last is full."""
        if self._file is None or self._rows == ROWS_IN_A_FILE:
            self._close()
            self.count += 1
            self._file = (self.folder / f"{self.count:012d}.log").open("wb")
            self._rows = 0
        self._file.write(line)
        self._rows += 1

    def _close(self) -> None:
        if self._file is None:
            return
        with self._file as file:
            self._file = None
            file.flush()
            os.fsync(file.fileno())


def _hand_over(staging: Path, folder: Path, files: int) -> None:
    """Moves the files where sealing finds them, in order; each appears whole or not at all."""
    if not files:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, files + 1):
        name = f"{number:012d}.log"
        (staging / name).replace(folder / name)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
