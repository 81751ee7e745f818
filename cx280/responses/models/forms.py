"""Paper forms that were printed: which version, whose office, and the numbers they carry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.surveys.models import SurveyVersion


class FormRun(models.Model):
    """Forms printed at once, numbered one after the other; without copies a sheet to be copied."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="form_runs")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=12, default="en")
    first = models.PositiveIntegerField()  # the serial number of the first; see `form_numbers`
    copies = models.PositiveSmallIntegerField()  # 0: one sheet without a number, to be copied
    return_to = models.CharField(max_length=400, blank=True)  # lines of an address
    printed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "first"],
                condition=Q(copies__gt=0),
                name="no_two_printed_forms_have_one_number",
            )
        ]

    exposure = {
        "version": "internal",
        "unit": "internal",
        "language": "internal",
        "first": "internal",
        "copies": "internal",
        "return_to": "internal",
        "printed_by": "personal",
        "printed_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.copies} forms of {self.version}"
