"""The measurement plan: question, insight, metric, events, action and when (280.7-c1, c2)."""

from __future__ import annotations

from django.db import models

from cx280.services.models import Service
from cx280.telemetry.rules.vocabulary import EventKind, Turn


class Question(models.Model):
    """What the service wants to learn, and the insight that would answer it."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="telemetry_questions"
    )
    text = models.CharField(max_length=300)
    insight = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    exposure = {"service": "internal", "text": "internal", "insight": "internal"}

    def __str__(self) -> str:
        return self.text


class Metric(models.Model):
    """A figure that answers a question: the events it counts, and what is done at which value."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="metrics")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=EventKind.choices())
    event = models.CharField(max_length=64, blank=True)  # the event's name; blank is any
    flow = models.CharField(max_length=64, blank=True)  # a flow's key; blank is any
    step = models.CharField(max_length=64, blank=True)  # a step's key; blank is any
    planned_action = models.TextField(blank=True)
    turn = models.CharField(max_length=10, choices=Turn.choices(), default=Turn.BELOW)
    threshold = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)  # of the threshold: "percent", "a day"

    class Meta:
        ordering = ["pk"]

    exposure = {
        "question": "internal",
        "name": "internal",
        "kind": "internal",
        "event": "internal",
        "flow": "internal",
        "step": "internal",
        "planned_action": "internal",
        "turn": "internal",
        "threshold": "internal",
        "unit": "internal",
    }

    def __str__(self) -> str:
        return self.name
