"""The table `counts`: numbers that others have counted, beside the events and apart from them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cx280.kernel.problem import Unusable
from cx280.lake.tables import storage_options

if TYPE_CHECKING:
    from deltalake import DeltaTable

COUNTS = "counts"
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
_TRIES = 5


class CountRow(NamedTuple):
    """One number: of which site and report, when, of which group, what was counted.

    `at` is as the source writes it (dap.Count), in the source's own time zone.
    """

    site: str
    report: str
    at: str
    dimension: str
    value: str
    metric: str
    number: float


class Changed(NamedTuple):
    """What a replacement did to the table, in rows."""

    added: int
    replaced: int
    removed: int
    unchanged: int


class Known(NamedTuple):
    """What is kept: the reports of each site by name. The stamp changes whenever that does."""

    stamp: str
    reports: dict[str, list[str]]


class Counts:
    """The table at a lake's address: a folder, or `s3://bucket/prefix` with AWS_* set.

    Made when first written; until then it reads as empty. Every row has one number for its site,
    report, time, group and metric.
    """

    def __init__(self, address: str | Path) -> None:
        text = str(address)
        self.is_remote = "://" in text
        self.address = text.rstrip("/") if self.is_remote else str(Path(text).resolve())
        self.uri = f"{self.address}/{COUNTS}"
        self.storage = storage_options() if self.is_remote else {}

    def replace(self, rows: Sequence[CountRow]) -> Changed:
        """Puts the rows in the place of all that is kept of the same site, report and time.

        Raises Unusable for a site or report that is not a word of letters, digits and `_.:-`.
        One commit for each site and report; none at all where nothing differs, so a file brought
        in twice changes nothing. A time that the rows do not name keeps what it has.
        """
        total = Changed(0, 0, 0, 0)
        wanted = sorted({(_safe(each.site), _safe(each.report)) for each in rows})
        for site, report in wanted:
            mine = [each for each in rows if (each.site, each.report) == (site, report)]
            done = self._replace_report(site, report, mine)
            total = Changed(*(a + b for a, b in zip(total, done, strict=True)))
        return total

    def read(self, site: str, report: str = "") -> list[CountRow]:
        """What is kept of a site, or of one of its reports, by report and time."""
        table = self._table()
        if table is None:
            return []
        return sorted(_rows_of(table, site, report))

    def known(self) -> Known:
        """Which reports each site has, and the version of the table that says so."""
        table = self._table()
        if table is None:
            return Known("", {})
        found: dict[str, list[str]] = {}
        for each in table.partitions():
            found.setdefault(each["site"], []).append(each["report"])
        stamp = f"{self.uri} {table.metadata().id} {table.version()}"
        return Known(stamp, {site: sorted(set(reports)) for site, reports in found.items()})

    def _replace_report(self, site: str, report: str, rows: Sequence[CountRow]) -> Changed:
        from deltalake.exceptions import CommitFailedError

        for left in reversed(range(_TRIES)):
            try:
                return self._try_to_replace(site, report, rows)
            except CommitFailedError:  # another import wrote meanwhile: read again
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _try_to_replace(self, site: str, report: str, rows: Sequence[CountRow]) -> Changed:
        table = self._table()
        before = list(_rows_of(table, site, report)) if table else []
        times = {each.at for each in rows}
        old = {each[:6]: each.number for each in before if each.at in times}
        new = {each[:6]: each.number for each in rows}
        changed = Changed(
            added=len(new.keys() - old.keys()),
            replaced=sum(1 for key in new.keys() & old.keys() if new[key] != old[key]),
            removed=len(old.keys() - new.keys()),
            unchanged=sum(1 for key in new.keys() & old.keys() if new[key] == old[key]),
        )
        if changed.added or changed.replaced or changed.removed:
            kept = [each for each in before if each.at not in times]
            fresh = [CountRow(*key, number) for key, number in new.items()]
            self._write(table, site, report, sorted([*kept, *fresh]))
        return changed

    def _write(
        self, table: DeltaTable | None, site: str, report: str, rows: Sequence[CountRow]
    ) -> None:
        import pyarrow as pa
        from deltalake import write_deltalake

        columns = list(zip(*rows, strict=True))
        arrow = pa.table(
            {
                name: pa.array(column, pa.float64() if name == "number" else pa.string())
                for name, column in zip(CountRow._fields, columns, strict=True)
            }
        )
        if table is None:
            if not self.is_remote:
                Path(self.uri).mkdir(parents=True, exist_ok=True)
            write_deltalake(
                self.uri,
                arrow,
                mode="error",
                partition_by=["site", "report"],
                storage_options=self.storage,
            )
        else:
            predicate = f"site = '{site}' AND report = '{report}'"  # both are safe words
            write_deltalake(table, arrow, mode="overwrite", predicate=predicate)

    def exists(self) -> bool:
        """Whether anything was ever written."""
        from deltalake import DeltaTable

        return DeltaTable.is_deltatable(self.uri, self.storage)

    def snapshot(self) -> DeltaTable:
        """The table as it is now, where it is."""
        from deltalake import DeltaTable

        return DeltaTable(self.uri, storage_options=self.storage)

    def _table(self) -> DeltaTable | None:
        return self.snapshot() if self.exists() else None


def _rows_of(table: DeltaTable, site: str, report: str) -> Iterable[CountRow]:
    found = table.to_pyarrow_table(filters=_filters(site, report))
    columns = [found.column(name).to_pylist() for name in CountRow._fields]
    return (CountRow(*row) for row in zip(*columns, strict=True))


def _filters(site: str, report: str = "") -> list[tuple[str, str, str]]:
    wanted = [("site", "=", site)]
    return [*wanted, ("report", "=", report)] if report else wanted


def _safe(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Unusable(f"“{name}” cannot name a site or a report.")
    return name


def lake_address() -> str:
    """Where the lake is: CX280_LAKE, or the folder `lake` among the data."""
    folder = Path(os.environ.get("CX280_DATA", "var")) / "lake"
    return os.environ.get("CX280_LAKE") or str(folder)
