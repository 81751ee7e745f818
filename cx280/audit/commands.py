"""`cx280 audit verify` and `cx280 audit list`."""

import json

import click

from cx280.pages.record import needs_record


@click.group()
def audit() -> None:
    """Reads the audit trail, and proves that nobody changed it."""


@audit.command()
@click.option("--noted", help="A digest noted earlier; the chain must still hold it.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@needs_record
def verify(noted: str | None, as_json: bool) -> None:
    """Checks every entry's digest and that each follows the one before.

    Note the last digest somewhere else and give it back with --noted: that also shows
    whether the newest entries were cut off. Leaves with 1 when the chain is broken.
    """
    from cx280.audit.queries import state_of_chain

    state = state_of_chain(noted=noted)
    if as_json:
        click.echo(json.dumps(state.as_dict()))
    else:
        click.echo(state.in_words())
    if not state.holds:
        raise click.exceptions.Exit(1)


@audit.command(name="list")
@click.option("--subject", default="", help="Part of what was changed: surveys.Survey:12.")
@click.option("--actor", default="", help="Part of the address of who did it.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day, as 2022-01-28.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day, as 2022-01-28.")
@click.option("--limit", default=50, show_default=True, help="How many entries at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@needs_record
def list_entries(
    subject: str, actor: str, since: object, until: object, limit: int, as_json: bool
) -> None:
    """Prints the newest entries first."""
    from datetime import datetime

    from cx280.audit.queries import entries

    found = entries(
        subject=subject,
        actor=actor,
        since=since.date() if isinstance(since, datetime) else None,
        until=until.date() if isinstance(until, datetime) else None,
    )[: max(limit, 0)]
    if as_json:
        click.echo(json.dumps([each.as_dict() for each in found], indent=1))
        return
    for each in found:
        click.echo(str(each))
