"""What became of a day's interactions, counted: so that no page reads the interactions."""

from __future__ import annotations

from django.db import models

from cx280.surveys.models import Survey


class DayReach(models.Model):
    """The interactions of a survey handed over on one day; recounted and replaced.

    counts: {"state": {"sent": 9}, "reason": {"quiet": 2}, "unit": {"17": {"sent": 4}}, "language":
    …, "stratum": …, "lag": {"20": 5}}: lags in minutes from the end to the message, rounded up.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()  # where the service's owner is
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "day"], name="one_count_of_interactions_a_day"
            ),
        ]

    exposure = {"survey": "internal", "day": "internal", "counts": "internal"}

    def __str__(self) -> str:
        return f"{self.survey} {self.day}"
