"""What is watched of each service, how sensitively, and when nobody is to be told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.alarms.rules.vocabulary import Kind
from cx280.services.models import Service


class Attention(models.Model):
    """How sensitively a service is watched: all its watches share these false alarms."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="attention")
    a_month = models.FloatField(default=1.0)  # false alarms a month that people accept
    # What each choice would have told: [[choice, incidents], …] over so many days up to that one.
    replayed = models.JSONField(default=list, blank=True)
    replayed_days = models.PositiveSmallIntegerField(default=0)
    replayed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(a_month__gt=0), name="some_false_alarms_are_accepted"
            )
        ]

    exposure = {
        "service": "public",
        "a_month": "internal",
        "replayed": "internal",
        "replayed_days": "internal",
        "replayed_on": "internal",
    }

    def __str__(self) -> str:
        return f"{self.service}: {self.a_month:g} a month"


class Watch(models.Model):
    """One figure of a service that is watched."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=20, choices=Kind.choices())
    key = models.CharField(max_length=90)  # which event, flow, step or question; see rules.watches
    # The office whose answers it is about; null: all of the service.
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    label = models.CharField(max_length=200)
    # Watches that no longer have anything to look at stay, with their incidents.
    is_current = models.BooleanField(default=True)
    enabled = models.BooleanField(default=True)
    muted_until = models.DateTimeField(null=True, blank=True)
    # The end of the newest period that was looked at; null: none yet.
    looked_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["service", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "kind", "key"],
                condition=Q(unit__isnull=True),
                name="a_figure_of_a_service_is_watched_once",
            ),
            models.UniqueConstraint(
                fields=["service", "kind", "key", "unit"],
                condition=Q(unit__isnull=False),
                name="a_figure_of_an_office_is_watched_once",
            ),
        ]

    exposure = {
        "service": "public",
        "kind": "internal",
        "key": "internal",
        "unit": "public",
        "label": "internal",
        "is_current": "internal",
        "enabled": "internal",
        "muted_until": "internal",
        "looked_to": "internal",
    }

    def __str__(self) -> str:
        return f"{self.service}: {self.label}"


class Maintenance(models.Model):
    """Hours in which a service is worked on: what falls then is no alarm."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="maintenances")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_maintenance_ends_after_it_starts"
            )
        ]

    exposure = {
        "service": "public",
        "starts_at": "internal",
        "ends_at": "internal",
        "reason": "internal",
        "by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.service}: {self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M}"
