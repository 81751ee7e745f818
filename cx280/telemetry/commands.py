"""`cx280 sites` tells the collector its sites; `cx280 facts` counts what they told."""

import json
from datetime import datetime

import click

from cx280.pages.record import needs_record


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what the file says.")
@needs_record
def sites(as_json: bool) -> None:
    """Writes sites.json in the data folder from the record; changes nothing when it is right."""
    from cx280.telemetry.actions.sites import write_sites
    from cx280.telemetry.queries.sites import document

    changed = write_sites()
    if as_json:
        click.echo(json.dumps(document()))
        return
    known = document()["sites"]
    enabled = sum(each["enabled"] for each in known.values())
    state = "is written" if changed else "was right already"
    click.echo(f"sites.json {state}: {len(known)} sites, {enabled} enabled.")


@click.command()
@click.option(
    "--again",
    nargs=2,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="FIRST LAST",
    help="Count these local days anew, both included, whether or not they seem right.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@needs_record
def facts(again: tuple[datetime, datetime] | None, as_json: bool) -> None:
    """Counts events of the lake that are not counted yet into facts, which pages read.

    The worker does the same every few seconds. Days whose events may be forgotten stay as they are.
    """
    from django.utils import timezone

    from cx280.telemetry.actions.facts import count_again, count_lake

    now = timezone.now()
    span = [each.date() for each in again or ()]
    done = count_again(span[0], span[1], now) if span else count_lake(now)
    if as_json:
        click.echo(json.dumps(done.as_data()))
        return
    for line in done.in_words():
        click.echo(line)
