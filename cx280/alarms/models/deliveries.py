"""Who is told, over which channel, and how far each delivery has come."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.alarms.channels.shape import ChannelKind
from cx280.alarms.models.incidents import Flip
from cx280.alarms.rules.vocabulary import Pace, Sending
from cx280.delivery.sealing import hashed, opened, sealed


class Contact(models.Model):
    """An address at which a person, or a unit, is told."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="alarm_contacts"
    )
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=20, choices=ChannelKind.choices())
    # Encrypted: with its address alone anybody may post to a room. See `as_kept`.
    sealed_address = models.TextField(blank=True)  # blank: the person's e-mail address
    address_hash = models.CharField(max_length=64, blank=True)  # by which it is known again
    sealed_secrets = models.TextField(blank=True)
    enabled = models.BooleanField(default=True)
    pace = models.CharField(max_length=10, choices=Pace.choices(), default=Pace.AT_ONCE.value)
    digest_on = models.DateField(null=True, blank=True)  # the day the last digest was for
    # Told only when nobody took it for so long; null: as the role of the person has it.
    waits_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)  # blank: that of the unit
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    quiet_weekends = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True)
                | Q(person__isnull=True, unit__isnull=False),
                name="a_contact_is_of_a_person_or_of_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(sealed_address=""),
                name="a_contact_of_a_unit_has_an_address",
            ),
            models.CheckConstraint(
                condition=Q(sealed_address="", address_hash="")
                | (~Q(sealed_address="") & ~Q(address_hash="")),
                name="an_address_is_known_by_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(pace="at_once") | Q(channel="email"), name="only_mail_is_gathered"
            ),
            models.UniqueConstraint(
                fields=["person", "channel", "address_hash"],
                name="a_person_names_an_address_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "channel", "address_hash"], name="a_unit_names_an_address_once"
            ),
        ]

    exposure = {
        "person": "personal",
        "unit": "internal",
        "channel": "internal",
        "sealed_address": "personal",
        "address_hash": "personal",
        "sealed_secrets": "personal",  # shown once, to whoever made it
        "enabled": "internal",
        "pace": "internal",
        "digest_on": "internal",
        "waits_hours": "internal",
        "time_zone": "internal",
        "quiet_from": "internal",
        "quiet_until": "internal",
        "quiet_weekends": "internal",
    }

    def __str__(self) -> str:
        return f"{self.channel} of {self.person or self.unit}"

    @property
    def told_at(self) -> str:
        """The address that is told; raises CannotOpen under a strange key, as the others do."""
        return self.address or (self.person.email if self.person else "")

    @property
    def address(self) -> str:
        """The address that was given; "" where the person's own mail is told."""
        return opened(self.sealed_address) if self.sealed_address else ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What it signs with, newest first; only channels that sign have any."""
        return tuple(opened(self.sealed_secrets).split()) if self.sealed_secrets else ()


def as_kept(address: str, secrets: Sequence[str] = ()) -> dict[str, str]:
    """The fields of a contact in which its address and secrets are kept, by name."""
    return {
        "sealed_address": sealed(address) if address else "",
        "address_hash": hashed(address) if address else "",
        "sealed_secrets": secrets_as_kept(secrets),
    }


def secrets_as_kept(secrets: Sequence[str]) -> str:
    """The same for secrets alone."""
    return sealed("\n".join(secrets)) if secrets else ""


class Delivery(models.Model):
    """That a contact is to be told of a flip. Claimed by compare-and-set, with a lease.

    `attempts` is its log: [moment, what happened], oldest first, without addresses.
    """

    flip = models.ForeignKey(Flip, on_delete=models.CASCADE, related_name="deliveries")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(
        max_length=10, choices=Sending.choices(), default=Sending.WAITING.value
    )
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=40, blank=True)  # a worker's word for this claim
    lease_until = models.DateTimeField(null=True, blank=True)
    # Set just before it is sent: a claim that is lost after it may have been delivered.
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    attempts = models.JSONField(default=list)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["flip", "contact"], name="a_flip_is_told_once_to_a_contact"
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", lease_until__isnull=False) & ~Q(claimed_by="")
                | (~Q(state="claimed") & Q(lease_until__isnull=True, claimed_by="")),
                name="what_is_claimed_has_a_lease_and_nothing_else_has",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="what_is_sent_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"),
                         name="deliveries_that_wait"),
        ]  # fmt: skip

    exposure = {
        "flip": "internal",
        "contact": "internal",
        "state": "internal",
        "due_at": "internal",
        "claimed_by": "internal",
        "lease_until": "internal",
        "begun_at": "internal",
        "sent_at": "internal",
        "tries": "internal",
        "last_error": "internal",
        "attempts": "internal",
    }

    def __str__(self) -> str:
        return f"{self.flip} to {self.contact}: {self.state}"
