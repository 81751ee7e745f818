"""Annual Performance Plans and Reports as they were published."""

from __future__ import annotations

from django.db import models

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.indicators.rules.vocabulary import Paper


class PerformanceDocument(models.Model):
    """What an agency's plan or report says of customer experience in a fiscal year.

    Never changed, never deleted: a correction is the next number.
    """

    agency = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="performance_documents"
    )
    paper = models.CharField(max_length=10, choices=Paper.choices())
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()  # see rules/content.py; public fields only
    digest = models.CharField(max_length=64)
    # Warnings that stood when it was published, with the reasons given; for the agency and OMB.
    warnings = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-fiscal_year", "paper", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "paper", "fiscal_year", "number"],
                name="a_published_plan_or_report_has_a_number",
            )
        ]

    exposure = {
        "agency": "public",
        "paper": "public",
        "fiscal_year": "public",
        "number": "public",
        "content": "public",
        "digest": "public",
        "warnings": "internal",
        "published_at": "public",
        "published_by": "personal",
    }

    def __str__(self) -> str:
        return f"{Paper.of(self.paper).label} FY{self.fiscal_year}, {self.agency}"
