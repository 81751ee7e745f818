"""Adds, changes and retires services."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.kernel.problem import Conflict, Unusable
from cx280.services.actions.trail import changes, tidy, told
from cx280.services.models import Service
from cx280.services.queries.inventory import taken_codes
from cx280.services.rules.names import code_for


def save_service(
    service: Service | None, *, by: Person | None, values: Mapping[str, Any]
) -> Service:
    """The service with these values stored; a new one, with a code of its name, for None.

    `values` are fields of Service by name. Raises Unusable when the unit already has a service
    of that name.
    """
    wanted = tidy(values)
    with transaction.atomic():
        known = service or Service(code=wanted.get("code") or "")
        changed = changes(known, wanted) if service else {}
        for name, value in wanted.items():
            setattr(known, name, value)
        _one_name_for_a_unit(known)
        if not known.code:
            known.code = code_for(known.name, taken_codes())
        if service is None:
            known.save(force_insert=True)
            told("add_service", known, by=by, organization=known.owner, name=known.name)
        elif changed:
            known.save()
            told("change_service", known, by=by, organization=known.owner, changed=changed)
    return known


def _one_name_for_a_unit(service: Service) -> None:
    same = Service.objects.filter(owner=service.owner, name__iexact=service.name)
    if same.exclude(pk=service.pk).exists():
        raise Unusable(
            f"{service.owner} already has a service called “{service.name}”.",
            field="name",
            rule="280.5-a2",
            fix="Give it another name, or open the one there is.",
        )


def retire_service(service: Service, *, on: date, by: Person | None, why: str) -> None:
    """The service leaves the inventory on that day; what was measured of it stays.

    Raises Conflict while it is designated or a survey asks about it.
    """
    if service.designations.filter(ended_on__isnull=True).exists():
        raise Conflict(
            f"“{service.name}” is a designated service; end its designation first.",
            rule="280.13-b6",
        )
    if Service.objects.filter(pk=service.pk, surveys__state="open").exists():
        raise Conflict(f"A survey about “{service.name}” is open; close it first.")
    if not why.strip():
        raise Unusable("Say why the service is retired.", field="why")
    with transaction.atomic():
        service.retired_on = on
        service.save(update_fields=["retired_on", "changed_at"])
        told("retire_service", service, by=by, organization=service.owner, on=str(on), why=why)


def return_service(service: Service, *, by: Person | None) -> None:
    """A retired service is back in the inventory."""
    with transaction.atomic():
        service.retired_on = None
        service.save(update_fields=["retired_on", "changed_at"])
        told("return_service", service, by=by, organization=service.owner)
