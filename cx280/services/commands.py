"""`cx280 import services FILE` and `cx280 export services -o FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cx280.kernel.problem import Unusable
from cx280.pages.record import needs_record


@click.command("services")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the reconciliation as JSON.")
@needs_record
def import_services(file: Path, as_json: bool) -> int:
    """Bring services in from a CSV or JSON inventory; running it twice changes nothing.

    A row with findings is stored. Leaves with 1 when a row was rejected.
    """
    from cx280.services import actions
    from cx280.services.rules.inventory_csv import from_csv
    from cx280.services.rules.inventory_json import from_json

    text = _text_of(file)
    is_json = text.lstrip("\ufeff \r\n\t").startswith(("{", "["))
    records, unreadable = from_json(text) if is_json else from_csv(text)
    done = actions.import_services(records, by=None, unreadable=unreadable)
    if as_json:
        click.echo(json.dumps(done.as_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo(f"rows      {done.rows}")
        click.echo(f"accepted  {done.accepted}, of them changed {done.changed}")
        click.echo(f"rejected  {len(done.rejected)}")
        for each in done.rejected:
            click.echo(f"  row {each.row}: {each.message}")
        for rule, times in sorted(done.findings.items()):
            click.echo(f"{rule:10} {times}")
    return 1 if done.rejected else 0


@click.command("services")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), help="Default: by the name.")
@click.option("--organization", "code", help="Only the services of this unit and those below it.")
@needs_record
def export_services(output: Path, kind: str | None, code: str | None) -> int:
    """Write every service to a CSV or JSON file that can be imported again without loss."""
    from cx280.services import queries
    from cx280.services.rules.inventory_csv import to_csv
    from cx280.services.rules.inventory_json import to_json

    records = queries.records_of(queries.services_below(code))
    wanted = kind or ("json" if output.suffix.lower() == ".json" else "csv")
    text = to_json(records) if wanted == "json" else "".join(to_csv(records))
    try:
        output.write_bytes(text.encode("utf-8"))
    except OSError as problem:
        raise Unusable(f"{output} cannot be written: {problem.strerror}.") from problem
    click.echo(f"{len(records)} services written to {output}.")
    return 0


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as problem:
        raise Unusable(f"{file} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError:
        raise Unusable(f"{file} is not UTF-8 text.", fix="Save it as “CSV UTF-8”.") from None
