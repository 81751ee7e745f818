"""Facts: counts recomputed from answers, so that a page never has to read the answers."""

from __future__ import annotations

from django.db import models

from cx280.agencies.models import Organization
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion


class Fact(models.Model):
    """How often each code of one question was given in one period.

    A row exists for every unit and channel seen, and once more with `unit` null for all units
    and `channel` "" for all channels. Rows are recomputed and replaced, never added to.
    """

    class Grain(models.TextChoices):
        DAY = "day"
        QUARTER = "quarter"

    grain = models.CharField(max_length=10, choices=Grain)
    starts_on = models.DateField()  # the first day of the period
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, blank=True)
    # A question's id; "" counts whole responses (counts = {"all": n}).
    question = models.CharField(max_length=60, blank=True)
    counts = models.JSONField()  # {code: n}; codes as in Response.answers
    shown = models.PositiveIntegerField()  # responses in which the question was on the screen
    answered = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "starts_on", "version", "unit", "channel", "question"],
                name="one_fact_for_a_period_a_unit_a_channel_and_a_question",
            ),
            models.UniqueConstraint(
                fields=["grain", "starts_on", "version", "channel", "question"],
                condition=models.Q(unit__isnull=True),
                name="one_fact_for_all_units_of_a_period_a_channel_and_a_question",
            ),
        ]
        indexes = [
            # The service page: every quarter of one service.
            models.Index(fields=["service", "grain", "starts_on"]),
            # The refresh: every row of a period and a version.
            models.Index(fields=["version", "grain", "starts_on"]),
        ]

    exposure = {
        "grain": "internal",
        "starts_on": "internal",
        "service": "internal",
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "question": "internal",
        "counts": "internal",
        "shown": "internal",
        "answered": "internal",
    }

    def __str__(self) -> str:
        return f"{self.grain} {self.starts_on} {self.question or 'responses'}"


class OfferFact(models.Model):
    """Offered, started and completed in one period; offered null where nobody knows (INC-33)."""

    grain = models.CharField(max_length=10, choices=Fact.Grain)
    starts_on = models.DateField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, blank=True)
    offered = models.PositiveIntegerField(null=True, blank=True)
    started = models.PositiveIntegerField(null=True, blank=True)
    completed = models.PositiveIntegerField()
    median_seconds = models.FloatField(null=True, blank=True)
    p90_seconds = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "starts_on", "version", "unit", "channel"],
                name="one_offer_fact_for_a_period_a_unit_and_a_channel",
            ),
            models.UniqueConstraint(
                fields=["grain", "starts_on", "version", "channel"],
                condition=models.Q(unit__isnull=True),
                name="one_offer_fact_for_all_units_of_a_period_and_a_channel",
            ),
        ]
        indexes = [models.Index(fields=["service", "grain", "starts_on"])]

    exposure = {
        "grain": "internal",
        "starts_on": "internal",
        "service": "internal",
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "offered": "internal",
        "started": "internal",
        "completed": "internal",
        "median_seconds": "internal",
        "p90_seconds": "internal",
    }

    def __str__(self) -> str:
        return f"{self.grain} {self.starts_on}: {self.completed} answers"


class Refresh(models.Model):
    """How far the facts have been brought up: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # Responses received up to here are counted; a little overlap is recomputed each time.
    counted_to = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_refresh_row")
        ]

    exposure = {"id": "internal", "counted_to": "internal", "finished_at": "internal"}

    def __str__(self) -> str:
        return f"counted to {self.counted_to}"
