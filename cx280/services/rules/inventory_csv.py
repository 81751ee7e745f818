"""An inventory as one CSV table, a row a service; cells with lists are written by `items`."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from cx280.kernel.problem import Unusable
from cx280.services.rules import items
from cx280.services.rules.record import (
    ChannelRecord,
    CustomerRecord,
    JourneyRecord,
    PartnerRecord,
    ReviewRecord,
    RoleRecord,
    RowProblem,
    ServiceRecord,
    StepRecord,
    VolumeRecord,
)

COLUMNS = ServiceRecord.__struct_fields__
TEXTS = COLUMNS[: COLUMNS.index("eligible_population")]
_NEEDED = {"code", "name", "unit"}
# A cell that starts with one of these would run as a formula in a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def to_csv(records: Iterable[ServiceRecord]) -> Iterator[str]:
    """The table line by line: the header, then a line a service, sorted by code."""
    yield _line(COLUMNS)
    for record in sorted(records, key=lambda each: each.code):
        yield _line([_safe(cell) for cell in _cells(record)])


def from_csv(text: str) -> tuple[list[ServiceRecord], list[RowProblem]]:
    """The records of the table, and why others could not be read.

    Columns may stand in any order and others than code, name and unit may be absent; raises
    Unusable for an unknown column or a table without those three.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    records: list[ServiceRecord] = []
    problems: list[RowProblem] = []
    try:
        header = _checked_header(next(reader, []))
        for number, row in enumerate((row for row in reader if any(row)), start=1):
            try:
                records.append(_record(header, row))
            except Unusable as problem:
                problems.append(RowProblem(number, problem.message))
    except csv.Error as problem:
        raise Unusable(f"This is not a CSV table: {problem}.") from problem
    return records, problems


def _checked_header(header: Sequence[str]) -> list[str]:
    names = [each.strip() for each in header]
    unknown = [each for each in names if each not in COLUMNS]
    if unknown:
        raise Unusable(f"The table has columns that are not known: {', '.join(unknown)}.")
    missing = sorted(_NEEDED - set(names))
    if missing or len(set(names)) < len(names):
        raise Unusable(
            f"The table lacks the column {', '.join(missing)}."
            if missing
            else "The table has a column twice."
        )
    return names


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_MINIMAL).writerow(cells)
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _cells(record: ServiceRecord) -> list[str]:
    return [
        *(str(getattr(record, each)) for each in TEXTS),
        _number(record.eligible_population),
        _day(record.retired_on),
        items.written(
            [each.channel, _day(each.since), _day(each.until)] for each in record.channels
        ),
        items.written([each.task, each.performer] for each in record.roles),
        items.written([each] for each in record.tools),
        items.written([each.type, each.path] for each in record.customers),
        items.written(
            [str(each.fiscal_year), str(each.customers), each.source, each.channel]
            for each in record.volumes
        ),
        items.written([each.unit, each.name, each.contact] for each in record.partners),
        items.written(_step_rows(record.journeys)),
        items.written(
            [_day(each.on), each.outcome, each.reason, each.reviewer] for each in record.reviews
        ),
    ]


def _step_rows(journeys: Iterable[JourneyRecord]) -> Iterator[list[str]]:
    """A row a step, led by its journey's name; a journey without steps is its name alone.

    The kind of interaction follows the stage after a slash, `process/apply`: the fields after
    the ninth are tools, and files written before it was kept still read.
    """
    for journey in journeys:
        if not journey.steps:
            yield [journey.name]
        for step in journey.steps:
            yield [
                journey.name,
                step.name,
                f"{step.stage}/{step.transaction_type}".rstrip("/"),
                step.channel,
                step.unit,
                step.moment,
                step.front_stage,
                step.back_stage,
                step.policy,
                *step.tools,
            ]


def _record(header: Sequence[str], row: Sequence[str]) -> ServiceRecord:
    if len(row) > len(header):
        raise Unusable(f"The row has {len(row)} cells where the header has {len(header)}.")
    cells = {name: _plain(cell) for name, cell in zip(header, row, strict=False)}
    parsed: dict[str, object] = {name: cells[name] for name in TEXTS if name in cells}
    for name, parse in _PARSERS.items():
        if name in cells:
            parsed[name] = parse(cells[name])
    return ServiceRecord(**parsed)  # type: ignore[arg-type]


def _fields(item: list[str], least: int, most: int, what: str) -> list[str]:
    if not least <= len(item) <= most:
        raise Unusable(f"A {what} has {len(item)} fields where {least} to {most} belong.")
    return item + [""] * (most - len(item))


def _channels(cell: str) -> tuple[ChannelRecord, ...]:
    rows = [_fields(each, 1, 3, "channel") for each in items.read(cell)]
    return tuple(ChannelRecord(channel=a, since=to_day(b), until=to_day(c)) for a, b, c in rows)


def _roles(cell: str) -> tuple[RoleRecord, ...]:
    rows = [_fields(each, 2, 2, "role") for each in items.read(cell)]
    return tuple(RoleRecord(task=a, performer=b) for a, b in rows)


def _tools(cell: str) -> tuple[str, ...]:
    return tuple(_fields(each, 1, 1, "tool")[0] for each in items.read(cell))


def _customers(cell: str) -> tuple[CustomerRecord, ...]:
    rows = [_fields(each, 2, 2, "customer") for each in items.read(cell)]
    return tuple(CustomerRecord(type=a, path=b) for a, b in rows)


def _volumes(cell: str) -> tuple[VolumeRecord, ...]:
    rows = [_fields(each, 3, 4, "volume") for each in items.read(cell)]
    return tuple(
        VolumeRecord(fiscal_year=_whole(a), customers=_whole(b), source=c, channel=d)
        for a, b, c, d in rows
    )


def _partners(cell: str) -> tuple[PartnerRecord, ...]:
    rows = [_fields(each, 1, 3, "partner") for each in items.read(cell)]
    return tuple(PartnerRecord(unit=a, name=b, contact=c) for a, b, c in rows)


def _reviews(cell: str) -> tuple[ReviewRecord, ...]:
    rows = [_fields(each, 2, 4, "review") for each in items.read(cell)]
    return tuple(ReviewRecord(on=_a_day(a), outcome=b, reason=c, reviewer=d) for a, b, c, d in rows)


def _journeys(cell: str) -> tuple[JourneyRecord, ...]:
    steps: dict[str, list[StepRecord]] = {}
    for item in items.read(cell):
        of_journey = steps.setdefault(item[0], [])
        if len(item) > 1:
            of_journey.append(_step(item))
    return tuple(JourneyRecord(name=name, steps=tuple(each)) for name, each in steps.items())


def _step(item: list[str]) -> StepRecord:
    _, name, stage, channel, unit, moment, front, back, policy = _fields(
        item[:9], 3, 9, "journey step"
    )
    part, _, kind = stage.partition("/")
    return StepRecord(
        name=name,
        stage=part,
        transaction_type=kind,
        channel=channel,
        unit=unit,
        moment=moment,
        front_stage=front,
        back_stage=back,
        policy=policy,
        tools=tuple(item[9:]),
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def to_day(cell: str) -> date | None:
    """The day in a cell, None for a blank one; raises Unusable for anything else."""
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise Unusable(f"“{cell}” is not a date; write it like 2022-01-28.") from None


def _a_day(cell: str) -> date:
    day = to_day(cell)
    if day is None:
        raise Unusable("A review needs its day.")
    return day


def _whole(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise Unusable(f"“{cell}” is not a whole number.") from None


def _maybe_whole(cell: str) -> int | None:
    return _whole(cell) if cell.strip() else None


_PARSERS: dict[str, Callable[[str], object]] = {
    "eligible_population": _maybe_whole,
    "retired_on": to_day,
    "channels": _channels,
    "roles": _roles,
    "tools": _tools,
    "customers": _customers,
    "volumes": _volumes,
    "partners": _partners,
    "journeys": _journeys,
    "reviews": _reviews,
}
