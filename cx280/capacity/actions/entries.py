"""Writes lines of the registers, and withdraws them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.capacity.models import Entry
from cx280.capacity.rules.shapes import SHAPES
from cx280.capacity.rules.sharing import why_not_shared
from cx280.capacity.rules.vocabulary import Register
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.kernel.quarter import fiscal_year_of
from cx280.reporting.models import Release


@implements(
    "280.9-b3", "280.9-c2", "280.9-c3", "280.9-c4", "280.9-d1", "280.9-d2", "280.9-f4", "280.9-a1"
)
@transaction.atomic
def add_entry(
    register: Register,
    organization: Organization,
    *,
    fiscal_year: int,
    fields: dict[str, Any],
    by: Person,
    now: datetime,
) -> Entry:
    """The new line; where a unit says a thing once a year, the line before it is withdrawn.

    Raises Unusable with the field at fault, NotAllowed for another agency’s unit.
    """
    if not may(by, Capability.EDIT_QUARTERS, organization):
        raise NotAllowed("You may not write in the registers of this unit.")
    shape = SHAPES[register]
    given = {name: value for name, value in fields.items() if name in shape.asked}
    shape.check(given)
    _check(register, organization, fiscal_year, given)
    if shape.once:
        Entry.objects.filter(
            register=register.value, organization=organization, fiscal_year=fiscal_year,
            what=given.get("what", ""), function=given.get("function", ""),
            withdrawn_at__isnull=True,
        ).update(withdrawn_at=now, withdrawn_by=by)  # fmt: skip
    kept = Entry.objects.create(
        register=register.value, organization=organization, fiscal_year=fiscal_year,
        said_at=now, said_by=by, **given,
    )  # fmt: skip
    _audit("add_entry", kept, by)
    return kept


def _check(
    register: Register, organization: Organization, fiscal_year: int, given: dict[str, Any]
) -> None:
    on = given.get("on")
    if on is not None and fiscal_year_of(on) != fiscal_year:
        raise Unusable(f"This day is not in FY{fiscal_year}.", field="on")
    service, action = given.get("service"), given.get("action")
    for whose in (service, action.service if action is not None else None):
        if whose is not None and not _root(organization).contains(whose.owner):
            raise Unusable("This belongs to another agency.", field="service")
    if register is Register.LESSON and given.get("shared"):
        number = given.get("release")
        named = Release.objects.filter(number=number or 0)
        published = set(named.values_list("number", flat=True))
        if why := why_not_shared(given["what"], given["words"], number, published):
            raise Unusable(why, field="shared", rule="280.9-f4")


def _root(organization: Organization) -> Organization:
    return Organization.objects.get(pk=int(organization.path.strip("/").split("/")[0]))


@transaction.atomic
def withdraw_entry(entry: Entry, *, by: Person, now: datetime) -> Entry:
    """Takes a line out of the sums and exports; it stays in the record with who did it."""
    kept = Entry.objects.select_for_update().get(pk=entry.pk)
    if not may(by, Capability.EDIT_QUARTERS, kept.organization):
        raise NotAllowed("You may not write in the registers of this unit.")
    if kept.withdrawn_at is not None:
        raise Conflict("This line was withdrawn already.")
    kept.withdrawn_at, kept.withdrawn_by = now, by
    kept.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _audit("withdraw_entry", kept, by)
    return kept


def _audit(action: str, entry: Entry, by: Person) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(entry),
        organization=entry.organization.code,
        detail={
            "register": entry.register,
            "fiscal_year": entry.fiscal_year,
            "what": entry.what or entry.function,
        },
    )
