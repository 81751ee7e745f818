"""Persons as hashes: makes, changes and destroys the secrets, and knows people again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.models import AgencySecret, Contact, Interaction, OptOut
from cx280.delivery.queries.plans import rules_of
from cx280.delivery.rules.contacts import ContactRules
from cx280.delivery.rules.people import is_due_for_change, key_of, may_be_destroyed, name_of
from cx280.delivery.rules.vocabulary import PersonKind
from cx280.delivery.sealing import opened, sealed

Purpose = AgencySecret.Purpose


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or device as an agency knows it: a name under each secret, newest first.

    lasting: the name that holds for good, for who asked not to be asked and for whose turn it is.
    also: the same of what else they are known by, for who asked not to be asked that way.
    """

    lasting: str
    names: tuple[str, ...]
    also: tuple[str, ...] = ()


class Register:
    """The people of one agency for one piece of work: its secrets are opened once."""

    def __init__(self, agency: Organization, now: datetime) -> None:
        self.agency, self.now = agency, now
        self._lasting = opened(secret_of(agency, Purpose.LASTING, now).sealed).encode()
        self.newest = secret_of(agency, Purpose.CONTACTS, now)
        older = AgencySecret.objects.filter(
            agency=agency, purpose=Purpose.CONTACTS, retired_at__isnull=False
        ).order_by("-made_at")
        self._secrets = [opened(each.sealed).encode() for each in (self.newest, *older)]

    def somebody(self, kind: PersonKind, known_as: str, *also: str) -> Somebody:
        """Whoever is known as this, and also as that: by an address and by a number."""
        every = (known_as, *also)
        names = tuple(name_of(secret, kind, each) for each in every for secret in self._secrets)
        lasting = [name_of(self._lasting, kind, each) for each in every]
        return Somebody(lasting[0], names, tuple(lasting[1:]))

    def interaction(self, known_as: str) -> str:
        """The hash an interaction is known again by; ids may tell a case, so they are not kept."""
        return key_of(self._lasting, known_as)

    def asked(self, somebody: Somebody, rules: ContactRules) -> list[datetime]:
        """When they were asked, as far back as the rules look."""
        since = self.now - timedelta(days=rules.longest_days + 1)
        found = Contact.objects.filter(person__in=somebody.names, asked_at__gt=since)
        return list(found.values_list("asked_at", flat=True))

    def has_opted_out(self, somebody: Somebody) -> bool:
        """Whether they asked not to be asked."""
        names = (somebody.lasting, *somebody.also)
        return OptOut.objects.filter(agency=self.agency, person__in=names).exists()

    def note(self, somebody: Somebody, interaction: Interaction) -> None:
        """Keeps that they were asked now."""
        Contact.objects.create(
            secret=self.newest,
            person=somebody.names[0],
            survey_id=interaction.survey_id,
            interaction=interaction,
            asked_at=self.now,
        )


def secret_of(agency: Organization, purpose: str, now: datetime) -> AgencySecret:
    """The agency's secret in use; made when there is none."""
    found = AgencySecret.objects.filter(agency=agency, purpose=purpose, retired_at__isnull=True)
    known = found.first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return AgencySecret.objects.create(
                agency=agency, purpose=purpose, sealed=sealed(secrets.token_hex(32)), made_at=now
            )
    except IntegrityError:  # another process made it at this moment
        return found.get()


@implements("280.10-o3")
def change_secrets(now: datetime) -> int:
    """How many secrets were changed or destroyed; with one go the contacts written under it.

    A secret serves for as long as the agency's longest rule looks back, and is kept as long again
    so that what was written under it still counts. Those that last stay.
    """
    touched = 0
    for each in AgencySecret.objects.filter(purpose=Purpose.CONTACTS).select_related("agency"):
        longest = max(rules_of(each.agency).longest_days, 1)
        if each.retired_at is None and is_due_for_change(each.made_at, longest, now):
            touched += _retire(each, now)
        elif each.retired_at and may_be_destroyed(each.retired_at, longest, now):
            touched += _destroy(each)
    return touched


def _retire(secret: AgencySecret, now: datetime) -> int:
    with transaction.atomic():
        won = AgencySecret.objects.filter(pk=secret.pk, retired_at__isnull=True).update(
            retired_at=now
        )
        if won:
            secret_of(secret.agency, Purpose.CONTACTS, now)
            _told("change_secret_of_persons", secret)
    return won


def _destroy(secret: AgencySecret) -> int:
    with transaction.atomic():
        contacts = secret.contacts.count()
        secret.delete()
        _told("destroy_secret_of_persons", secret, contacts=contacts)
    return 1


def _told(action: str, secret: AgencySecret, **detail: object) -> None:
    record(
        actor="system",
        action=action,
        subject=subject_of(secret.agency),
        organization=secret.agency.code,
        detail=detail,
    )
