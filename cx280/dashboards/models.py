"""Digest: how often somebody gets their today page by email."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person
from cx280.dashboards.rules.digests import Cadence


class Digest(models.Model):
    """A person's choice; without a row nothing is sent."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="digest")
    cadence = models.CharField(max_length=10, choices=Cadence.choices())
    sent_on = models.DateField(null=True, blank=True)  # the day the last one was for

    exposure = {"person": "personal", "cadence": "internal", "sent_on": "internal"}

    def __str__(self) -> str:
        return f"{self.person}: {self.cadence}"
