"""The agency's words for its customers and for what it knows, and how long that holds."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from cx280.agencies.models import Organization
from cx280.services.models import Service


class Segment(models.Model):
    """A group of customers, as the agency names it (280.9-e4)."""

    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="segments")
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)  # who belongs to it
    # Federal employees: they are no members of the public under the Paperwork Reduction Act.
    is_federal = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], name="an_agency_names_a_segment_once"
            )
        ]

    exposure = {
        "agency": "internal",
        "name": "internal",
        "about": "internal",
        "is_federal": "internal",
    }

    def __str__(self) -> str:
        return self.name


class SegmentShare(models.Model):
    """How large a segment is among a service's customers, and where that is known from."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="segment_shares")
    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="shares")
    share = models.FloatField()  # between 0 and 1; segments may overlap
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["-share"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "segment"], name="a_segment_has_one_share_of_a_service"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="a_segment_is_a_share_of_customers"
            ),
        ]

    exposure = {
        "service": "internal",
        "segment": "internal",
        "share": "internal",
        "source": "internal",
    }

    def __str__(self) -> str:
        return f"{self.segment}: {self.share:.0%} of {self.service}"


class Tag(models.Model):
    """A word from the agency's own list, by which insights are found together."""

    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="insight_tags")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="an_agency_lists_a_tag_once")
        ]

    exposure = {"agency": "internal", "name": "internal"}

    def __str__(self) -> str:
        return self.name


class Terms(models.Model):
    """How long an agency relies on what it learned."""

    agency = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="research_terms"
    )
    confirm_months = models.PositiveSmallIntegerField(
        default=12, validators=[MinValueValidator(1)]
    )  # after which an insight is stale
    study_months = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1)]
    )  # within which a designated service is studied in words and in numbers (280.9-e2)

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirm_months__gte=1, study_months__gte=1),
                name="what_is_learned_holds_for_a_month_at_least",
            )
        ]

    exposure = {"agency": "internal", "confirm_months": "internal", "study_months": "internal"}

    def __str__(self) -> str:
        return f"{self.agency}: {self.confirm_months} and {self.study_months} months"
