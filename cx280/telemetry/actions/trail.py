"""How the actions of this folder write themselves into the audit trail."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.services.models import Service


def told(
    action: str, thing: models.Model, service: Service, *, by: Person | None, **detail: object
) -> None:
    """Adds the entry; `by` is None when the system itself acted."""
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(thing),
        organization=agency_of(service.owner).code,
        detail=detail,
    )


def put(thing: models.Model, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Sets the values on the thing; gives what changed as [before, after] in words."""
    changed = {}
    for name, value in values.items():
        before = getattr(thing, name)
        if before != value:
            changed[name] = [_words(before), _words(value)]
        setattr(thing, name, value)
    return changed


def _words(value: object) -> str:
    return "" if value is None else str(value)
