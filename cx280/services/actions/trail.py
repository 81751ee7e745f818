"""How the actions of this folder write themselves into the audit trail."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of


def told(
    action: str,
    thing: models.Model,
    *,
    by: Person | None,
    organization: Organization,
    **detail: object,
) -> None:
    """Adds the entry; `by` is None when the system itself acted."""
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(thing),
        organization=agency_of(organization).code,
        detail=detail,
    )


def tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the line ends of browsers made plain."""
    return {
        name: value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
        for name, value in values.items()
    }


def changes(thing: models.Model, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """What would change, as [before, after] in words, for the trail."""
    found = {}
    for name, value in values.items():
        before = getattr(thing, name)
        if before != value:
            found[name] = [_words(before), _words(value)]
    return found


def _words(value: object) -> str:
    return "" if value is None else str(value)
