"""`cx280 import units` and `cx280 export units`."""

import csv
import json
import sys
from pathlib import Path
from typing import TextIO

import click

from cx280.pages.record import needs_record


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day changes take effect.")
@click.option("--check", "only_check", is_flag=True, help="Say what would change; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@needs_record
def import_units(file: Path, on: object, only_check: bool, as_json: bool) -> None:
    """Takes over a CSV file of organizational units: all of it, or nothing.

    Columns: code, name, level, parent_code, abbreviation, time_zone, executive_agency,
    active_from, active_until. Known codes are changed, new ones added, none deleted.
    """
    from datetime import datetime

    from django.utils import timezone

    from cx280.agencies.actions import import_units as take_over
    from cx280.agencies.rules.unit_file import read_units
    from cx280.kernel.problem import Unusable

    try:
        rows = read_units(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise Unusable(f"{file} is not text in UTF-8.") from error
    day = on.date() if isinstance(on, datetime) else timezone.localdate()
    done = take_over(rows, actor="system", on=day, only_check=only_check)
    click.echo(json.dumps(done.as_dict()) if as_json else done.in_words())


@click.command()
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file.")
@click.option("--agency", help="Only the tree of the unit with this code.")
@needs_record
def export_units(output: Path | None, agency: str | None) -> None:
    """Writes the organizational units as CSV; importing it back changes nothing."""
    from cx280.agencies.models import Organization
    from cx280.agencies.queries import rows_of
    from cx280.kernel.problem import NotFound

    units = Organization.objects.all()
    if agency:
        root = units.filter(code__iexact=agency).first()
        if root is None:
            raise NotFound(f"There is no unit with the code “{agency}”.")
        units = units.filter(path__startswith=root.path)
    if output is None:
        _write(sys.stdout, rows_of(units))
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        _write(file, rows_of(units))


def _write(file: TextIO, rows: list[dict[str, str]]) -> None:
    from cx280.agencies.rules.unit_file import COLUMNS

    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
