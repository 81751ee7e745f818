"""A life experience, who takes part, and the services it leads people through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.life_experiences.rules.vocabulary import Level
from cx280.services.models import Service


class LifeExperience(models.Model):
    """What people go through across agencies, chosen by OMB (280.13-c1).

    Until `designated_on` it is a draft of OMB and of those who take part. Never deleted.
    """

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    story = models.TextField(blank=True)  # what people go through, in their situation
    lead = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    governance = models.CharField(max_length=300, blank=True)  # who at OMB and the PMC, as offices
    designated_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    charter_url = models.URLField(max_length=500, blank=True)
    charter_published_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(designated_on__isnull=False),
                name="a_life_experience_ends_after_it_was_designated",
            ),
            models.CheckConstraint(
                condition=Q(charter_published_on__isnull=True) | ~Q(charter_url=""),
                name="a_published_charter_has_an_address",
            ),
        ]

    exposure = {
        "code": "public",
        "name": "public",
        "story": "public",
        "lead": "public",
        "governance": "public",
        "designated_on": "public",
        "ended_on": "public",
        "charter_url": "public",
        "charter_published_on": "public",
        "created_at": "internal",
        "created_by": "personal",
        "simulated": "public",
    }

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Who takes part: an agency, or somebody at another level of government by name."""

    experience = models.ForeignKey(LifeExperience, on_delete=models.CASCADE, related_name="members")
    agency = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices(), default=Level.FEDERAL.value)
    task = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["experience", "agency"], name="an_agency_is_a_member_once"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, name="") | (Q(agency__isnull=True) & ~Q(name="")),
                name="a_member_is_an_agency_or_has_a_name",
            ),
        ]

    exposure = {
        "experience": "public",
        "agency": "public",
        "name": "public",
        "level": "public",
        "task": "public",
    }

    def __str__(self) -> str:
        return self.agency.name if self.agency else self.name


class JoinedService(models.Model):
    """A service that people need on the way. Proposed by its agency until OMB takes it in."""

    experience = models.ForeignKey(
        LifeExperience, on_delete=models.CASCADE, related_name="services"
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="life_experiences")
    need = models.CharField(max_length=300)  # what people need it for on this way
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["experience", "service"], name="a_service_joins_a_life_experience_once"
            )
        ]

    exposure = {
        "experience": "public",
        "service": "public",
        "need": "public",
        "proposed_at": "internal",
        "proposed_by": "personal",
        "accepted_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.service} in {self.experience}"
