"""Detection on the command line, for any CSV file of numbers in time; starts no Django."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cx280.kernel.problem import Unusable
from cx280.responses.reading import csv_rows

if TYPE_CHECKING:
    from cx280.stats.detection import Detection

_MISSING = {"", "na", "n/a", "nan", "null", "none", "."}


class Row(NamedTuple):
    """A row of the file: what is written in it, and what it says."""

    time: str
    value: str
    at: datetime
    number: float


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--scores",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write timestamp, value and anomaly_score (0 to 1) of each row here.",
)
@click.option(
    "--false-alarms-a-month",
    "a_month",
    default=1.0,
    show_default=True,
    help="How many you can live with; fewer finds less.",
)
@click.option(
    "--holidays/--no-holidays",
    default=True,
    show_default=True,
    help="Whether federal holidays, and days they make quiet, are known.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def detect(
    file: Path, scores: Path | None, a_month: float, *, holidays: bool, as_json: bool
) -> None:
    """What is unusual in FILE, a CSV of timestamp and value, newest or oldest first.

    What is said of a row rests on earlier rows alone. An empty value is missing. A score of 0.5
    is as rare as one in a thousand; while something goes on it is scored once.
    """
    from cx280.kernel.quiet_days import is_quiet
    from cx280.stats.detection import detect as detected

    rows = _rows(file)
    in_time = sorted(rows, key=lambda row: row.at)
    closed = [is_quiet(row.at.date()) for row in in_time] if holidays else None
    found = detected([row.at for row in in_time], [row.number for row in in_time], closed)
    alarms = _alarms(found, in_time, a_month)
    if scores:
        _write_scores(scores, rows, in_time, found)
    if as_json:
        told = {"rows": len(rows), "step_seconds": found.step, "alarms": alarms}
        click.echo(json.dumps(told, indent=2))
    else:
        _print(alarms, rows)


def _rows(file: Path) -> list[Row]:
    """The rows as they stand. Raises Unusable for a cell that is no time or no number."""
    with file.open("rb") as opened, csv_rows(opened, file.name) as (header, lines):
        if len(header) < 2:
            raise Unusable(
                f"{file.name} has one column; a time and a value are needed.",
                fix="Write the columns timestamp,value.",
            )
        time = "timestamp" if "timestamp" in header else header[0]
        value = "value" if "value" in header else next(each for each in header if each != time)
        rows = [_row(line, time, value, at) for at, line in enumerate(lines, start=2)]
    if len(rows) < 2:
        raise Unusable(f"{file.name} has {len(rows)} rows; at least two are needed.")
    if len({row.at.tzinfo is None for row in rows}) > 1:
        raise Unusable(f"{file.name} has times with a zone and times without; use one kind.")
    return rows


def _row(line: dict[str, str], time: str, value: str, at: int) -> Row:
    written, number = (line.get(time) or "").strip(), (line.get(value) or "").strip()
    try:
        moment = datetime.fromisoformat(f"{written}-01" if len(written) == 7 else written)
    except ValueError:
        raise Unusable(
            f"Line {at}: “{written}” in column {time} is no time.",
            fix="Write it like 2022-01-28 or 2022-01-28 09:00:00.",
        ) from None
    if number.lower() in _MISSING:
        return Row(written, number, moment, float("nan"))
    try:
        return Row(written, number, moment, float(number))
    except ValueError:
        raise Unusable(
            f"Line {at}: “{number}” in column {value} is no number.",
            fix="Leave a missing value empty.",
        ) from None


def _alarms(found: Detection, rows: list[Row], a_month: float) -> list[dict[str, object]]:
    from cx280.stats.detection import explain

    return [
        {
            "timestamp": rows[at].time,
            "value": rows[at].number,
            "low": round(float(found.low[at]), 6),
            "high": round(float(found.high[at]), 6),
            "score": round(float(found.score[at]), 4),
            "explanation": explain(found, at, rows[at].at),
        }
        for at in map(int, found.alarms(a_month))
    ]


def _write_scores(target: Path, rows: list[Row], in_time: list[Row], found: Detection) -> None:
    """In the order of the file given, its cells as they were written."""
    scored = {id(row): score for row, score in zip(in_time, found.score, strict=True)}
    with target.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["timestamp", "value", "anomaly_score"])
        writer.writerows((row.time, row.value, f"{scored[id(row)]:.6f}") for row in rows)


def _print(alarms: list[dict[str, object]], rows: list[Row]) -> None:
    for each in alarms:
        click.echo(f"- {each['explanation']}")
    count = f"{len(alarms)} alarm{'' if len(alarms) == 1 else 's'}" if alarms else "Nothing unusual"
    click.echo(f"{count} in {len(rows):,} rows.")
