"""Which events of a batch the table has already.

An event sent again has the time it had, so it is looked for where that time is: in row groups of
its service, at its day. Most of a batch is of the last minutes and is looked for in one go. What
comes late, from a telephone that had no network or a program that tells of yesterday, is looked for
by service and apart: from the first to the last time of a batch there may be two million others,
and reading them took 2.5 seconds of processor time where one look apart takes hundredths.

An event whose clock was corrected has another time when it comes again. Those are rare: all ids
since the day before are read, and which they are is remembered (`lake.corrected`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cx280.lake.corrected import Corrected
from cx280.lake.engines import DuckDB
from cx280.lake.tables import Lake

if TYPE_CHECKING:
    import pyarrow as pa

Key = tuple[str, str]  # site and id
_MICROS = 1_000_000
_RECENT = 600 * _MICROS
# Times of one service that lie so close are looked for together.
_CLOSE = 60 * _MICROS
# Looks of one batch at late events, beyond which times further apart go together.
_LOOKS = 24
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SAME_TIME = """
SELECT DISTINCT site, id FROM events
WHERE day BETWEEN $first::TIMESTAMPTZ::DATE AND $last::TIMESTAMPTZ::DATE
AND events.at BETWEEN $first AND $last AND list_contains($services, service)
AND id IN (SELECT unnest($ids))
"""
_SAME_ID = """
SELECT DISTINCT site, id FROM events
WHERE day >= $first::DATE - 1 AND id IN (SELECT unnest($ids))
"""


@dataclass(frozen=True, slots=True)
class Look:
    """Events of some services between two times, both included, in microseconds since 1970."""

    services: frozenset[int]
    first: int
    last: int
    ids: tuple[str, ...]


class Known:
    """What tells the events that the table has from new ones; for one sealing."""

    def __init__(self, lake: Lake, buffer_folder: Path) -> None:
        self._engine = DuckDB(lake, fresh_seconds=0)
        self._corrected = Corrected(buffer_folder)

    def new_of(self, batch: pa.Table) -> pa.Table:
        """The events that the table does not have, by site and id."""
        import pyarrow as pa

        if not batch.num_rows:
            return batch
        keys = _keys(batch)
        known = self._at_their_time(batch) | self._under_another_time(batch, keys)
        if not known:
            return batch
        return batch.filter(pa.array([key not in known for key in keys]))

    def remember(self, new: pa.Table) -> None:
        """Keeps which of the events have a corrected time; before the table has them."""
        self._corrected.add(_days(new.filter(new["skewed"])))

    def _at_their_time(self, batch: pa.Table) -> set[Key]:
        found: set[Key] = set()
        for look in looks(_rows(batch)):
            found |= self._ask(
                _SAME_TIME,
                first=_EPOCH + timedelta(microseconds=look.first),
                last=_EPOCH + timedelta(microseconds=look.last),
                services=sorted(look.services),
                ids=list(look.ids),
            )
        return found

    def _under_another_time(self, batch: pa.Table, keys: Sequence[Key]) -> set[Key]:
        moved = _days(batch.filter(batch["skewed"]))
        then = self._corrected.among(keys)
        days = [*moved.values(), *then.values()]
        if not days:
            return set()
        ids = sorted({name for _, name in [*moved, *then]})
        return self._ask(_SAME_ID, first=min(days), ids=ids)

    def _ask(self, sql: str, **about: object) -> set[Key]:
        rows = self._engine.answer(sql, **about)
        return {(str(each["site"]), str(each["id"])) for each in rows}


def looks(rows: Iterable[tuple[int, int, str]]) -> list[Look]:
    """Where events are to be looked for; rows are their times, services and ids, at least one."""
    rows = sorted(rows)
    recent = rows[-1][0] - _RECENT
    late: dict[int, list[tuple[int, int, str]]] = {}
    for row in rows:
        if row[0] < recent:
            late.setdefault(row[1], []).append(row)
    found = [_look([each for each in rows if each[0] >= recent])]
    for of_service in late.values():
        found += map(_look, _parts(of_service, most=max(1, _LOOKS // len(late))))
    return found


def _look(rows: Sequence[tuple[int, int, str]]) -> Look:
    services = frozenset(service for _, service, _ in rows)
    return Look(services, rows[0][0], rows[-1][0], tuple(name for _, _, name in rows))


def _parts(
    rows: Sequence[tuple[int, int, str]], most: int
) -> Iterator[Sequence[tuple[int, int, str]]]:
    """Rows by time, parted where most time lies between two of them."""
    gaps = [(rows[at][0] - rows[at - 1][0], at) for at in range(1, len(rows))]
    wide = sorted((each for each in gaps if each[0] > _CLOSE), reverse=True)[: most - 1]
    start = 0
    for end in [*sorted(at for _, at in wide), len(rows)]:
        yield rows[start:end]
        start = end


def _rows(batch: pa.Table) -> Iterator[tuple[int, int, str]]:
    import pyarrow as pa

    times = batch["at"].cast(pa.int64()).to_pylist()
    return zip(times, batch["service"].to_pylist(), batch["id"].to_pylist(), strict=True)


def _keys(batch: pa.Table) -> list[Key]:
    return list(zip(batch["site"].to_pylist(), batch["id"].to_pylist(), strict=True))


def _days(batch: pa.Table) -> dict[Key, date]:
    return dict(zip(_keys(batch), batch["day"].to_pylist(), strict=True))
