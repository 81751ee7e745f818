"""Interaction: something a customer and the agency did together, and whether we ask about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.agencies.models import Organization
from cx280.delivery.models.plans import SamplingPlan
from cx280.delivery.rules.vocabulary import MessageChannel, Reason, State
from cx280.surveys.models import Survey


class Interaction(models.Model):
    """One interaction, decided about once; its id and whoever it was with are not kept.

    `key` is the hash of the agency's own id, so that what is handed over twice is known again.
    """

    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="interactions")
    plan = models.ForeignKey(SamplingPlan, on_delete=models.PROTECT, related_name="interactions")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=12, blank=True)
    stratum = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    is_drawn = models.BooleanField()
    probability = models.FloatField()
    position = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices())
    reason = models.CharField(max_length=12, choices=Reason.choices(), blank=True)
    # How they are written to; blank where no message is meant: not drawn, or asked by a program.
    channel = models.CharField(max_length=8, choices=MessageChannel.choices(), blank=True)

    class Meta:
        indexes = [
            # The page of a survey: what came of the interactions of the last weeks.
            models.Index(fields=["survey", "received_at", "state"], name="interactions_of_a_survey")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"], name="an_interaction_is_decided_about_once"
            ),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1),
                name="a_probability_is_above_0_and_up_to_1",
            ),
            models.CheckConstraint(
                condition=Q(state="suppressed") & ~Q(reason="")
                | ~Q(state="suppressed") & Q(reason=""),
                name="what_is_suppressed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(is_drawn=True) & ~Q(state="not_drawn")
                | Q(is_drawn=False, state="not_drawn"),
                name="only_what_was_drawn_goes_on",
            ),
        ]

    exposure = {
        "agency": "internal",
        "key": "internal",
        "survey": "internal",
        "plan": "internal",
        "unit": "internal",
        "language": "internal",
        "stratum": "internal",
        "ended_at": "internal",
        "received_at": "internal",
        "is_drawn": "internal",
        "probability": "internal",
        "position": "internal",
        "state": "internal",
        "reason": "internal",
        "channel": "internal",
    }

    def __str__(self) -> str:
        return f"interaction {self.pk}: {self.state}"
