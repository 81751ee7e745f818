"""Assessments of services: somebody looked at the whole of one, with customers in mind."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.services.models import Service


class ServiceAssessment(models.Model):
    """That a service was assessed, how, and what was found (280.14-f1)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="assessments")
    assessed_on = models.DateField()
    office = models.CharField(max_length=200)  # who assessed it
    how = models.CharField(max_length=500)
    found = models.TextField()
    address = models.CharField(max_length=500, blank=True)  # where the whole of it stands
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "assessed_on"], name="a_service_is_assessed_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(found="") & ~Q(how=""), name="an_assessment_says_how_and_what_it_found"
            ),
        ]

    exposure = {
        "service": "internal",
        "assessed_on": "internal",
        "office": "internal",
        "how": "internal",
        "found": "internal",
        "address": "internal",
        "recorded_at": "internal",
        "recorded_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.service}, {self.assessed_on}"
