"""High-Impact Service Providers, as OMB listed them, with every change dated."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization


class Hisp(models.Model):
    """A High-Impact Service Provider, as OMB designated it, for as long as it did (280.13-a1)."""

    class Reason(models.TextChoices):
        LARGE_BASE = "large_base", "Large customer base"
        HIGH_IMPACT = "high_impact", "High impact on those served"
        BOTH = "both", "Both"

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="hisps")
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    designated_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # A newly designated provider without capacity says from which quarter it will report
    # (280.16-b1).
    target_quarter = models.CharField(max_length=10, blank=True)
    source_url = models.URLField(blank=True)
    retrieved_on = models.DateField(null=True, blank=True)
    description = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(designated_on__isnull=True)
                | Q(ended_on__gte=F("designated_on")),
                name="a_hisp_ends_after_it_was_designated",
            )
        ]

    exposure = {
        "code": "public",
        "name": "public",
        "organization": "public",
        "reason": "public",
        "designated_on": "public",
        "ended_on": "public",
        "target_quarter": "public",
        "source_url": "public",
        "retrieved_on": "public",
        "description": "public",
        "simulated": "public",
    }

    def __str__(self) -> str:
        return self.name


class HispChange(models.Model):
    """A change of a provider's name, or a designation that ended, with its day (280.13-a2)."""

    class Field(models.TextChoices):
        NAME = "name", "Name"
        # before: the days of an earlier designation, as `2018-10-01/2020-09-30`.
        PERIOD = "period", "Earlier designation"

    hisp = models.ForeignKey(Hisp, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=10, choices=Field)
    before = models.CharField(max_length=200)
    after = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["effective_on", "id"]

    exposure = {
        "hisp": "public",
        "field": "public",
        "before": "public",
        "after": "public",
        "effective_on": "public",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after} ({self.effective_on})"


class HispList(models.Model):
    """One version of OMB's list as it was read: where, when, and what it changed (280.13-a3)."""

    effective_on = models.DateField()
    source_url = models.URLField()
    retrieved_on = models.DateField()
    entries = models.JSONField()  # the list itself, row by row
    difference = models.JSONField()  # added, removed, renamed, against the list before
    imported_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-effective_on", "-id"]

    exposure = {
        "effective_on": "public",
        "source_url": "public",
        "retrieved_on": "public",
        "entries": "public",
        "difference": "public",
        "imported_by": "personal",
        "imported_at": "internal",
    }

    def __str__(self) -> str:
        return f"list of {self.effective_on}"
