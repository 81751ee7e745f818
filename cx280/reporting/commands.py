"""`cx280 import hisp`, `cx280 export hisp` and `cx280 noise`."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import click

from cx280.kernel.problem import NotFound, Unusable
from cx280.kernel.quarter import Quarter
from cx280.pages.record import needs_record


@click.command("hisp")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the reconciliation as JSON.")
@needs_record
def import_hisp(file: Path, as_json: bool) -> None:
    """Store quarterly HISP reports: published rows, or the 92-column file. Safe to run twice."""
    from cx280.reporting.history.actions import import_rows, read_file

    done = import_rows(read_file(file), actor="system")
    if as_json:
        click.echo(json.dumps(done.as_dict(), indent=2))
        return
    click.echo(
        f"{done.rows:,} rows: {done.accepted:,} accepted ({done.new:,} new, {done.changed:,} "
        f"changed, {done.unchanged:,} as before), {done.rejected:,} rejected."
    )
    click.echo(f"{done.means_checked:,} means checked, {done.means_mismatched:,} do not agree.")
    for line in done.rejections:
        click.echo(f"  rejected: {line}")
    for rule, count in done.findings.most_common():
        click.echo(f"  {count:>6,}  {rule}")


@click.command("hisp")
@click.option("--quarter", required=True, help="The quarter, as FY2021 Q2.")
@click.option("--provider", default="", help="A provider's name or code; all when not given.")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
@needs_record
def export_hisp(quarter: str, provider: str, output: Path, as_json: bool) -> None:
    """Write the 92-column file of a quarter; importing it back changes nothing."""
    from cx280.reporting.history.queries import rows_of
    from cx280.reporting.rules.history.columns import COLUMNS_92

    asked = Quarter.parse(quarter)
    rows = list(rows_of(asked, provider))
    if not rows:
        whose = f" of {provider}" if provider else ""
        raise NotFound(f"There is no report{whose} for {asked}.", fix="Look at /government/.")
    try:
        with output.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS_92)
            writer.writerows(rows)
    except OSError as problem:
        raise Unusable(f"{output} cannot be written: {problem.strerror}.") from problem
    if as_json:
        click.echo(json.dumps({"rows": len(rows), "file": str(output), "quarter": str(asked)}))
    else:
        click.echo(f"{len(rows):,} rows of {asked} written to {output}.")


@click.command("noise")
@click.argument("agency")
@click.option("--epsilon", type=Decimal, help="What one release spends; smaller is more private.")
@click.option("--yearly", type=Decimal, help="What a provider may spend in a fiscal year.")
@click.option("--off", is_flag=True, help="No noise, as is the rule.")
@click.option("--by", "email", required=True, help="The official who decided it.")
@needs_record
def noise(
    agency: str, epsilon: Decimal | None, yearly: Decimal | None, off: bool, email: str
) -> None:
    """Let AGENCY's releases carry random noise (differential privacy), or stop that."""
    from cx280.accounts.models import Person
    from cx280.agencies.models import Organization
    from cx280.reporting.actions import set_noise
    from cx280.stats.disclosure.noise import expected_error

    if off == (epsilon is not None):
        raise Unusable("Say --epsilon and how much, or --off.")
    found = Organization.objects.filter(code=agency, parent=None).first()
    person = Person.objects.filter(email=email).first()
    if found is None or person is None:
        raise NotFound("There is no such agency or no such person.", fix="Look at /inventory/.")
    setting = set_noise(found, epsilon=epsilon, yearly=yearly, by=person)
    if setting is None:
        click.echo(f"Releases of {found} carry no noise.")
        return
    each = expected_error(float(setting.epsilon) / 8)
    click.echo(
        f"Releases of {found} spend {setting.epsilon}, a provider {setting.yearly} a year. With"
        f" seven questions a count is off by {each:.2f} people on average."
    )
