"""Quarter packages with their versions and reviews; services that report through the API."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.services.models import Hisp, Service


class Package(models.Model):
    """What a designated service reports to OMB for one quarter (280.14-c, 280.15)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        CERTIFIED = "certified", "Signed"
        SUBMITTED = "submitted", "Sent to OMB"
        RETURNED = "returned", "Returned with comments"
        ACCEPTED = "accepted", "Accepted"
        PUBLISHED = "published", "Published"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="packages")
    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="packages")
    fiscal_year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=10, default="FY2022")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # What people write; the figures are drawn from the measures while it is a draft.
    accomplishments = models.TextField(blank=True)
    reflection = models.TextField(blank=True)
    # {driver or construct: {"reason", "approver"}} for what does not apply (INC-21).
    not_applicable = models.JSONField(default=dict, blank=True)
    customers_served = models.BigIntegerField(null=True, blank=True)
    # {survey code: {"customers": n, "offered": n}} where cx280 does not count them itself.
    survey_volumes = models.JSONField(default=dict, blank=True)
    # The CX lead asked for the signature; cleared when it is given or refused.
    asked_to_sign_at = models.DateTimeField(null=True, blank=True)
    not_signed_because = models.TextField(blank=True)
    # Why a published quarter was opened again; becomes the reason of the next release.
    correction = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    certified_at = models.DateTimeField(null=True, blank=True)
    certified_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)  # the first time
    accepted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-fiscal_year", "-quarter", "service__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "fiscal_year", "quarter"],
                name="one_package_for_a_service_and_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="a_package_has_a_real_quarter"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"])
                | Q(certified_at__isnull=False, certified_by__isnull=False),
                name="nothing_leaves_without_a_signature",
            ),
        ]

    exposure = {
        "service": "public",
        "hisp": "public",
        "fiscal_year": "public",
        "quarter": "public",
        "edition": "public",
        "state": "internal",
        "accomplishments": "public",
        "reflection": "public",
        "not_applicable": "public",
        "customers_served": "public",
        "survey_volumes": "public",
        "asked_to_sign_at": "internal",
        "not_signed_because": "internal",
        "correction": "public",
        "created_at": "internal",
        "changed_at": "internal",
        "certified_at": "public",
        "certified_by": "personal",
        "submitted_at": "public",
        "accepted_at": "public",
        "published_at": "public",
    }

    def __str__(self) -> str:
        return f"{self.service}, FY{self.fiscal_year} Q{self.quarter}"


class PackageIndicator(models.Model):
    """A service-level indicator as numbers: name, unit, direction, target, value (280.10-r1)."""

    class Direction(models.TextChoices):
        UP = "up", "Higher is better"
        DOWN = "down", "Lower is better"

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    direction = models.CharField(max_length=5, choices=Direction, default=Direction.UP)
    target = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "name"], name="an_indicator_stands_once_in_a_package"
            )
        ]

    exposure = {
        "package": "public",
        "name": "public",
        "unit": "public",
        "direction": "public",
        "target": "public",
        "value": "public",
        "numerator": "public",
        "denominator": "public",
    }

    def __str__(self) -> str:
        return self.name


class PackageVersion(models.Model):
    """The package whole, as it was signed: content, findings and digest. Never changed."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    findings = models.JSONField()
    digest = models.CharField(max_length=64)
    certified_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    certified_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["package", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "number"], name="package_versions_are_numbered"
            )
        ]

    exposure = {
        "package": "internal",
        "number": "internal",
        "content": "internal",
        "findings": "internal",
        "digest": "internal",
        "certified_by": "personal",
        "certified_at": "internal",
        "submitted_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.package}, version {self.number}"


class Review(models.Model):
    """What OMB decided about a submitted version, and why."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"

    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=10, choices=Decision)
    comment = models.TextField(blank=True)
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(comment=""),
                name="a_returned_package_says_why",
            )
        ]

    exposure = {
        "version": "internal",
        "decision": "internal",
        "comment": "internal",
        "reviewer": "personal",
        "decided_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.version}: {self.decision}"


class ApiHandover(models.Model):
    """OMB takes a service's data through an API from a day on; no quarterly file (280.16-a1)."""

    service = models.OneToOneField(Service, on_delete=models.PROTECT, related_name="api_handover")
    starts_on = models.DateField()  # quarters that end on or after this day
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    exposure = {
        "service": "public",
        "starts_on": "public",
        "accepted_by": "personal",
        "accepted_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.service} through the API from {self.starts_on}"
