"""Choosing how often a digest comes."""

from __future__ import annotations

from django.db import transaction

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.dashboards.models import Digest
from cx280.dashboards.rules.digests import Cadence


@transaction.atomic
def choose_digest(person: Person, *, cadence: Cadence) -> Digest:
    """The person's choice from now on; the first digest comes on the next day of that kind."""
    digest, _ = Digest.objects.update_or_create(
        person=person, defaults={"cadence": cadence.value, "sent_on": None}
    )
    record(
        actor=person.email,
        action="choose_digest",
        subject=subject_of(digest),
        detail={"cadence": cadence.value},
    )
    return digest
