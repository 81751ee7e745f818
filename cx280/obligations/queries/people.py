"""Who hands things in for a provider, and who signs them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import Capability, roles_that_may
from cx280.agencies.models import Organization


def who_submits(organization: Organization, on: date) -> list[Person]:
    """The people who send to OMB for that unit or a unit above it."""
    return _who(organization, Capability.SUBMIT_QUARTERS, on)


def who_signs(organization: Organization, on: date) -> list[Person]:
    """The senior accountable officials of that unit or a unit above it."""
    return _who(organization, Capability.CERTIFY_QUARTERS, on)


def _who(organization: Organization, capability: Capability, on: date) -> list[Person]:
    above = [int(pk) for pk in organization.path.strip("/").split("/")]
    held = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        since__lte=on,
        role__in=roles_that_may(capability),
        organization__in=above,
        person__is_active=True,
    )
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("email"))
