"""What providers tell us: which requests were seen, how many were refused, replies we owe."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.agencies.models import Organization
from cx280.delivery.rules.vocabulary import HookVerdict, Said


class HookSeen(models.Model):
    """A signed request that was taken; the same one again is a replay. digest: of its signature."""

    digest = models.CharField(max_length=40, unique=True)
    forget_at = models.DateTimeField(db_index=True)

    exposure = {"digest": "internal", "forget_at": "internal"}

    def __str__(self) -> str:
        return f"request {self.digest[:8]}"


class HookDay(models.Model):
    """How many requests of a day were taken, or refused and why."""

    hook = models.CharField(max_length=20)
    day = models.DateField()
    verdict = models.CharField(max_length=12, choices=HookVerdict.choices())
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hook", "day", "verdict"], name="one_count_of_requests_a_day_and_verdict"
            ),
        ]

    exposure = {"hook": "internal", "day": "internal", "verdict": "internal", "count": "internal"}

    def __str__(self) -> str:
        return f"{self.hook} {self.day} {self.verdict}: {self.count}"


class TextReply(models.Model):
    """An answer we owe somebody who texted a word; gone as soon as it is sent, or too late.

    number: encrypted.
    """

    number = models.TextField()
    said = models.CharField(max_length=8, choices=Said.choices())
    agency = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12, blank=True)
    reply_by = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="a_reply_goes_to_a_number"),
        ]

    exposure = {
        "number": "personal",
        "said": "internal",
        "agency": "internal",
        "language": "internal",
        "reply_by": "internal",
    }

    def __str__(self) -> str:
        return f"reply to {self.said}"
