"""Whom surveys have asked, known by a keyed hash only: never an address, a name or a number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.agencies.models import Organization
from cx280.delivery.models.interactions import Interaction
from cx280.surveys.models import Survey


class AgencySecret(models.Model):
    """A key an agency's persons are hashed under, itself encrypted.

    `contacts` keys are changed and destroyed when the longest rule permits. The `lasting` key
    hashes what has to hold for good: who asked not to be asked, and which interactions are known.
    """

    class Purpose(models.TextChoices):
        CONTACTS = "contacts", "Who was asked when"
        LASTING = "lasting", "Who asked not to be asked"

    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    sealed = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "purpose"],
                condition=Q(retired_at__isnull=True),
                name="one_secret_of_a_kind_is_in_use",
            ),
        ]

    exposure = {
        "agency": "internal",
        "purpose": "internal",
        "sealed": "personal",
        "made_at": "internal",
        "retired_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.purpose} secret of {self.agency}"


class Contact(models.Model):
    """Somebody was asked. Gone with the secret that its hash was made under."""

    secret = models.ForeignKey(AgencySecret, on_delete=models.CASCADE, related_name="contacts")
    person = models.CharField(max_length=32)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    interaction = models.OneToOneField(
        Interaction, on_delete=models.CASCADE, related_name="contact"
    )
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "asked_at"], name="when_a_person_was_asked")]

    exposure = {
        "secret": "internal",
        "person": "personal",
        "survey": "internal",
        "interaction": "internal",
        "asked_at": "internal",
    }

    def __str__(self) -> str:
        return f"asked {self.asked_at:%Y-%m-%d}"


class OptOut(models.Model):
    """Somebody asked not to be asked again by any survey of the agency."""

    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    person = models.CharField(max_length=32)  # under the agency's lasting secret
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person"], name="a_person_opts_out_of_an_agency_once"
            ),
        ]

    exposure = {"agency": "internal", "person": "personal", "said_at": "internal"}

    def __str__(self) -> str:
        return f"opted out {self.said_at:%Y-%m-%d}"
