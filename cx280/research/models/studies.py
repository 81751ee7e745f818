"""Research studies: what was asked, of how many, and what was learned. Never of whom by name."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.paperwork.models import Study
from cx280.research.models.segments import Segment
from cx280.research.rules.participants import Part
from cx280.research.rules.vocabulary import Approach, Experience, Method
from cx280.services.models import Journey, Service


class ResearchStudy(models.Model):
    """A question, how it was looked into, and what was found (280.4-b3, 280.9-e2)."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="research"
    )
    title = models.CharField(max_length=200)
    question = models.TextField()
    approach = models.CharField(max_length=20, choices=Approach.choices())
    method = models.CharField(max_length=20, choices=Method.choices())
    services = models.ManyToManyField(Service, blank=True, related_name="research")
    journeys = models.ManyToManyField(Journey, blank=True, related_name="research")
    starts_on = models.DateField()
    ends_on = models.DateField()
    findings = models.TextField(blank=True)
    # Its entry among the studies that debit a clearance: there the approval is found.
    entry = models.ForeignKey(
        Study, on_delete=models.SET_NULL, null=True, blank=True, related_name="research"
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-starts_on", "title"]
        verbose_name_plural = "research studies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="research_ends_after_it_starts"
            )
        ]

    exposure = {
        "organization": "internal",
        "title": "internal",
        "question": "internal",
        "approach": "internal",
        "method": "internal",
        "services": "internal",
        "journeys": "internal",
        "starts_on": "internal",
        "ends_on": "internal",
        "findings": "internal",
        "entry": "internal",
        "written_by": "personal",
        "changed_at": "internal",
        "simulated": "internal",
    }

    def __str__(self) -> str:
        return self.title


class StudyPart(models.Model):
    """How many of a segment were to take part, by how far they got, and how many did: counts."""

    study = models.ForeignKey(ResearchStudy, on_delete=models.CASCADE, related_name="parts")
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="parts")
    experience = models.CharField(max_length=20, choices=Experience.choices())
    planned = models.PositiveIntegerField()
    came = models.PositiveIntegerField(null=True, blank=True)  # None: not counted yet

    class Meta:
        ordering = ["segment__name", "experience"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "segment", "experience"],
                name="participants_of_one_kind_are_counted_once",
            )
        ]

    exposure = {
        "study": "internal",
        "segment": "internal",
        "experience": "internal",
        "planned": "internal",
        "came": "internal",
    }

    def __str__(self) -> str:
        return f"{self.segment}, {self.get_experience_display()}"

    @property
    def as_rule(self) -> Part:
        """The row as the rules count it."""
        return Part(
            self.segment.name,
            Experience.of(self.experience),
            self.planned,
            self.came,
            self.segment.is_federal,
        )
