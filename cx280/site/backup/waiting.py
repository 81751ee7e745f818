"""Copies a buffer that is being written and sealed: every line acknowledged before it began."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from cx280.lake.buffer import whole_lines
from cx280.lake.sealing import app_of
from cx280.lake.tables import Lake

_KEPT = ("identity", "next")  # beside the files: whose numbers they are, and the next one


def copy_buffer(source: Path, target: Path) -> int:
    """How many lines were copied.

    A file that is open is copied up to its last whole line and closed. One that vanishes was
    sealed meanwhile: the lake, copied later, has it.
    """
    lines = 0
    for found in sorted([*source.glob("*/*.open"), *source.glob("*/*.log")], key=_open_first):
        copy = target / found.parent.name / f"{found.stem}.log"
        if _copied(found, copy) or _copied(found.with_suffix(".log"), copy):
            keep = whole_lines(copy)
            os.truncate(copy, keep)
            if not keep:
                copy.unlink()
    for name in _KEPT:
        for found in (*source.glob(name), *source.glob(f"*/{name}")):
            _copied(found, target / found.relative_to(source))
    for each in target.glob("*/*.log"):
        lines += _lines_of(each)
    return lines


def go_on_above(buffer: Path, lake: Lake) -> None:
    """Lets no worker of a copied buffer give a number again that its lake has taken.

    The lake was copied after the buffer and may know later files than `next` does; a number given
    twice would make it throw the second file away.
    """
    if not lake.exists() or not (buffer / "identity").exists():
        return
    for folder in buffer.glob("*/"):
        last = lake.handed_over(app_of(folder))
        kept = folder / "next"
        said = kept.read_text(encoding="ascii").strip() if kept.exists() else ""
        if last >= (int(said) if said.isdigit() else 0):
            kept.write_text(f"{last + 1}\n", encoding="ascii")


def _open_first(path: Path) -> tuple[bool, str]:
    """Open ones first: closed meanwhile, they are copied again, whole."""
    return path.suffix == ".log", str(path)


def _copied(source: Path, target: Path) -> bool:
    try:
        with source.open("rb") as file:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as copy:
                shutil.copyfileobj(file, copy, 1 << 20)
    except FileNotFoundError:
        return False
    return True


def _lines_of(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
