"""The evaluation of a change on the command line, for any CSV file; starts no Django."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cx280.alarms.reading import read_rows

if TYPE_CHECKING:
    from cx280.stats.evaluation import Better, Evaluation, Kind

_KINDS = ("counts", "rates", "scores", "durations")
_OF = {"counts": "the count", "rates": "the rate", "scores": "the score",
       "durations": "the duration"}  # fmt: skip


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--changed-on",
    "changed",
    required=True,
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]),
    help="When the change was made, like 2024-05-01.",
)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="counts",
    show_default=True,
    help="What the values are: counts; rates from 0 to 1; mean scores; typical durations.",
)
@click.option(
    "--better",
    type=click.Choice(["higher", "lower"]),
    help="The good direction: lower for durations, higher for the rest unless you say so.",
)
@click.option("--of", help="What the values are called in the sentence: “submissions a day”.")
@click.option(
    "--holidays/--no-holidays",
    default=True,
    show_default=True,
    help="Whether federal holidays, and days they make quiet, are left out.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(
    file: Path, changed: datetime, kind: Kind, better: Better | None, of: str | None, *,
    holidays: bool, as_json: bool,
) -> None:  # fmt: skip
    """Did the change help? FILE is a CSV of timestamp, value and, where there is one, n.

    Rows before and after the change are compared, less trend, days of the week and, with two years
    of them, the season. The verdict is better, worse or inconclusive, with a 95 % interval.
    """
    from cx280.kernel.quiet_days import is_quiet
    from cx280.stats.evaluation import evaluate_change, explain_evaluation

    rows = sorted(read_rows(file), key=lambda row: row.at)
    closed = [is_quiet(row.at.date()) for row in rows] if holidays else None
    found = evaluate_change(
        [row.at for row in rows], [row.number for row in rows], changed, kind=kind,
        n=[row.n for row in rows], better=better, closed=closed,
    )  # fmt: skip
    said = explain_evaluation(found, changed.date(), of or _OF[kind])
    click.echo(json.dumps(_shown(found, changed, said), indent=2) if as_json else said)


def _shown(found: Evaluation, changed: datetime, said: str) -> dict[str, object]:
    from cx280.stats.evaluation import caveats

    part = found.kind in ("counts", "durations")
    names = ("effect", "low", "high", "without", "seen", "smallest", "memory")
    numbers = {name: round(float(getattr(found, name)), 6) for name in names}
    return {
        "changed_on": f"{changed:%Y-%m-%d}", "kind": found.kind, "verdict": found.outcome.value,
        "unit": "part of what was expected" if part else "unit of the values", **numbers,
        "before": found.before, "after": found.after, "odd": found.odd, "closed": found.closed,
        "yearly_season_removed": found.yearly, "caveats": caveats(found), "explanation": said,
    }  # fmt: skip
