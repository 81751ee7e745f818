"""One commitment of a plan, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.plans.models.pain_points import PainPoint
from cx280.plans.models.plans import ActionPlan
from cx280.plans.rules.vocabulary import HumanCentered, Status
from cx280.services.models import Service


class Action(models.Model):
    """A specific change: for whom, why, who answers, by when, and the figure that judges it."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="actions")
    change = models.CharField(max_length=300)
    pain_point = models.ForeignKey(
        PainPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    owner = models.CharField(max_length=120, blank=True)  # an office rather than a name
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # trust, satisfaction, a driver, or finished:<flow>; blank while none is chosen.
    measure = models.CharField(max_length=100, blank=True)
    baseline = models.FloatField(null=True, blank=True)  # a share between 0 and 1
    target = models.FloatField(null=True, blank=True)
    human_centered = models.CharField(max_length=5, choices=HumanCentered.choices(), blank=True)
    idea = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices(), default=Status.PLANNED.value)
    note = models.TextField(blank=True)  # for those who work here
    told = models.JSONField(default=dict, blank=True)  # words by code of the template's questions

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="an_action_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(Q(baseline__isnull=True) | Q(baseline__gte=0, baseline__lte=1))
                & (Q(target__isnull=True) | Q(target__gte=0, target__lte=1)),
                name="baseline_and_target_are_shares",
            ),
        ]

    exposure = {
        "plan": "public",
        "service": "public",
        "change": "public",
        "pain_point": "public",
        "owner": "public",
        "starts_on": "public",
        "ends_on": "public",
        "measure": "public",
        "baseline": "public",
        "target": "public",
        "human_centered": "public",
        "idea": "public",
        "status": "public",
        "note": "internal",
        "told": "internal",
    }

    def __str__(self) -> str:
        return self.change


class StatusNote(models.Model):
    """A change of an action's status, or word of how it goes."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="history")
    status = models.CharField(max_length=10, choices=Status.choices())
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    exposure = {
        "action": "internal",
        "status": "internal",
        "words": "internal",
        "at": "internal",
        "by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.status} on {self.at:%Y-%m-%d}"
