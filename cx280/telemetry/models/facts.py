"""Facts: events counted by the day and hour, which pages read and which outlive the events."""

from __future__ import annotations

from django.db import models

from cx280.services.models import Service


class DayFacts(models.Model):
    """What is known of one part of one local day of a service (`rules.facts`).

    Recomputed as a whole and replaced while the events are there; `is_final` from the moment at
    which any of them may be forgotten.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()  # local, in the time zone of the settings
    part = models.CharField(max_length=30)
    body = models.BinaryField()
    events = models.PositiveBigIntegerField()  # of the day, robots left out
    read = models.PositiveBigIntegerField()  # events it was counted from, those around included
    counted_at = models.DateTimeField()
    # When visits that had not had their time at the count have had it; null: all had.
    due_at = models.DateTimeField(null=True, blank=True)
    made_with = models.CharField(max_length=32, blank=True)  # a digest of the steps of its flows
    is_final = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "part", "day"], name="a_day_of_a_service_has_a_part_once"
            )
        ]
        indexes = [
            models.Index(fields=["part", "day"]),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False),
                         name="facts_that_are_due"),
        ]  # fmt: skip

    exposure = {
        "service": "internal",
        "day": "internal",
        "part": "internal",
        "body": "internal",
        "events": "internal",
        "read": "internal",
        "counted_at": "internal",
        "due_at": "internal",
        "made_with": "internal",
        "is_final": "internal",
    }

    def __str__(self) -> str:
        return f"{self.day} {self.part}: {self.events} events"


class CountedDay(models.Model):
    """How many rows a UTC day had in the lake when it was last counted."""

    day = models.DateField(primary_key=True)
    rows = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["-day"]

    exposure = {"day": "internal", "rows": "internal"}

    def __str__(self) -> str:
        return f"{self.day}: {self.rows} rows"


class StepsSeen(models.Model):
    """The steps of a flow in the order in which visits take them, where none are declared."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    flow = models.CharField(max_length=64)
    steps = models.JSONField(default=list)  # keys, in order

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "flow"], name="steps_of_a_flow_are_seen_in_one_order"
            )
        ]

    exposure = {"service": "internal", "flow": "internal", "steps": "internal"}

    def __str__(self) -> str:
        return f"{self.flow}: {self.steps}"


class Counting(models.Model):
    """How far events are counted: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    # The state of the lake (`queries.lake.mark`) of which everything is counted.
    mark = models.CharField(max_length=60, blank=True)
    # Since when something waits to be counted; null: nothing does.
    behind_since = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)  # of the processors, the last time

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_row_of_counting")
        ]

    exposure = {
        "id": "internal",
        "mark": "internal",
        "behind_since": "internal",
        "finished_at": "internal",
        "milliseconds": "internal",
    }

    def __str__(self) -> str:
        return f"counted at {self.finished_at}"
