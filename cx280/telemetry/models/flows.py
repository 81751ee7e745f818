"""Flows: what people come to do, step by step, and how each changes over time (280.7-i)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.services.models import Service
from cx280.telemetry.rules.vocabulary import FlowState


class Flow(models.Model):
    """A way through the website with a start and an end."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="flows")
    key = models.CharField(max_length=64)  # as events carry it
    name = models.CharField(max_length=120)
    steps = models.JSONField(default=list, blank=True)  # [["address", "Your address"], …] in order
    launched_on = models.DateField()
    state = models.CharField(
        max_length=20, choices=FlowState.choices(), default=FlowState.LIVE.value
    )
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    first_event_on = models.DateField(null=True, blank=True)  # noted from the lake

    class Meta:
        ordering = ["launched_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["service", "key"], name="a_service_names_a_flow_once"),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")),
                name="a_flow_does_not_replace_itself",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(state="deprecated"),
                name="a_replaced_flow_is_deprecated",
            ),
        ]

    exposure = {
        "service": "public",
        "key": "public",
        "name": "public",
        "steps": "public",
        "launched_on": "public",
        "state": "public",
        "replaced_by": "public",
        "first_event_on": "internal",
    }

    def __str__(self) -> str:
        return self.name


class FlowChange(models.Model):
    """That a flow was optimised, deprecated or replaced, on a day; charts carry the mark."""

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="changes")
    on = models.DateField()
    state = models.CharField(max_length=20, choices=FlowState.choices())
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    exposure = {"flow": "public", "on": "public", "state": "public", "note": "internal"}

    def __str__(self) -> str:
        return f"{self.flow}: {self.state}"
