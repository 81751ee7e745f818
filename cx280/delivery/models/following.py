"""That a journey is followed under a clearance, and what one person said at its moments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.clearance.models import Clearance
from cx280.services.models import Journey
from cx280.surveys.models import Survey


class Following(models.Model):
    """A journey whose feedback is read together, person by person. There is none by default.

    Deleted on its last day, or when somebody stops it: its secret and all that was kept go too.
    """

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="following")
    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()  # the secret, encrypted
    begun_on = models.DateField()
    last_day = models.DateField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("begun_on")),
                name="following_ends_after_it_begins",
            )
        ]

    exposure = {
        "journey": "internal",
        "clearance": "internal",
        "sealed": "personal",
        "begun_on": "internal",
        "last_day": "internal",
        "begun_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.journey} until {self.last_day}"


class FollowedAnswer(models.Model):
    """What one person said at one moment: scores alone, joined with no response and no address."""

    following = models.ForeignKey(Following, on_delete=models.CASCADE, related_name="answers")
    person = models.CharField(max_length=32)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    # {construct: [response type, code]}; only trust and satisfaction.
    scores = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["following", "person", "survey"], name="the_first_answer_at_a_moment_counts"
            )
        ]

    exposure = {
        "following": "internal",
        "person": "personal",
        "survey": "internal",
        "day": "internal",
        "scores": "internal",
    }

    def __str__(self) -> str:
        return f"answer of {self.day}"
