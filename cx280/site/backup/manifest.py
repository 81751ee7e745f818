"""What a backup says of itself: versions, counts, and the digest of every file."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

import msgspec

from cx280.kernel.problem import Unusable

NAME = "manifest.json"
FORMAT = 1
_PIECE = 1 << 20


class File(msgspec.Struct, frozen=True):
    """One file of a backup."""

    bytes: int
    sha256: str


class Record(msgspec.Struct, frozen=True):
    """The system of record: where it was kept, the rows of each table, migrations applied."""

    engine: str  # "sqlite" or "postgresql"
    rows: dict[str, int]
    migrations: list[str]  # "surveys.0003_versions"


class Events(msgspec.Struct, frozen=True):
    """The lake and its buffer: events by UTC day, those kept apart, numbers, lines waiting."""

    days: dict[str, int]
    held: int = 0
    counts: int = 0
    waiting: int = 0
    waiting_held: int = 0

    @property
    def events(self) -> int:
        """Events of the lake, of all days."""
        return sum(self.days.values())


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A backup: what is in it and what is not. Everything acknowledged before `began` is."""

    format: int = FORMAT
    version: str  # of cx280
    began: datetime
    ended: datetime
    record: Record
    events: Events
    left_out: dict[str, str]
    files: dict[str, File]

    @property
    def bytes(self) -> int:
        """Of all files together."""
        return sum(each.bytes for each in self.files.values())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Puts the manifest beside the files; durable when it returns."""
    with (folder / NAME).open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path) -> Manifest:
    """What the backup says of itself; raises `Unusable` where there is none to be trusted."""
    try:
        text = (folder / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Unusable(
            f"{folder} is no backup: it has no {NAME}.", fix="A backup cut off has none either."
        ) from None
    try:
        said = msgspec.json.decode(text)
        if isinstance(said, dict) and said.get("format", 0) > FORMAT:
            raise Unusable(
                f"{folder} was made by cx280 {said.get('version')}, which this one cannot read.",
                fix="Install that version or a newer one.",
            )
        return msgspec.convert(said, Manifest)
    except (msgspec.MsgspecError, TypeError) as problem:
        raise Unusable(f"The manifest of {folder} cannot be read: {problem}.") from None


def files_of(folder: Path) -> dict[str, File]:
    """Every file of a backup but the manifest, by its place."""
    found = sorted(each for each in folder.rglob("*") if each.is_file())
    return {
        str(each.relative_to(folder)): File(each.stat().st_size, digest_of(each))
        for each in found
        if each != folder / NAME
    }


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def faults_of(folder: Path, manifest: Manifest) -> list[str]:
    """What is missing, changed or too much in a backup, in whole sentences; [] when it is whole."""
    here = files_of(folder)
    said = manifest.files
    return [
        *(f"{name} is missing." for name in sorted(said.keys() - here.keys())),
        *(f"{name} is not in the manifest." for name in sorted(here.keys() - said.keys())),
        *(
            f"{name} is not what it was: its SHA-256 differs."
            for name in sorted(said.keys() & here.keys())
            if said[name] != here[name]
        ),
    ]
