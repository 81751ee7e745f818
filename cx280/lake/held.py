"""Lets events that were held back in among the others: exactly once, in bounded memory."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cx280.kernel.problem import Unusable
from cx280.lake.buffer import IMPORTED
from cx280.lake.columns import COLUMNS, EventRow
from cx280.lake.tables import HELD, TIMES, Lake

if TYPE_CHECKING:
    from deltalake import DeltaTable

_ROWS = 10_000
_TRIES = 3
_encoder = msgspec.json.Encoder()


def let_in(address: str | Path, site: str, data: Path) -> int:
    """How many held events of the site went into the buffer, for sealing among the others.

    They stand in the buffer before they leave the table of those held back: a crash between the
    two leaves them in both, and sealing knows them by their ids. An event that was held back
    meanwhile stays held. `data` is the folder the buffer is in.
    """
    from deltalake.exceptions import CommitFailedError

    lake = Lake(address, HELD)
    for _ in range(_TRIES if lake.exists() else 0):
        table = lake.snapshot()
        count = _into_the_buffer(table, site, data)
        with suppress(CommitFailedError):  # more were held back meanwhile: look again
            if count:
                table.delete(f"site = '{_safe(site)}'")
            return count
    return 0


def drop(address: str | Path, site: str) -> int:
    """How many held events of the site are forgotten, from the disk too."""
    lake = Lake(address, HELD)
    if not lake.exists():
        return 0
    gone = lake.snapshot().delete(f"site = '{_safe(site)}'")
    lake.snapshot().vacuum(0, dry_run=False, enforce_retention_duration=False)
    return int(gone["num_deleted_rows"])


def _safe(site: str) -> str:
    if not site.isalnum():
        raise Unusable(f"“{site}” is not the key of a site.")
    return site


def _into_the_buffer(table: DeltaTable, site: str, data: Path) -> int:
    worker = f"{IMPORTED}held-{secrets.token_hex(8)}"
    staging, count = data / "imports" / worker, 0
    staging.mkdir(parents=True, mode=0o700)
    try:
        for number, lines in enumerate(_lines(table, site), start=1):
            with (staging / f"{number:012d}.log").open("wb") as file:
                file.write(b"".join(lines))
                file.flush()
                os.fsync(file.fileno())
            count += len(lines)
        if count:
            (data / "buffer").mkdir(exist_ok=True)
            staging.rename(data / "buffer" / worker)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return count


def _lines(table: DeltaTable, site: str) -> Iterator[list[bytes]]:
    import pyarrow.dataset as ds

    found = table.to_pyarrow_dataset().to_batches(
        columns=list(COLUMNS), filter=ds.field("site") == site, batch_size=_ROWS
    )
    for batch in found:
        if batch.num_rows:
            yield [_encoder.encode(_row_of(each)) + b"\n" for each in batch.to_pylist()]


def _row_of(kept: dict[str, object]) -> EventRow:
    """The row as the collector would have written it: its source is the door alone."""
    times = {name: _micros(kept[name]) for name in TIMES}
    source = str(kept["source"]).partition(" ")[0]
    row = {**kept, **times, "source": source}
    return msgspec.convert([row[name] for name in COLUMNS], EventRow)


def _micros(moment: object) -> int:
    assert isinstance(moment, datetime)  # noqa: S101  # both are columns of times
    whole = int(moment.replace(microsecond=0).timestamp())
    return whole * 1_000_000 + moment.microsecond
