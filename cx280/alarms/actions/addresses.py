"""Keeps the addresses at which people and units are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.alarms.channels import CHANNELS
from cx280.alarms.channels.shape import ChannelKind
from cx280.alarms.channels.webhook.signature import new_secret
from cx280.alarms.models import Contact, as_kept, secrets_as_kept
from cx280.audit.actions import record, subject_of
from cx280.delivery.sealing import hashes
from cx280.kernel.problem import Conflict, Unusable

_CHOSEN = ("pace", "waits_hours", "quiet_from", "quiet_until", "quiet_weekends", "enabled")
# While a secret is changed, receivers may verify with the one before.
_SECRETS_KEPT = 2


def add_address(
    *,
    by: Person,
    unit: Organization | None,
    channel: ChannelKind,
    address: str,
    values: Mapping[str, Any],
) -> Contact:
    """The address, checked by its channel: of the unit, or of the person for None.

    An address that signs gets a secret. Raises Unusable for an address that cannot be used, and
    Conflict for one that is kept already.
    """
    kind, checked = CHANNELS[channel], CHANNELS[channel].check(address)
    if unit is None and channel is ChannelKind.EMAIL and checked.lower() == by.email.lower():
        checked = ""  # their own, whatever it becomes
    made = Contact(
        person=None if unit else by,
        unit=unit,
        channel=channel.value,
        **as_kept(checked, [new_secret()] if kind.signs else []),
        **{name: values[name] for name in _CHOSEN},
    )
    _refuse_known(made, checked)
    try:
        with transaction.atomic():
            made.save()
            if unit is None:
                # A further address does not take the place of the mail they would have got.
                Contact.objects.get_or_create(
                    person=by, channel=ChannelKind.EMAIL, sealed_address=""
                )
            _told("add_address", made, by, channel=made.channel)
    except IntegrityError as problem:
        raise _known() from problem
    return made


def _refuse_known(made: Contact, address: str) -> None:
    """The constraint knows hashes under one key; an address may be kept under a former one."""
    kept = Contact.objects.filter(person=made.person, unit=made.unit, channel=made.channel)
    if kept.filter(address_hash__in=hashes(address) if address else [""]).exists():
        raise _known()


def _known() -> Conflict:
    return Conflict("This address is kept already.", field="address")


def change_address(contact: Contact, *, by: Person, values: Mapping[str, Any]) -> None:
    """How and when the address is told from now on; a digest begins on its next day."""
    if values["pace"] != "at_once" and contact.channel != ChannelKind.EMAIL:
        raise Unusable("Only e-mail gathers alarms into one message.", field="pace")
    with transaction.atomic():
        before = contact.pace
        for name in _CHOSEN:
            setattr(contact, name, values[name])
        if contact.pace != before:
            contact.digest_on = None
        contact.save()
        _told("change_address", contact, by, **{name: values[name] for name in _CHOSEN})


def renew_secret(contact: Contact, *, by: Person) -> str:
    """A new secret to sign with; the one before is still signed with, until the next change."""
    if not CHANNELS[ChannelKind.of(contact.channel)].signs:
        raise Unusable("Messages to this address are not signed.")
    with transaction.atomic():
        secrets = [new_secret(), *contact.secrets][:_SECRETS_KEPT]
        contact.sealed_secrets = secrets_as_kept(secrets)
        contact.save(update_fields=["sealed_secrets"])
        _told("renew_secret", contact, by)
    return secrets[0]


def remove_address(contact: Contact, *, by: Person) -> None:
    """It is told nothing more. A person’s own mail address is only switched off: it would come back
    with the next alarm."""
    with transaction.atomic():
        _told("remove_address", contact, by, channel=contact.channel)
        if contact.person is not None and not contact.sealed_address:
            Contact.objects.filter(pk=contact.pk).update(enabled=False)
        else:
            contact.delete()


def _told(action: str, contact: Contact, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(contact),
        organization=contact.unit.code if contact.unit else "",
        detail=detail,
    )
