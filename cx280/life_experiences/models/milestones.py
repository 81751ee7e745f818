"""What is to be reached, by which day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.life_experiences.models.experiences import LifeExperience
from cx280.life_experiences.rules.vocabulary import Progress


class Milestone(models.Model):
    """A milestone; proposed by a member until OMB takes it in."""

    experience = models.ForeignKey(
        LifeExperience, on_delete=models.CASCADE, related_name="milestones"
    )
    name = models.CharField(max_length=300)
    due = models.DateField()
    progress = models.CharField(
        max_length=10, choices=Progress.choices(), default=Progress.PLANNED.value
    )
    done_on = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress=Progress.DONE.value, done_on__isnull=False)
                | (~Q(progress=Progress.DONE.value) & Q(done_on__isnull=True)),
                name="a_milestone_that_is_done_says_when",
            )
        ]

    exposure = {
        "experience": "public",
        "name": "public",
        "due": "public",
        "progress": "public",
        "done_on": "public",
        "proposed_at": "internal",
        "proposed_by": "personal",
        "accepted_at": "internal",
    }

    def __str__(self) -> str:
        return self.name
