"""The customer's way through a service, step by step."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.agencies.models import Organization
from cx280.services.models.services import Service, ServiceTool
from cx280.services.rules.facts import is_touchpoint
from cx280.services.rules.vocabulary import Channel, Stage, TransactionType


class Journey(models.Model):
    """The customer's way through a service, from the occasion to the outcome (280.4-a1)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="journeys")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"], name="a_service_names_a_journey_once"
            )
        ]

    exposure = {"service": "public", "name": "public"}

    def __str__(self) -> str:
        return self.name


class JourneyStep(models.Model):
    """One step of a journey; a moment that matters is flagged with its reason (INC-41)."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=10, choices=Stage.choices())
    channel = models.CharField(max_length=30, choices=Channel.choices(), blank=True)
    # What the customer does there (280.4-c1); blank only where nobody meets the Government.
    transaction_type = models.CharField(
        max_length=30, choices=TransactionType.choices(), blank=True
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_moment_that_matters = models.BooleanField(default=False)
    moment_reason = models.TextField(blank=True)
    # The blueprint under the step (280.4-a2, 280.4-b2); its systems are tools of the service.
    front_stage = models.TextField(blank=True)  # what staff do that the customer sees
    back_stage = models.TextField(blank=True)  # what happens behind
    policy = models.TextField(blank=True)
    tools = models.ManyToManyField(ServiceTool, blank=True, related_name="steps")

    class Meta:
        ordering = ["journey", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "position"], name="journey_steps_stand_in_one_order"
            ),
            models.CheckConstraint(
                condition=Q(is_moment_that_matters=False) | ~Q(moment_reason=""),
                name="a_moment_that_matters_says_why",
            ),
        ]

    exposure = {
        "journey": "public",
        "position": "public",
        "name": "public",
        "stage": "public",
        "channel": "public",
        "transaction_type": "public",
        "organization": "public",
        "is_moment_that_matters": "public",
        "moment_reason": "public",
        "front_stage": "public",
        "back_stage": "public",
        "policy": "public",
        "tools": "public",
    }

    def __str__(self) -> str:
        return self.name

    @property
    def is_touchpoint(self) -> bool:
        """Whether the customer meets the Government in this step."""
        return is_touchpoint(Stage.of(self.stage), self.channel)
