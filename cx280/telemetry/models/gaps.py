"""Silence: hours of a site without events that should have had some (280.7-f1)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.telemetry.models.sites import Site


class Gap(models.Model):
    """A silence found. `filled_at`: events of these hours came later, as with an imported log."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="gaps")
    start = models.DateTimeField()  # whole hours, UTC
    end = models.DateTimeField()
    expected = models.FloatField()  # events
    low = models.FloatField()
    high = models.FloatField()
    events = models.PositiveIntegerField(default=0)  # that came all the same
    days = models.PositiveSmallIntegerField()  # of history behind it
    is_open = models.BooleanField(default=False)  # nothing has come since
    found_at = models.DateTimeField()
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="a_gap_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["site", "start"],
                condition=Q(filled_at__isnull=True),
                name="a_site_has_one_gap_at_a_time",
            ),
        ]

    exposure = {
        "site": "public",
        "start": "internal",
        "end": "internal",
        "expected": "internal",
        "low": "internal",
        "high": "internal",
        "events": "internal",
        "days": "internal",
        "is_open": "internal",
        "found_at": "internal",
        "filled_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.site}: {self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M}"


class Watch(models.Model):
    """That a site was looked at, and how well a silence of it can be seen."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="watch")
    looked_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()  # of history
    hours_to_notice = models.FloatField(null=True, blank=True)

    exposure = {
        "site": "public",
        "looked_at": "internal",
        "days": "internal",
        "hours_to_notice": "internal",
    }

    def __str__(self) -> str:
        return f"{self.site} at {self.looked_at:%Y-%m-%d %H:%M}"
