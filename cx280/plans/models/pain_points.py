"""What hurts customers of a service, and what shows that it does."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person
from cx280.plans.rules.vocabulary import EvidenceKind
from cx280.research.models import Insight, ResearchStudy
from cx280.services.models import Service


class PainPoint(models.Model):
    """One thing that hurts customers of a service, in a sentence."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="pain_points")
    words = models.CharField(max_length=300)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["service__name", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "words"], name="a_pain_point_of_a_service_is_written_once"
            )
        ]

    exposure = {
        "service": "public",
        "words": "public",
        "added_at": "internal",
        "added_by": "personal",
    }

    def __str__(self) -> str:
        return self.words


class Evidence(models.Model):
    """What shows a pain point: in a sentence, with the place where it can be looked up."""

    pain_point = models.ForeignKey(PainPoint, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices())
    words = models.CharField(max_length=300)
    # A page of this system or elsewhere, for those who work here.
    address = models.CharField(max_length=500, blank=True)
    study = models.ForeignKey(
        ResearchStudy, on_delete=models.SET_NULL, null=True, blank=True, related_name="pain_points"
    )
    insight = models.ForeignKey(
        Insight, on_delete=models.SET_NULL, null=True, blank=True, related_name="pain_points"
    )
    # A figure of the service as actions are judged by; its page shows what it says now.
    figure = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    exposure = {
        "pain_point": "public",
        "kind": "public",
        "words": "public",
        "address": "internal",
        "study": "internal",
        "insight": "internal",
        "figure": "internal",
        "added_at": "internal",
    }

    def __str__(self) -> str:
        return self.words
