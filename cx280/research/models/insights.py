"""What is known of customers: a sentence, what it rests on, and when it was last confirmed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.research.models.rounds import TestRound
from cx280.research.models.segments import Segment, Tag
from cx280.research.models.studies import ResearchStudy
from cx280.research.rules.vocabulary import Confidence, Source
from cx280.services.models import Service


class Insight(models.Model):
    """Something the agency knows of its customers and what they need (280.9-e4)."""

    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="insights")
    sentence = models.CharField(max_length=300)
    need = models.CharField(max_length=200, blank=True)  # what people need, in their words
    confidence = models.CharField(max_length=10, choices=Confidence.choices())
    segments = models.ManyToManyField(Segment, blank=True, related_name="insights")
    services = models.ManyToManyField(Service, blank=True, related_name="insights")
    tags = models.ManyToManyField(Tag, blank=True, related_name="insights")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    confirmed_on = models.DateField()  # the day it was written, until somebody looks again
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    retired_on = models.DateField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)
    # All that a search finds it by; the database's own index is kept over it (see index.py).
    words = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-confirmed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "sentence"], name="an_insight_is_written_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__gte=F("written_on")),
                name="an_insight_is_confirmed_after_it_is_written",
            ),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True) | ~Q(retired_because=""),
                name="a_retired_insight_says_why",
            ),
        ]

    exposure = {
        "agency": "internal",
        "sentence": "internal",
        "need": "internal",
        "confidence": "internal",
        "segments": "internal",
        "services": "internal",
        "tags": "internal",
        "written_by": "personal",
        "written_on": "internal",
        "confirmed_on": "internal",
        "confirmed_by": "personal",
        "retired_on": "internal",
        "retired_because": "internal",
        "words": "internal",
        "simulated": "internal",
    }

    def __str__(self) -> str:
        return self.sentence


class InsightEvidence(models.Model):
    """What an insight rests on: in a sentence with its figure, and where to look it up."""

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="evidence")
    source = models.CharField(max_length=20, choices=Source.choices())
    study = models.ForeignKey(
        ResearchStudy, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    round = models.ForeignKey(
        TestRound, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    words = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)  # a page here or elsewhere

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="study") | Q(study__isnull=False),
                name="evidence_of_a_study_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(source="round") | Q(round__isnull=False),
                name="evidence_of_a_round_names_it",
            ),
        ]

    exposure = {
        "insight": "internal",
        "source": "internal",
        "study": "internal",
        "round": "internal",
        "words": "internal",
        "address": "internal",
    }

    def __str__(self) -> str:
        return self.words
