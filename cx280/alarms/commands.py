"""Detection on the command line, for any CSV file of numbers in time; starts no Django."""

from __future__ import annotations

import csv
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cx280.alarms.reading import Row, read_rows
from cx280.kernel.problem import Unusable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cx280.stats.detection import Detection, Watched


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
@click.option(
    "--counts",
    "as_counts",
    is_flag=True,
    help="The numbers are counts: tell of falls and silence, with the noise that counts have.",
)
@click.option(
    "--replay",
    "replayed",
    is_flag=True,
    help="Show what would have been told at one false alarm a week, a month and a quarter.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def detect(
    file: Path, scores: Path | None, a_month: float, *, holidays: bool, as_counts: bool,
    replayed: bool, as_json: bool,
) -> None:  # fmt: skip
    """What is unusual in FILE, a CSV of timestamp and value, newest or oldest first.

    What is said of a row rests on earlier rows alone. An empty value is missing. A score of 0.5
    is as rare as one in a thousand; while something goes on it is scored once.
    """
    if as_counts and scores:
        raise Unusable("Counts have no scores.", fix="Leave out --scores, or --counts.")
    rows = read_rows(file)
    history = History(sorted(rows, key=lambda row: row.at), holidays=holidays, as_counts=as_counts)
    if scores:
        _write_scores(scores, rows, history)
    if replayed:
        _replay(history, as_json=as_json)
    elif as_json:
        alarms = history.alarms(a_month)
        told = {"rows": len(rows), "step_seconds": history.step, "alarms": alarms}
        click.echo(json.dumps(told, indent=2))
    else:
        _print(history.alarms(a_month), rows)


class History:
    """Rows in time, and what is told of them."""

    def __init__(self, rows: list[Row], *, holidays: bool, as_counts: bool) -> None:
        from cx280.kernel.quiet_days import is_quiet

        self.rows, self.as_counts = rows, as_counts
        self.times = [row.at for row in rows]
        self.numbers = [row.number for row in rows]
        self.closed = [is_quiet(at.date()) for at in self.times] if holidays else None
        self._watched: dict[float, Watched] = {}

    @cached_property
    def detection(self) -> Detection:
        """What the detector for any numbers says."""
        from cx280.stats.detection import detect as detected

        return detected(self.times, self.numbers, self.closed)

    def watched(self, a_month: float) -> Watched:
        """What is said of counts."""
        from cx280.stats.detection import watch_counts

        if a_month not in self._watched:
            self._watched[a_month] = watch_counts(
                self.times, self.numbers, a_month=a_month, closed=self.closed
            )
        return self._watched[a_month]

    @property
    def step(self) -> float:
        """Seconds from row to row."""
        return self.watched(1.0).step if self.as_counts else self.detection.step

    def told(self, a_month: float) -> NDArray[np.int64]:
        """The rows to tell of."""
        if self.as_counts:
            return self.watched(a_month).alarms()
        return self.detection.alarms(a_month)

    def alarms(self, a_month: float) -> list[dict[str, object]]:
        """Each alarm in JSON's kinds."""
        return [self.alarm(int(at), a_month) for at in self.told(a_month)]

    def alarm(self, at: int, a_month: float) -> dict[str, object]:
        """One row: expected range, sentence, and how rare."""
        from cx280.stats.detection import explain, explain_count

        row = self.rows[at]
        rare: dict[str, object]
        if self.as_counts:
            watched = self.watched(a_month)
            low, high, said = watched.low[at], watched.high[at], explain_count(
                watched, at, self.times)  # fmt: skip
            rare = {"since": self.rows[int(watched.since[at])].time}
        else:
            low, high = self.detection.low[at], self.detection.high[at]
            said = explain(self.detection, at, row.at)
            rare = {"score": round(float(self.detection.score[at]), 4)}
        ends = {"low": round(float(low), 6), "high": round(float(high), 6)}
        return {"timestamp": row.time, "value": row.number, **ends, **rare, "explanation": said}


def _replay(history: History, *, as_json: bool) -> None:
    """The table of choices, and each alarm with the strictest choice that tells it."""
    from cx280.stats.detection.replay import CHOICES, replay, strictest

    choices = replay(history.times, history.told)
    told = [{**history.alarm(at, CHOICES[name]), "strictest": name}
            for at, name in strictest(choices).items()]  # fmt: skip
    if as_json:
        table = [{"false_alarm": each.name, "a_month": round(each.a_month, 4),
                  "told": len(each.rows), "told_a_month": round(each.told_a_month, 2)}
                 for each in choices]  # fmt: skip
        click.echo(json.dumps({"rows": len(history.rows), "choices": table, "alarms": told},
                              indent=2))  # fmt: skip
        return
    click.echo(f"{'One false alarm in about':<26}{'told':>6}{'a month':>10}")
    for each in choices:
        click.echo(f"{each.name:<26}{len(each.rows):>6}{each.told_a_month:>10.1f}")
    for alarm in told:
        click.echo(f"- ({alarm['strictest']}) {alarm['explanation']}")


def _write_scores(target: Path, rows: list[Row], history: History) -> None:
    """In the order of the file given, its cells as they were written."""
    found = zip(history.rows, history.detection.score, strict=True)
    scored = {id(row): score for row, score in found}
    with target.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["timestamp", "value", "anomaly_score"])
        writer.writerows((row.time, row.value, f"{scored[id(row)]:.6f}") for row in rows)


def _print(alarms: list[dict[str, object]], rows: list[Row]) -> None:
    for each in alarms:
        click.echo(f"- {each['explanation']}")
    count = f"{len(alarms)} alarm{'' if len(alarms) == 1 else 's'}" if alarms else "Nothing unusual"
    click.echo(f"{count} in {len(rows):,} rows.")
