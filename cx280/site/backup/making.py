"""Makes a backup: whole or not there, in the order that makes it one moment."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Protocol

import msgspec

from cx280 import __version__
from cx280.kernel.problem import Unusable
from cx280.lake.copying import copy_counts, copy_to
from cx280.lake.counts import Counts
from cx280.lake.sealing import SET_ASIDE
from cx280.lake.tables import EVENTS, HELD, Lake
from cx280.site.backup import record
from cx280.site.backup.manifest import Events, Manifest, Record, files_of, write_manifest
from cx280.site.backup.waiting import copy_buffer, go_on_above
from cx280.site.backup.where import BUFFERS, KEY, LAKE, LEFT_OUT, Place

_DRAFT = ".cx280-backup-"


class Tell(Protocol):
    """How far it is, for whoever waits."""

    def stage(self, words: str) -> None:
        """Says what begins now."""
        ...

    def seen(self, size: int) -> None:
        """Adds bytes that are done."""
        ...


def back_up(place: Place, target: Path, *, with_key: bool, tell: Tell) -> Manifest:
    """Copies the record, the lake and what waits for it into the folder `target`; its manifest.

    Safe while everything runs. Raises `Unusable` where something is at `target` already, and
    leaves nothing there unless all of it is on the disk.
    """
    if target.exists() or target.is_symlink():
        raise Unusable(
            f"There is something at {target} already; a backup never overwrites.",
            fix="Name a folder that does not exist yet.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    began = datetime.now(UTC)
    with _draft(target.parent) as draft:
        events = _copy_events(place, draft, tell)
        tell.stage("Copying the record")
        kept = record.copy_record(place.database, draft, tell.seen)
        if with_key and place.key:
            _write_key(draft / KEY, place.key)
        tell.stage("Writing down what is in it")
        manifest = _manifest(draft, began, kept, events, with_key=with_key)
        write_manifest(draft, manifest)
        _to_the_disk(draft)
        draft.rename(target)
        _to_the_disk(target.parent, below=False)
    return manifest


def _copy_events(place: Place, draft: Path, tell: Tell) -> Events:
    """The order is the point: see the folder's docstring."""
    held, events = Lake(place.lake, HELD), Lake(place.lake)
    counts = Counts(place.lake)
    tell.stage("Copying the buffer and the lake")
    found = Events({})
    for name, lake in ((BUFFERS[HELD], held), (BUFFERS[EVENTS], events)):
        waiting = copy_buffer(place.data / name, draft / name)
        if lake is events and (place.data / SET_ASIDE).is_dir():
            shutil.copytree(place.data / SET_ASIDE, draft / SET_ASIDE)
        copied = copy_to(lake, draft / LAKE, tell.seen) if lake.exists() else None
        go_on_above(draft / name, Lake(draft / LAKE, lake.name))
        days = {day.isoformat(): count for day, count in copied.days.items()} if copied else {}
        found = (
            msgspec.structs.replace(found, days=days, waiting=waiting)
            if lake is events
            else msgspec.structs.replace(found, held=sum(days.values()), waiting_held=waiting)
        )
    if counts.exists():
        numbers = copy_counts(counts, draft / LAKE, tell.seen).events
        found = msgspec.structs.replace(found, counts=numbers)
    return found


def _manifest(
    draft: Path, began: datetime, kept: Record, events: Events, *, with_key: bool
) -> Manifest:
    left_out = {name: why for name, why in LEFT_OUT.items() if not (with_key and name == KEY)}
    return Manifest(
        version=__version__,
        began=began,
        ended=datetime.now(UTC),
        record=kept,
        events=events,
        left_out=left_out,
        files=files_of(draft),
    )


@contextmanager
def _draft(parent: Path) -> Iterator[Path]:
    """A folder for its owner alone, beside the target; gone at the end unless it was moved.

    Locked, so that the next backup can tell what a killed one left behind, and removes it.
    """
    for left in parent.glob(f"{_DRAFT}*/"):
        with suppress(OSError), _locked(left):
            shutil.rmtree(left)
    draft = Path(mkdtemp(dir=parent, prefix=_DRAFT))
    with _locked(draft):
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _write_key(path: Path, key: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(key)


def _to_the_disk(folder: Path, *, below: bool = True) -> None:
    """Waits until a folder, and all below it, would survive a power cut."""
    for each in [folder, *(folder.rglob("*") if below else ())]:
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
