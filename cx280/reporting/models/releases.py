"""Immutable releases, their numbers, and the noise an agency may want in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.services.models import Hisp, Service


class Release(models.Model):
    """What the public sees: immutable and numbered; a correction is the next number."""

    number = models.PositiveIntegerField(unique=True)
    fiscal_year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="releases")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="releases")
    source = models.CharField(max_length=200)  # cx280, or where an earlier report was published
    content = models.JSONField()  # see reporting/rules/content.py; suppressed, public fields only
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField(max_length=500, blank=True)  # why it replaces the earlier one
    simulated = models.BooleanField(default=False)
    # What the attacker found before it was published: rule, places, releases read beside it.
    disclosure = models.JSONField(default=dict)

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["fiscal_year", "quarter"]),
            # Beside the unique one: nearly all of that are null, and SQLite's statistics take
            # these for one value, so it would read all releases to find each one's correction.
            models.Index(
                fields=["replaces"],
                condition=Q(replaces__isnull=False),
                name="reporting_corrections",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="a_correction_says_why",
            )
        ]

    exposure = {
        "number": "public",
        "fiscal_year": "public",
        "quarter": "public",
        "hisp": "public",
        "service": "public",
        "source": "public",
        "content": "public",
        "digest": "public",
        "published_at": "public",
        "replaces": "public",
        "reason": "public",
        "simulated": "public",
        "disclosure": "internal",
    }

    def __str__(self) -> str:
        return f"Release {self.number}: {self.service}, FY{self.fiscal_year} Q{self.quarter}"


class ReleaseCounter(models.Model):
    """The number of the latest release: one row, whose lock keeps two publishers apart."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_release_counter")
        ]

    exposure = {"id": "internal", "last": "internal"}

    def __str__(self) -> str:
        return f"release {self.last}"


class NoiseSetting(models.Model):
    """An agency wants noise in its releases; without a row there is none, which is the rule.

    epsilon: what one person's answers to one survey spend in a release. yearly: what the releases
    of one provider may spend in a fiscal year, corrections included.
    """

    agency = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="noise_setting"
    )
    epsilon = models.DecimalField(max_digits=6, decimal_places=3)
    yearly = models.DecimalField(max_digits=7, decimal_places=3)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(epsilon__gt=0) & Q(yearly__gte=models.F("epsilon")),
                name="a_year_has_budget_for_one_release",
            )
        ]

    exposure = {
        "agency": "public",
        "epsilon": "public",
        "yearly": "public",
        "set_by": "personal",
        "set_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.agency}: noise of {self.epsilon} a release"
