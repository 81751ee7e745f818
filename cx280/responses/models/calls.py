"""Calls answered with the telephone's keys: the settings, those that run, and counts by day."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from cx280.responses.rules.calls import State
from cx280.surveys.models import Survey, SurveyVersion


class PhoneLine(models.Model):
    """Whether a survey may be called, how long it waits for a key, what calls begin with.

    secret: how often the secret in the address was changed; the one before works until old_until.
    """

    survey = models.OneToOneField(Survey, on_delete=models.PROTECT, related_name="phone_line")
    is_on = models.BooleanField(default=False)
    wait_seconds = models.PositiveSmallIntegerField(default=8)
    secret = models.PositiveIntegerField(default=0)
    old_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wait_seconds__gte=3, wait_seconds__lte=30),
                name="a_call_waits_3_to_30_seconds_for_a_key",
            )
        ]

    exposure = {"survey": "internal", "is_on": "internal", "wait_seconds": "internal",
                "secret": "internal", "old_until": "internal"}  # fmt: skip

    def __str__(self) -> str:
        return f"phone line of {self.survey}"


class Call(models.Model):
    """A call that runs, with what was keyed so far; gone a day after it ended.

    Nothing of the caller: no number, and no name that the phone system has for the call. `id` is a
    keyed hash of that name, so that a call which comes back is known; the response gets
    `answer_id`, a number at random that the phone system never saw.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer_id = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="+")
    unit_code = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=12)
    step = models.SmallIntegerField()  # see rules.calls
    tries = models.PositiveSmallIntegerField(default=0)
    silent = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(default=dict)
    asked = models.JSONField(default=list)  # the questions that are behind the caller
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ended_at", "changed_at"], name="calls_that_may_be_over")]

    exposure = {
        "id": "internal",
        "answer_id": "internal",
        "version": "internal",
        "unit_code": "internal",
        "language": "internal",
        "step": "internal",
        "tries": "internal",
        "silent": "internal",
        "answers": "internal",
        "asked": "internal",
        "began_at": "internal",
        "changed_at": "internal",
        "ended_at": "internal",
    }

    def __str__(self) -> str:
        return f"call {self.id}"

    @property
    def state(self) -> State:
        """Where the call stands, for the rules."""
        return State(self.language, self.step, self.tries, self.silent)


class CallDay(models.Model):
    """How many calls of a day came to what: nobody is counted by number."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="call_days")
    day = models.DateField()
    calls = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)  # heard every question
    partial = models.PositiveIntegerField(default=0)  # hung up before the end, having answered
    declined = models.PositiveIntegerField(default=0)  # answered nothing

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "day"], name="one_count_of_calls_a_day")
        ]

    exposure = {
        "version": "internal",
        "day": "internal",
        "calls": "internal",
        "whole": "internal",
        "partial": "internal",
        "declined": "internal",
    }

    def __str__(self) -> str:
        return f"{self.calls} calls on {self.day}"
