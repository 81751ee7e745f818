"""`cx280 sites`: tells the collector which sites it may take events of."""

import json

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
