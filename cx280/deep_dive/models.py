"""Talks with OMB, what was left to do after them, and the briefing as it was handed over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.deep_dive.rules.vocabulary import Kind, Side, Task
from cx280.services.models import Hisp


class Discussion(models.Model):
    """A talk of one provider with OMB: planned, then held or cancelled. For these two alone."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="omb_talks")
    kind = models.CharField(max_length=10, choices=Kind.choices())
    # The year a deep dive is owed for: one held in April may be last year's, late.
    fiscal_year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200)
    planned_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    for_provider = models.CharField(max_length=500, blank=True)  # who came
    for_omb = models.CharField(max_length=500, blank=True)
    asks = models.TextField(blank=True)  # what the provider asks of OMB
    agreed = models.TextField(blank=True)
    cancelled_because = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-fiscal_year", "-held_on", "-planned_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hisp", "fiscal_year"],
                condition=Q(kind=Kind.DEEP_DIVE.value, cancelled_because=""),
                name="one_deep_dive_a_provider_and_year",
            ),
            models.CheckConstraint(
                condition=Q(planned_on__isnull=False) | Q(held_on__isnull=False),
                name="a_talk_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | ~Q(agreed=""),
                name="a_talk_that_was_held_says_what_was_agreed",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(cancelled_because=""),
                name="a_talk_that_was_held_is_not_cancelled",
            ),
        ]
        indexes = [models.Index(fields=["held_on"]), models.Index(fields=["planned_on"])]

    exposure = {
        "hisp": "internal",
        "kind": "internal",
        "fiscal_year": "internal",
        "subject": "internal",
        "planned_on": "internal",
        "held_on": "internal",
        "for_provider": "personal",
        "for_omb": "personal",
        "asks": "internal",
        "agreed": "internal",
        "cancelled_because": "internal",
        "recorded_at": "internal",
        "recorded_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.subject}, {self.hisp}"


class FollowUp(models.Model):
    """A question or a task that was left after a talk: who owes it, by when, what came of it."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="follow_ups")
    task = models.CharField(max_length=10, choices=Task.choices())
    words = models.CharField(max_length=500)
    side = models.CharField(max_length=10, choices=Side.choices())
    owner = models.CharField(max_length=120, blank=True)  # an office rather than a name
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=1000, blank=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(outcome=""),
                name="what_is_done_says_what_came_of_it",
            )
        ]
        indexes = [models.Index(fields=["done_on", "due_on"])]

    exposure = {
        "discussion": "internal",
        "task": "internal",
        "words": "internal",
        "side": "internal",
        "owner": "internal",
        "due_on": "internal",
        "done_on": "internal",
        "outcome": "internal",
        "closed_by": "personal",
    }

    def __str__(self) -> str:
        return self.words


class Briefing(models.Model):
    """The slides as they were handed to OMB, with their digest. Never changed, never deleted."""

    discussion = models.ForeignKey(Discussion, on_delete=models.PROTECT, related_name="briefings")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["discussion", "number"], name="briefings_of_a_talk_are_numbered"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="the_first_briefing_is_1"),
        ]

    exposure = {
        "discussion": "internal",
        "number": "internal",
        "content": "internal",
        "digest": "internal",
        "handed_at": "internal",
        "handed_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.discussion}, briefing {self.number}"
