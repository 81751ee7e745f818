"""Statistics on the command line, for any CSV file; starts no Django."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from cx280.kernel.problem import Unusable
from cx280.responses.reading import csv_rows

if TYPE_CHECKING:
    from cx280.measures.rules.asked import Asked
    from cx280.measures.rules.estimating import Question
    from cx280.measures.rules.samples import Known
    from cx280.stats.drivers import DriverAnalysis, Method, Patterns
    from cx280.stats.drivers.analysis import Missing

_KNOWN = "What is known of the population: COLUMN:a=400,b=600 or COLUMN:FILE.csv"
_NO_ANSWER = {"", "na", "n/a", "nan", "null", "none", "."}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outcome", required=True, help="The column of the overall score.")
@click.option("--drivers", "named", required=True, help="The columns of the drivers: A,B,C.")
@click.option("--weights", help="The column of the sampling weights.")
@click.option("--method", type=click.Choice(["lmg", "johnson"]), default="lmg", show_default=True)
@click.option("--bootstrap", default=1000, show_default=True, help="Samples; 0 for no intervals.")
@click.option("--seed", default=280, show_default=True, help="The same seed, the same intervals.")
@click.option(
    "--missing",
    type=click.Choice(["em", "complete"]),
    default="em",
    show_default=True,
    help="em: every answer counts. complete: only people who answered everything.",
)
@click.option("--missing-codes", default="", help="Codes that mean no answer: 0,6.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def drivers(
    file: Path, outcome: str, named: str, weights: str | None, method: Method, bootstrap: int,
    seed: int, missing: Missing, missing_codes: str, as_json: bool,
) -> None:  # fmt: skip
    """How much of the outcome goes with each driver, with intervals: importances sum to R².

    Importance says what is associated with the outcome, not what causes it.
    """
    from cx280.stats.drivers import analyse

    names = [each.strip() for each in named.split(",") if each.strip()]
    patterns = _patterns(file, [outcome, *names], weights, _codes(missing_codes))
    found = analyse(patterns, outcome, names, method=method, bootstrap=bootstrap, seed=seed,
                    missing=missing)  # fmt: skip
    click.echo(json.dumps(_as_dict(found), indent=2) if as_json else _table(found))


def _codes(written: str) -> frozenset[float]:
    try:
        return frozenset(float(each) for each in written.split(",") if each.strip())
    except ValueError:
        raise Unusable(f"“{written}” are not codes; write them like 0,6.") from None


def _patterns(
    file: Path, names: list[str], weights: str | None, missing: frozenset[float]
) -> Patterns:
    """The answers in a file as counted patterns; a cell that is empty or holds a code is none."""
    from cx280.stats.drivers import patterns_of

    wanted = [*names, weights] if weights else names
    counted = _count_rows(file, wanted)
    columns = [[_number(text, file, name) for text in texts]
               for name, texts in zip(wanted, zip(*counted, strict=True), strict=True)]  # fmt: skip
    weighed = columns.pop() if weights else None
    answers = [[float("nan") if each in missing else each for each in column] for column in columns]
    return patterns_of(dict(zip(names, answers, strict=True)), weighed, [*counted.values()])


def _count_rows(file: Path, names: Sequence[str]) -> Counter[tuple[str, ...]]:
    """How often each row of cells occurs in those columns: memory follows the distinct rows."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            rows = csv.reader(lines)
            places = _places(next(rows, []), names, file)
            widest = max(places)
            padding = [""] * (widest + 1)
            counted = Counter(
                tuple([row[at] for at in places])
                for row in (row if len(row) > widest else row + padding for row in rows if row)
            )
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Unusable(f"{file} cannot be read as CSV in UTF-8: {problem}.") from None
    if not counted:
        raise Unusable(f"{file} has no rows below its head.")
    return counted


def _places(head: Sequence[str], names: Sequence[str], file: Path) -> list[int]:
    titles = [each.strip() for each in head]
    for each in names:
        if titles.count(each) != 1:
            how_often = "no column" if each not in titles else "more than one column"
            raise Unusable(f"{file} has {how_often} “{each}”.", fix=f"It has {', '.join(titles)}.")
    return [titles.index(each) for each in names]


def _number(text: str, file: Path, name: str) -> float:
    if text.strip().casefold() in _NO_ANSWER:
        return float("nan")
    try:
        return float(text)
    except ValueError:
        raise Unusable(
            f"{file} has “{text.strip()}” in column {name}, which is not a number.",
            fix="Name codes that mean no answer with --missing-codes, or leave the cell empty.",
        ) from None


def _as_dict(found: DriverAnalysis) -> dict[str, object]:
    return {
        "outcome": found.outcome,
        "n": found.n,
        "complete": found.complete,
        "r2": found.r2,
        "r2_low": found.r2_low,
        "r2_high": found.r2_high,
        "method": found.method,
        "confidence": found.confidence,
        "drivers": [
            {
                "driver": each.driver,
                "importance": each.importance,
                "share": each.share,
                "low": each.low,
                "high": each.high,
                "share_low": each.share_low,
                "share_high": each.share_high,
                "answered": each.answered,
                "first": each.first,
                "rank_low": each.rank_low,
                "rank_high": each.rank_high,
            }
            for each in found.drivers
        ],
        "leading": list(found.leading),
        "notes": list(found.notes),
    }


def _table(found: DriverAnalysis) -> str:
    head = ("driver", "importance", "interval", "of R²", "rank", "first in", "answered")
    rows = [
        (
            each.driver,
            f"{each.importance:.4f}",
            f"{each.low:.4f} – {each.high:.4f}",
            f"{each.share:.0%}",
            f"{each.rank_low} – {each.rank_high}",
            f"{each.first:.0%}",
            f"{each.answered:,}",
        )
        for each in found.drivers
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [
        f"{found.outcome}: {found.n:,} people, R² {found.r2:.4f} "
        f"({found.r2_low:.4f} – {found.r2_high:.4f})",
        "",
        *("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
          for row in [head, *rows]),
        "",
        _leading(found),
        *found.notes,
    ]  # fmt: skip
    return "\n".join(lines)


def _leading(found: DriverAnalysis) -> str:
    if len(found.drivers) == 1:
        return "With one driver there is no order to find."
    if len(found.leading) == 1:
        return f"{found.leading[0]} stands out."
    return f"The evidence does not separate {', '.join(found.leading)} from the top."


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--measure", required=True, help="The column to estimate.")
@click.option("--weights", help="The column of sampling weights.")
@click.option("--probabilities", help="The column of chances of being drawn, instead of weights.")
@click.option(
    "--strata", multiple=True, help="The column of strata; later stages after a comma, or again."
)
@click.option("--cluster", "clusters", multiple=True, help="Of clusters, the same way.")
@click.option("--fpc", multiple=True, help="Of population sizes (or parts drawn), the same.")
@click.option("--nest", is_flag=True, help="Cluster names start anew in each stratum.")
@click.option(
    "--lonely",
    type=click.Choice(["fail", "certainty", "adjust", "average"]),
    default="fail",
    show_default=True,
    help="What a stratum with one sampled cluster means.",
)
@click.option("--total", is_flag=True, help="The population's total instead of the mean.")
@click.option("--count", is_flag=True, help="How many people gave each answer.")
@click.option("--proportion", is_flag=True, help="The share of each answer, or of --value.")
@click.option("--value", help="The answer whose share is meant.")
@click.option("--ratio", "other", help="Divide the measure's total by this column's.")
@click.option("--quantile", "parts", type=float, multiple=True, help="0.5 is the median.")
@click.option("--regress", help="Regress the measure on these columns: A,B,C.")
@click.option(
    "--family",
    type=click.Choice(["linear", "logistic", "poisson"]),
    default="linear",
    show_default=True,
)
@click.option("--by", help="The column of groups, or of periods for --change.")
@click.option("--compare", is_flag=True, help="Whether the groups of --by differ.")
@click.option("--change", help="Two periods of --by, the earlier first: BEFORE,AFTER.")
@click.option("--poststratify", help=_KNOWN)
@click.option("--rake", multiple=True, help="The same for each margin.")
@click.option("--calibrate", multiple=True, help="The same, or COLUMN=TOTAL for a quantity.")
@click.option(
    "--distance",
    type=click.Choice(["linear", "raking"]),
    default="linear",
    show_default=True,
    help="How --calibrate moves weights; raking keeps them positive.",
)
@click.option("--replicates", type=click.Choice(["jackknife", "bootstrap"]), help="For errors.")
@click.option("--times", default=1000, show_default=True, help="Bootstrap replicates.")
@click.option("--seed", default=280, show_default=True, help="The same seed, the same bootstrap.")
@click.option(
    "--interval",
    type=click.Choice(["logit", "beta", "wilson", "asin", "mean", "stratified"]),
    default="logit",
    show_default=True,
    help="Of a share; docs/studies/intervals.md says which holds where.",
)
@click.option("--confidence", default=0.95, show_default=True)
@click.option(
    "--save-weights",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the weights used, after post-stratifying, raking or calibrating, to a CSV file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def estimate(file: Path, save_weights: Path | None, as_json: bool, **asked: Unpack[Asked]) -> None:
    """A mean (or total, share, ratio, quantile) of a sample, with its error and interval.

    Say how the sample was drawn: without weights, strata, clusters and population sizes the rows
    count as a simple random sample. Answers that people chose to send are no such sample.
    """
    from cx280.measures.rules.asked import question_from
    from cx280.measures.rules.estimates_in_words import in_words
    from cx280.measures.rules.estimating import answer

    question = question_from(asked, _known)
    columns = _texts(file, question.columns)
    document = answer(columns, question)
    if save_weights:
        _write_weights(save_weights, columns, question)
    click.echo(json.dumps(document, indent=2) if as_json else in_words(document, question))


def _known(written: str) -> Known:
    """What is known of the population, written in full or kept in a file of two columns."""
    from cx280.measures.rules.samples import known_from

    column, _, place = written.partition(":")
    if not place or "=" in place:
        return known_from(written)
    path = Path(place)
    if not path.is_file():
        raise Unusable(f"There is no file {place} with the population of {column}.")
    with path.open("rb") as file, csv_rows(file, place) as (header, rows):
        if len(header) != 2:
            raise Unusable(f"{place} needs two columns: the category and its people.")
        pairs = [f"{row[header[0]]}={row[header[1]]}" for row in rows]
    return known_from(f"{column}:{','.join(pairs)}")


def _texts(path: Path, names: Sequence[str]) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {each: [] for each in names}
    with path.open("rb") as file, csv_rows(file, path.name) as (header, rows):
        for each in names:
            if each not in header:
                raise Unusable(
                    f"{path.name} has no column “{each}”.", fix=f"It has {', '.join(header)}."
                )
        for row in rows:
            for name, column in columns.items():
                column.append(row[name] or "")
    return columns


def _write_weights(path: Path, columns: dict[str, list[str]], question: Question) -> None:
    from cx280.measures.rules.samples import design_of

    design = design_of(columns, question.plan, len(columns[question.measure]))
    lines = [f"{row},{weight!r}" for row, weight in enumerate(design.weights.tolist(), start=1)]
    path.write_text("\n".join(["row,weight", *lines, ""]), encoding="utf-8")
