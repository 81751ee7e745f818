"""Which local days of which services are counted together: as many as memory allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

# Rows that one question looks through: what bounds its memory.
ROWS = 400_000


@dataclass(slots=True)
class Batch:
    """Days from first to last, both counted; services, and parts that one of them lacks."""

    first: date
    last: date
    services: set[int] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    rows: int = 0


def batches(
    days: Iterable[tuple[date, Mapping[int, Iterable[str]], Mapping[int, int]]],
) -> Iterator[Batch]:
    """The days put together, newest first.

    days: newest first, each with the parts that each service lacks, whoever is to be counted first
    standing first, and the rows that each is counted from. A day with more rows than fit is divided
    by services; small days of the same services that follow one another are counted together.
    """
    open_batch: Batch | None = None
    for day, lacking, rows in days:
        for each in _of_day(day, lacking, rows):
            if open_batch is None:
                open_batch = each
            elif _fit(open_batch, each):
                open_batch = _together(open_batch, each)
            else:
                yield open_batch
                open_batch = each
    if open_batch is not None:
        yield open_batch


def _of_day(
    day: date, lacking: Mapping[int, Iterable[str]], rows: Mapping[int, int]
) -> Iterator[Batch]:
    """Services that lack the same, as many as fit."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for service, parts in lacking.items():
        if told := tuple(parts):
            alike.setdefault(told, []).append(service)
    whole = sum(rows.get(each, 0) for each in lacking)
    if whole <= ROWS and alike:
        services = {each for many in alike.values() for each in many}
        yield Batch(day, day, services, {part for told in alike for part in told}, whole)
        return
    for told, services_alike in alike.items():
        batch = Batch(day, day, parts=set(told))
        for service in services_alike:
            if batch.services and batch.rows + rows.get(service, 0) > ROWS:
                yield batch
                batch = Batch(day, day, parts=set(told))
            batch.services.add(service)
            batch.rows += rows.get(service, 0)
        yield batch


def _fit(newer: Batch, older: Batch) -> bool:
    is_next = newer.first - timedelta(days=1) == older.first
    # Of other services the rows on these days are not known: a day could be many times as large.
    alike = newer.services == older.services
    return is_next and alike and newer.rows + older.rows <= ROWS


def _together(newer: Batch, older: Batch) -> Batch:
    return Batch(
        older.first,
        newer.last,
        newer.services,
        newer.parts | older.parts,
        newer.rows + older.rows,
    )
