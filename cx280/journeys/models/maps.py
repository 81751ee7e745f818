"""A journey as a map: what its customer wants, and what stands on the lanes of each step."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.plans.models import PainPoint
from cx280.services.models import Journey, JourneyStep
from cx280.telemetry.models import Flow


class JourneyMap(models.Model):
    """What is told of a journey as a whole; journeys without a row have nothing told yet.

    revision counts every change, so that two people who edit at once are told of each other.
    """

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="map")
    goal = models.TextField(blank=True)  # what the customer wants
    customers = models.CharField(max_length=200, blank=True)  # whose journey it is
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    exposure = {
        "journey": "public",
        "goal": "public",
        "customers": "public",
        "revision": "internal",
        "changed_at": "internal",
    }

    def __str__(self) -> str:
        return f"Map of {self.journey}"


class StepDetail(models.Model):
    """The lanes of a step beside those of the inventory: thoughts, partners, evidence."""

    step = models.OneToOneField(JourneyStep, on_delete=models.CASCADE, related_name="detail")
    thinks = models.TextField(blank=True)
    feeling = models.SmallIntegerField(null=True, blank=True)  # -2 very bad to 2 very good
    source = models.CharField(max_length=300, blank=True)  # who says so
    service = models.CharField(max_length=300, blank=True)  # of the owner, as they call it
    # Its owner and the other agencies of the journey may read the step.
    shared = models.BooleanField(default=False)
    flow = models.ForeignKey(
        Flow, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    flow_step = models.CharField(max_length=64, blank=True)
    pain_points = models.ManyToManyField(PainPoint, blank=True, related_name="journey_steps")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(feeling__isnull=True) | Q(feeling__gte=-2, feeling__lte=2),
                name="a_step_feels_very_bad_to_very_good",
            ),
            models.CheckConstraint(
                condition=Q(feeling__isnull=True) | ~Q(source=""),
                name="how_a_step_feels_names_its_source",
            ),
        ]

    exposure = {
        "step": "internal",
        "thinks": "internal",
        "feeling": "internal",
        "source": "internal",
        "service": "internal",
        "shared": "internal",
        "flow": "internal",
        "flow_step": "internal",
        "pain_points": "internal",
    }

    def __str__(self) -> str:
        return f"Lanes of {self.step}"
