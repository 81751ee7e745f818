"""Which events the table has under a corrected time, so that they are known when they come again.

An event sent twice is found in the table by its time. One from the future was given the time of
receipt; if the sender's clock or ours is set right before it comes again, it comes with another
time, maybe days away. Those are rare, so their ids are remembered here, beside the buffer: the last
50,000 to 100,000, in two files of which the older goes when the newer is full. A line is durable
before the table has its event; one too many only costs a look.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

_MOST = 50_000
_line = msgspec.json.Decoder(tuple[str, str, date])
Key = tuple[str, str]


class Corrected:
    """The events with a corrected time that were sealed last: the day of each, by site and id."""

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        self._newer = folder / "corrected.lines"
        self._older = folder / "corrected-before.lines"
        self._most = most
        self._count = 0
        self._days: dict[Key, date] = {}
        self._end = 0  # of the newer file, as far as it can be read
        for path in (self._older, self._newer):
            found, self._end = _read(path)
            self._count = len(found)
            self._days.update(((site, name), day) for site, name, day in found)

    def among(self, keys: Iterable[Key]) -> dict[Key, date]:
        """Those of the events that may be in the table under a corrected time, with its day."""
        return {key: self._days[key] for key in keys if key in self._days} if self._days else {}

    def add(self, events: dict[Key, date]) -> None:
        """Remembers more; durable when it returns, and raises OSError on a full disk."""
        new = {key: day for key, day in events.items() if self._days.get(key) != day}
        if not new:
            return
        if self._count >= self._most:
            self._newer.replace(self._older)
            self._count = self._end = 0
        lines = b"".join(
            msgspec.json.encode((*key, day)) + b"\n" for key, day in sorted(new.items())
        )
        with self._newer.open("r+b" if self._newer.exists() else "xb") as file:
            file.truncate(self._end)  # half a line, where a full disk or a crash left one
            file.seek(self._end)
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        self._end += len(lines)
        self._count += len(new)
        self._days.update(new)


def _read(path: Path) -> tuple[list[tuple[str, str, date]], int]:
    """What stands in the file, and where its last whole line ends; nothing where it is spoilt."""
    found = path.read_bytes() if path.exists() else b""
    end = found.rfind(b"\n") + 1
    try:
        return _line.decode_lines(found[:end]), end
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return [], 0
