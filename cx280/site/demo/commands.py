"""`cx280 demo`: loads the simulated agency, marked as simulated on every page."""

from __future__ import annotations

import time
from datetime import date

import click

from cx280.kernel.problem import Conflict
from cx280.pages.record import needs_record


class AlreadyLoaded(Conflict):
    """The simulated agency is there; loading it twice would double it."""

    def __init__(self) -> None:
        super().__init__(
            "The simulated agency is already loaded.",
            fix="Start with an empty CX280_DATA folder to load it again.",
        )


@click.command()
@click.option("--seed", default=280, show_default=True, help="The same seed gives the same data.")
@click.option(
    "--responses", default=200_000, show_default=True, help="About how many answers to make."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Pretend that it is this day.")
@click.option("--if-empty", is_flag=True, help="Do nothing when any agency is there already.")
@needs_record
def demo(seed: int, responses: int, today: object, if_empty: bool) -> None:
    """Load a believable simulated agency: three providers, nine services, ten quarters."""
    from datetime import datetime

    from django.utils import timezone

    from cx280.agencies.models import Organization
    from cx280.site.demo.load import load

    if Organization.objects.filter(simulated=True).exists():
        if if_empty:
            return
        raise AlreadyLoaded
    if if_empty and Organization.objects.exists():
        return
    day: date = today.date() if isinstance(today, datetime) else timezone.localdate()
    started = time.monotonic()
    for line in load(seed=seed, responses=responses, today=day):
        click.echo(f"· {line}")
    click.echo(f"The simulated agency is ready ({time.monotonic() - started:.0f} seconds).")
