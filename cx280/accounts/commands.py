"""`cx280 links` and `cx280 person`: let people in from the command line."""

from __future__ import annotations

import json
from datetime import timedelta

import click

from cx280.accounts.rules import Role
from cx280.pages.record import needs_record

ROLES = click.Choice([each.value for each in Role])


@click.command()
@click.option("--role", type=ROLES, help="Only for somebody with this role.")
@click.option("--email", help="Only for the person with this address.")
@click.option("--hours", default=12.0, show_default=True, help="How long a link works.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@needs_record
def links(role: str | None, email: str | None, hours: float, as_json: bool) -> None:
    """Prints a one-time sign-in link for one person of each role.

    Whoever opens a link is signed in as that person, once: hand it over like a password.
    """
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from cx280.accounts.actions import make_link
    from cx280.accounts.queries import chosen_for_links
    from cx280.kernel.problem import Unusable

    if not 0 < hours <= 24 * 7:
        raise Unusable("A link works for up to 168 hours.")
    lifetime = timedelta(hours=hours)
    printed = [
        {
            "role": each.role.value if each.role else "",
            "label": each.role.label if each.role else "no role",
            "name": each.person.name,
            "email": each.person.email,
            "address": settings.PUBLIC_ADDRESS
            + reverse("accounts:link", args=[make_link(each.person, lifetime=lifetime)]),
            "expires_at": (timezone.now() + lifetime).isoformat(timespec="seconds"),
        }
        for each in chosen_for_links(role=role, email=email)
    ]
    if as_json:
        click.echo(json.dumps(printed, indent=1))
        return
    for row in printed:
        click.echo(f"{row['label']}, {row['name']}\n  {row['address']}")


@click.group()
def person() -> None:
    """People who may sign in."""


@person.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", type=ROLES, help="A role to give at once.")
@click.option("--organization", help="Code of the unit the role counts for.")
@click.option("--json", "as_json", is_flag=True, help="Print the person as JSON.")
@needs_record
def add(email: str, name: str, role: str | None, organization: str | None, as_json: bool) -> None:
    """Adds a person; print their sign-in link with `cx280 links --email EMAIL`."""
    from django.db import transaction

    from cx280.accounts.actions import add_person, assign
    from cx280.agencies.queries import unit_by_code
    from cx280.kernel.problem import NotFound, Unusable

    unit = unit_by_code(organization) if organization else None
    if organization and unit is None:
        raise NotFound(f"There is no unit with the code “{organization}”.")
    if unit and not role:
        raise Unusable("Name the role that counts for the organization.")
    with transaction.atomic():
        added = add_person(email=email, name=name)
        if role:
            assign(added, role=role, organization=unit)
    told = {"email": added.email, "name": added.name, "role": role, "organization": organization}
    click.echo(json.dumps(told) if as_json else f"{added} is added.")
