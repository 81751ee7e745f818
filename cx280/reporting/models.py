"""Quarter packages with their versions and reviews, reported rows, and immutable releases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.services.models import Hisp, Service
from cx280.services.rules.vocabulary import Channel


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

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["fiscal_year", "quarter"])]
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


class ReportedRow(models.Model):
    """One survey of one service in one quarter as reported: from a release or from a history file.

    `raw` keeps every column of a history file as it was read, so that it can be written back.
    """

    source_id = models.CharField(max_length=100, unique=True)  # `hisp:1`, `release:12:0`
    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, null=True, blank=True, related_name="rows"
    )
    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="reported_rows")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reported_rows")
    fiscal_year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    service_provided = models.CharField(max_length=300, blank=True)
    transaction_point = models.TextField(blank=True)
    channel = models.CharField(max_length=30, choices=Channel.choices(), blank=True)
    customers = models.BigIntegerField(null=True, blank=True)
    offered = models.BigIntegerField(null=True, blank=True)
    respondents = models.BigIntegerField(null=True, blank=True)
    control_number = models.CharField(max_length=100, blank=True)
    findings = models.JSONField(default=list)
    raw = models.JSONField(default=dict)
    created_at = models.DateTimeField(null=True, blank=True)  # at the source
    updated_at = models.DateTimeField(null=True, blank=True)  # at the source

    class Meta:
        ordering = ["fiscal_year", "quarter", "hisp__name", "service__name", "source_id"]
        indexes = [models.Index(fields=["fiscal_year", "quarter"])]

    exposure = {
        "source_id": "public",
        "release": "public",
        "hisp": "public",
        "service": "public",
        "fiscal_year": "public",
        "quarter": "public",
        "service_provided": "public",
        "transaction_point": "public",
        "channel": "public",
        "customers": "public",
        "offered": "public",
        "respondents": "public",
        "control_number": "public",
        "findings": "internal",
        "raw": "internal",
        "created_at": "public",
        "updated_at": "public",
    }

    def __str__(self) -> str:
        return f"{self.source_id}: {self.service}, FY{self.fiscal_year} Q{self.quarter}"


class ReportedQuestion(models.Model):
    """One question of a reported row: its words, what it measures, and how often each code."""

    row = models.ForeignKey(ReportedRow, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()  # q1 … q11
    text = models.TextField(blank=True)
    construct = models.CharField(max_length=30)  # read from the words, not from the position
    statement = models.CharField(max_length=5, blank=True)  # T1 …; blank when none is near
    wording = models.CharField(max_length=20)  # exact, slot-filled, minor, modified
    scale = models.CharField(max_length=20)  # agree5, agree10, stars5, yesno …
    comparable = models.CharField(max_length=200)  # the comparability key, written out
    counts = models.JSONField()  # [n1, n2, n3, n4, n5]
    # Those who gave an answer, and those who gave one of the two highest; null is not shown.
    answered = models.BigIntegerField(null=True, blank=True)
    agreeing = models.BigIntegerField(null=True, blank=True)
    published_mean = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    mean = models.FloatField(null=True, blank=True)  # recomputed

    class Meta:
        ordering = ["row", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["row", "position"], name="a_reported_row_has_one_question_in_a_place"
            )
        ]
        indexes = [models.Index(fields=["construct", "comparable"])]

    exposure = {
        "row": "public",
        "position": "public",
        "text": "public",
        "construct": "public",
        "statement": "public",
        "wording": "public",
        "scale": "public",
        "comparable": "public",
        "counts": "public",
        "answered": "public",
        "agreeing": "public",
        "published_mean": "public",
        "mean": "public",
    }

    def __str__(self) -> str:
        return f"q{self.position} {self.construct}"
