"""Clearance: OMB's permission to ask the public a set of questions, for a time."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from cx280.agencies.models import Organization
from cx280.kernel.words import Word


class CollectionKind(Word):
    """What is collected under a clearance (280.11-a4); all kinds debit one ledger."""

    SURVEY = "survey", "Customer feedback survey"
    CUSTOMER_RESEARCH = "customer_research", "Customer research"
    USABILITY_TEST = "usability_test", "Usability test"


class Clearance(models.Model):
    """An approved collection: an umbrella for a department, or one that stands alone."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="clearances"
    )
    control_number = models.CharField(
        max_length=9,
        unique=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}$", "Write the number as NNNN-NNNN.")],
    )
    title = models.CharField(max_length=200)
    is_umbrella = models.BooleanField(default=True)
    starts_on = models.DateField()
    expires_on = models.DateField()  # the last day it covers
    responses_ceiling = models.PositiveIntegerField()
    hours_ceiling = models.DecimalField(max_digits=12, decimal_places=2)
    # Older clearances forbid showing results to the public (280.10-s1, INC-27).
    permits_release = models.BooleanField(default=False)
    # Whether people may be asked how to reach them, after they have answered (INC-30).
    permits_contact = models.BooleanField(default=False)
    # Whether answers of one person may be read together along a journey (280.10-b3).
    permits_following = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["expires_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("starts_on")),
                name="a_clearance_expires_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(hours_ceiling__gte=0), name="a_ceiling_of_hours_is_not_negative"
            ),
        ]

    exposure = {
        "organization": "public",
        "control_number": "public",
        "title": "public",
        "is_umbrella": "public",
        "starts_on": "public",
        "expires_on": "public",
        "responses_ceiling": "public",
        "hours_ceiling": "public",
        "permits_release": "public",
        "permits_contact": "public",
        "permits_following": "public",
        "withdrawn_on": "public",
    }

    def __str__(self) -> str:
        return f"{self.control_number} {self.title}"


class Collection(models.Model):
    """One request under a clearance, with the burden it was approved for (280.11-a2)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        CLOSED = "closed", "Closed"

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="collections")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=CollectionKind.choices())
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    approved_on = models.DateField(null=True, blank=True)
    responses = models.PositiveIntegerField()  # expected answers of the public, whole clearance
    minutes = models.DecimalField(max_digits=6, decimal_places=2)  # for one answer
    # Of everybody together, where the groups of a request take different times.
    person_minutes = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # Digest of the questions OMB saw; blank where the request was not written here (280.11-a3).
    instrument = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_on__isnull=False),
                name="an_approved_collection_has_its_date",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="an_answer_takes_some_time"),
        ]

    exposure = {
        "clearance": "public",
        "title": "public",
        "kind": "public",
        "state": "public",
        "approved_on": "public",
        "responses": "public",
        "minutes": "public",
        "person_minutes": "public",
        "instrument": "public",
    }

    def __str__(self) -> str:
        return self.title


class ClearanceWarning(models.Model):
    """That the expiry was announced 180, 90 or 30 days ahead; told once each."""

    clearance = models.ForeignKey(Clearance, on_delete=models.CASCADE, related_name="warnings")
    days_ahead = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clearance", "days_ahead"], name="an_expiry_is_announced_once_at_a_distance"
            )
        ]

    exposure = {"clearance": "internal", "days_ahead": "internal", "raised_at": "internal"}

    def __str__(self) -> str:
        return f"{self.clearance}: {self.days_ahead} days"
