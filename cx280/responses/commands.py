"""`cx280 export responses`, `cx280 import responses` and `cx280 redact`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from cx280.kernel.problem import Unusable
from cx280.pages.record import needs_record

if TYPE_CHECKING:
    from cx280.responses.rules.importing import Reconciliation
    from cx280.surveys.models import Survey


@click.command()
@click.option("--survey", "code", required=True, help="The survey's code, as in /s/CODE/.")
@click.option(
    "--format",
    "form",
    default="csv",
    show_default=True,
    help="csv (a column a question), touchpoints17, weighted (by the sample) or parquet.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file.")
@needs_record
def export_responses(code: str, form: str, output: Path | None) -> None:
    """Write a survey's responses to a file: any number, in constant memory.

    Free text is written as it is kept: redacted. In CSV, cells that a spreadsheet would run are
    made text; Parquet has typed columns, and needs a file.
    """
    from cx280.pages.downloads import csv_lines
    from cx280.responses import exporting, queries

    survey = _survey(code)
    typed = form == "parquet"
    if typed and output is None:
        raise Unusable("Parquet is not for a screen.", fix="Say where: -o answers.parquet.")
    responses = queries.responses_of(survey)
    header, rows = exporting.table_of(survey, responses, "csv" if typed else form)
    if typed and output is not None:
        from cx280.responses.documents.parquet import write_parquet

        write_parquet(output, header, exporting.kinds_in(survey), _counted(rows))
        return
    if output is None:
        for piece in csv_lines(header, rows):
            sys.stdout.write(piece)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        for piece in csv_lines(header, _counted(rows)):
            file.write(piece)


def _counted(rows: Iterator[list[object]]) -> Iterator[list[object]]:
    """The rows, telling on stderr how far it is after every hundred thousand."""
    count = 0
    for count, row in enumerate(rows, start=1):
        yield row
        if count % 100_000 == 0:
            click.echo(f"{count:,} responses written", err=True)
    click.echo(f"{count:,} responses written in all", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--survey", "code", required=True, help="The survey's code, as in /s/CODE/.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON or TOML: which column of the file is what.",
)
@click.option("--touchpoints", is_flag=True, help="The file has Touchpoints' 17 columns: no map.")
@click.option(
    "--day",
    default="",
    metavar="YYYY-MM-DD",
    help="With --touchpoints: the day of rows without a column responded_at.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the reconciliation as JSON.")
@needs_record
def import_responses(
    file: Path, code: str, map_file: Path | None, touchpoints: bool, day: str, as_json: bool
) -> None:
    """Take in responses collected elsewhere; the same file twice changes nothing.

    Every line is accounted for: rows = accepted + duplicate + rejected, with each reason.
    """
    from cx280.responses import actions
    from cx280.responses.reading import csv_rows
    from cx280.responses.rules.importing import read_map

    survey = _survey(code)
    if touchpoints == (map_file is not None):
        raise Unusable("Say either --map FILE or --touchpoints: how the columns are to be read.")
    with file.open("rb") as raw, csv_rows(raw, file.name) as (header, rows):
        if map_file is None:
            report = actions.import_touchpoints(
                survey, rows=rows, header=header, day=day, by="system", source=file.name
            )
        else:
            plan = read_map(map_file.read_bytes(), map_file.name)
            report = actions.import_responses(
                survey, rows=rows, header=header, plan=plan, by="system", source=file.name
            )
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else _in_words(report))


def _in_words(report: Reconciliation) -> str:
    lines = [
        f"{report.rows:,} rows: {report.accepted:,} accepted, {report.duplicate:,} already here, "
        f"{report.rejected:,} rejected.",
        f"{report.quarantined:,} wait for their unit; "
        f"{report.redacted:,} places were taken out of comments.",
    ]
    reasons = sorted(report.reasons.items(), key=lambda each: -each[1])
    lines += [f"  {count:,} × {reason}" for reason, count in reasons]
    return "\n".join(lines)


def _survey(code: str) -> Survey:
    from cx280.kernel.problem import NotFound
    from cx280.surveys.models import Survey

    survey = Survey.objects.select_related("service__owner").filter(code=code).first()
    if survey is None:
        raise NotFound(f"There is no survey with the code “{code}”.")
    return survey


class _Said(msgspec.Struct):
    """A line in: other keys are read over."""

    text: str


@click.command()
def redact() -> None:
    """Take personal data out of texts: JSON lines {"text": …} in, {"text": …, "spans": […]} out.

    Each span has start and end in characters of the text that came in, and its kind. Nothing is
    stored and nothing leaves this machine. A line that cannot be read stops with its number.
    """
    from cx280.responses.rules.redaction import redact as redacted

    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        found = redacted(_text_of(line, number))
        spans = [{"start": start, "end": end, "kind": kind} for start, end, kind in found.spans]
        click.echo(json.dumps({"text": found.text, "spans": spans}, ensure_ascii=False))


def _text_of(line: bytes, number: int) -> str:
    """The text of a line; the refusal of a bad one never repeats what stands on it."""
    try:
        return msgspec.json.decode(line, type=_Said).text
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Unusable(
            f"Line {number} is not JSON with a text.", fix='Write {"text": "…"} on each line.'
        ) from None
