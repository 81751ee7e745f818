"""Reported rows with their questions: from releases, and from files of earlier quarters."""

from __future__ import annotations

from django.db import models

from cx280.reporting.models.releases import Release
from cx280.services.models import Hisp, Service
from cx280.services.rules.vocabulary import Channel


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
    # People found the survey by themselves; null where a report of earlier quarters does not say.
    self_selected = models.BooleanField(null=True, blank=True)
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
        "self_selected": "public",
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
