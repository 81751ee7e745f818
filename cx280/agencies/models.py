"""Organization: departments, bureaus, program offices and service centers, as one tree."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Level(models.TextChoices):
    """The four levels of 280.9-a1, from the department down."""

    DEPARTMENT = "department", "Department or independent agency"
    BUREAU = "bureau", "Bureau"
    PROGRAM_OFFICE = "program_office", "Program office"
    SERVICE_CENTER = "service_center", "Service center"


class Organization(models.Model):
    """An organizational unit; its `code` is what survey links and files name it by."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    level = models.CharField(max_length=20, choices=Level)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=20, blank=True)
    # 5 U.S.C. 105; set on the root of a tree.
    executive_agency = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=60, default="America/New_York")
    # "/3/17/52/": ids from the root to this unit, so that a subtree is one prefix.
    path = models.CharField(max_length=200, db_index=True, editable=False)
    active_from = models.DateField(null=True, blank=True)
    active_until = models.DateField(null=True, blank=True)  # the last day, included
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_until__isnull=True)
                | Q(active_from__isnull=True)
                | Q(active_until__gte=models.F("active_from")),
                name="an_organization_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(level="department", parent__isnull=True)
                | (~Q(level="department") & Q(parent__isnull=False)),
                name="only_departments_stand_at_the_root",
            ),
            models.UniqueConstraint(Lower("code"), name="codes_differ_by_more_than_case"),
        ]

    exposure = {
        "parent": "public",
        "level": "public",
        "code": "public",
        "name": "public",
        "abbreviation": "public",
        "executive_agency": "public",
        "time_zone": "public",
        "path": "internal",
        "active_from": "public",
        "active_until": "public",
        "simulated": "public",
    }

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        """How many units stand above this one."""
        return self.path.count("/") - 2

    @property
    def time_zone_in_words(self) -> str:
        """The time zone without its underscores."""
        return self.time_zone.replace("_", " ")

    def is_active(self, on: date) -> bool:
        """Whether the unit exists on that day."""
        begun = self.active_from is None or self.active_from <= on
        return begun and (self.active_until is None or on <= self.active_until)

    def contains(self, other: Organization) -> bool:
        """Whether the other unit is this one or stands below it."""
        return other.path.startswith(self.path)


class OrganizationChange(models.Model):
    """A change of a unit's name, place or level, with the day it took effect."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Empty while the change is planned; the daily task carries it out on its day.
    applied_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_on__isnull=True) | Q(applied_on__gte=models.F("effective_on")),
                name="a_change_is_carried_out_on_its_day_or_later",
            )
        ]

    exposure = {
        "organization": "public",
        "field": "public",
        "before": "public",
        "after": "public",
        "effective_on": "public",
        "recorded_at": "internal",
        "applied_on": "public",
    }

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after} ({self.effective_on})"

    @property
    def field_in_words(self) -> str:
        """What changed, as people read it."""
        return {"parent": "place", "active_until": "last day"}.get(
            self.field, self.field.replace("_", " ")
        )
