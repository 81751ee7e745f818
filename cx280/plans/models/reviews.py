"""What OMB said about a plan that was sent, as a whole and of its actions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.plans.models.actions import Action
from cx280.plans.models.plans import PlanVersion
from cx280.plans.rules.vocabulary import Decision


class Review(models.Model):
    """OMB's decision about one version. Never changed, never deleted."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=10, choices=Decision.choices())
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version"], name="omb_decides_about_a_version_once")
        ]

    exposure = {
        "version": "internal",
        "decision": "internal",
        "words": "internal",
        "at": "internal",
        "by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.version}: {self.decision}"


class Remark(models.Model):
    """What OMB said of one action of the version; it outlives the action."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="remarks")
    number = models.PositiveSmallIntegerField()  # the action's place in the version, from 1
    change = models.CharField(max_length=300)  # as the version says it
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="remarks"
    )
    words = models.CharField(max_length=1000)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "number"], name="omb_remarks_once_on_an_action"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_remark_says_something"),
        ]

    exposure = {
        "review": "internal",
        "number": "internal",
        "change": "internal",
        "action": "internal",
        "words": "internal",
    }

    def __str__(self) -> str:
        return f"{self.change}: {self.words}"
