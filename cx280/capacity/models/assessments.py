"""Assessments and reflections, and the versions of them that were signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.capacity.models.templates import TemplateVersion
from cx280.capacity.rules.vocabulary import Kind, Stage
from cx280.services.models import Hisp


class Assessment(models.Model):
    """A provider's assessment of a year, or an agency's reflection: one each, never deleted.

    `organization` is the provider's unit, or the agency that reflects.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="assessments"
    )
    hisp = models.ForeignKey(
        Hisp, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices())
    fiscal_year = models.PositiveSmallIntegerField()
    template_version = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, related_name="assessments"
    )
    stage = models.CharField(max_length=10, choices=Stage.choices(), default=Stage.DRAFT.value)
    # Why no step to greater maturity is underway or planned; blank while there is one (280.17-c2).
    no_initiative = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)  # the first time; decides lateness

    class Meta:
        ordering = ["-fiscal_year", "organization__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["hisp", "fiscal_year"], name="one_assessment_a_provider_and_year"
            ),
            models.UniqueConstraint(
                fields=["organization", "fiscal_year"],
                condition=Q(hisp__isnull=True),
                name="one_reflection_an_agency_and_year",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ASSESSMENT.value, hisp__isnull=False)
                | Q(kind=Kind.REFLECTION.value, hisp__isnull=True),
                name="providers_assess_and_agencies_reflect",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT.value)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="no_assessment_leaves_without_a_signature",
            ),
        ]

    exposure = {
        "organization": "internal",
        "hisp": "internal",
        "kind": "internal",
        "fiscal_year": "internal",
        "template_version": "internal",
        "stage": "internal",
        "no_initiative": "internal",
        "created_at": "internal",
        "signed_at": "internal",
        "signed_by": "personal",
        "submitted_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.subject}, FY{self.fiscal_year}"

    @property
    def subject(self) -> str:
        """Whose it is: the provider, or the agency."""
        return self.hisp.name if self.hisp is not None else self.organization.name

    @property
    def is_reflection(self) -> bool:
        """Whether it is the lighter one."""
        return self.kind == Kind.REFLECTION


class AssessmentVersion(models.Model):
    """An assessment as it was signed, with its template. Never changed, never deleted."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # From when OMB reads it: handed over, or for a reflection signed.
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="an_assessment_version_has_a_number"
            )
        ]

    exposure = {
        "assessment": "internal",
        "number": "internal",
        "content": "internal",
        "digest": "internal",
        "signed_at": "internal",
        "signed_by": "personal",
        "given_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.assessment}, version {self.number}"
