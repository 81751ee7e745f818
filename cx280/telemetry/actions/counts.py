"""Brings counts that others have made into the lake."""

from __future__ import annotations

import gzip
from pathlib import Path

from cx280.audit.actions import record
from cx280.kernel.problem import Unusable
from cx280.lake.counts import Changed, CountRow, Counts, lake_address
from cx280.telemetry.queries.known_sites import site_to_fill
from cx280.telemetry.rules.dap import Reconciliation, read_counts

# Exports are small: a year of browsers for every Federal site is 5 MB.
LARGEST = 100 * 1024 * 1024


def import_counts(
    path: Path, *, site: str, covers: str = "", report: str = "", by: str = "system"
) -> tuple[Reconciliation, Changed]:
    """What became of each row of an export, and what changed in the lake for it.

    The rows take the place of what is kept of the same site, report and time; the same file twice
    changes nothing. `report` names the report otherwise than its file does.
    """
    site_to_fill(site)
    found = read_counts(_content(path), path.name, covers=covers)
    name = report or found.report
    rows = [
        CountRow(site, name, each.at, each.dimension, each.value, each.metric, each.number)
        for each in found.counts
    ]
    changed = Counts(lake_address()).replace(rows)
    if any(changed[:3]):
        record(
            actor=by,
            action="import_counts",
            subject=f"telemetry.Site:{site}",
            detail={"report": name, "rows": found.rows, **changed._asdict()},
        )
    return found, changed


def _content(path: Path) -> bytes:
    """The bytes of the file, unpacked; raises Unusable for one that is no export by its size."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, EOFError) as problem:
        raise Unusable(f"{path.name} cannot be read: {problem}.") from None
    if len(content) > LARGEST:
        raise Unusable(f"{path.name} is larger than 100 MB.", fix="Import it in parts.")
    return content
