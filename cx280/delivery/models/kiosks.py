"""Kiosks: an agency's own devices, each set up once, that ask one survey in one office."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.surveys.models import Survey


class Kiosk(models.Model):
    """A device at which people answer. What it sends is filed under its office (280.10-k5)."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="kiosks")
    unit = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)  # where it stands: “Exit, left”
    takes_words = models.BooleanField(default=False)  # whether it shows questions of free text
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # The link that makes a device this kiosk: once, and not for long.
    link_digest = models.CharField(max_length=64, blank=True)
    link_until = models.DateTimeField(null=True, blank=True)
    # What the device shows from then on.
    device_digest = models.CharField(max_length=64, blank=True)
    set_up_at = models.DateTimeField(null=True, blank=True)
    # What it told when it was last heard of.
    last_seen_at = models.DateTimeField(null=True, blank=True)
    waiting = models.PositiveIntegerField(default=0)  # answers on the device, not sent yet
    refused = models.PositiveIntegerField(default=0)  # answers that could not be stored
    answers = models.PositiveIntegerField(default=0)  # stored since it was set up
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["unit__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["device_digest"],
                condition=~Q(device_digest=""),
                name="a_device_is_one_kiosk",
            ),
            models.UniqueConstraint(
                fields=["link_digest"],
                condition=~Q(link_digest=""),
                name="a_link_sets_one_kiosk_up",
            ),
            models.CheckConstraint(
                condition=Q(link_digest="") | Q(link_until__isnull=False),
                name="a_link_for_a_kiosk_ends",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_kiosk_has_a_name"),
        ]

    exposure = {
        "survey": "internal",
        "unit": "internal",
        "name": "internal",
        "takes_words": "internal",
        "created_by": "personal",
        "created_at": "internal",
        "link_digest": "personal",
        "link_until": "internal",
        "device_digest": "personal",
        "set_up_at": "internal",
        "last_seen_at": "internal",
        "waiting": "internal",
        "refused": "internal",
        "answers": "internal",
        "revoked_at": "internal",
        "revoked_by": "personal",
    }

    def __str__(self) -> str:
        return self.name


class KioskBeginning(models.Model):
    """Somebody who touched a kiosk's survey and has not sent it: told again, it is counted once.

    id: made on the device for one person; their answers carry it too. Forgotten after weeks.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kiosk = models.ForeignKey(Kiosk, on_delete=models.CASCADE, related_name="beginnings")
    told_at = models.DateTimeField(db_index=True)

    exposure = {"id": "internal", "kiosk": "internal", "told_at": "internal"}

    def __str__(self) -> str:
        return f"beginning {self.id}"
