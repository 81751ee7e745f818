"""The versions of a journey: each state it had, from when, and what changed."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person
from cx280.services.models import Journey


class MapVersion(models.Model):
    """A journey as it stood after a change. Several saves of one person in a row are one version.

    keys: the number of each step of `content`. restores: the version whose state this one brought
    back, so that taking back twice goes further back.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.JSONField(default=list)
    content = models.JSONField()
    keys = models.JSONField(default=list)
    restores = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "number"], name="versions_of_a_journey_are_numbered"
            )
        ]

    exposure = {
        "journey": "internal",
        "number": "internal",
        "revision": "internal",
        "at": "internal",
        "by": "personal",
        "words": "internal",
        "content": "internal",
        "keys": "internal",
        "restores": "internal",
    }

    def __str__(self) -> str:
        return f"{self.journey}, version {self.number}"
