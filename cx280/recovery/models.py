"""Somebody asked to be contacted: encrypted, and apart from what they answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.surveys.models import Survey


class ContactWish(models.Model):
    """One person's wish. No column joins it with a response: `answer` is a sealed name of one.

    When it is handled, or after its last day, `reach`, `answer` and `once` are emptied; what is
    left says that somebody of a service asked, and what was done.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=12)  # to be spoken to in
    asked_at = models.DateTimeField()
    erase_after = models.DateField()
    reach = models.TextField(blank=True)  # sealed JSON: an email address, a telephone number
    answer = models.TextField(blank=True)  # the sealed id of the response
    once = models.CharField(max_length=64, blank=True)  # keyed hash: one wish for each response
    erased_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)  # what was done, names and numbers taken out

    class Meta:
        indexes = [
            models.Index(
                fields=["erase_after"],
                condition=Q(erased_at__isnull=True),
                name="wishes_not_erased_yet",
            ),
            models.Index(fields=["survey", "asked_at"], name="wishes_of_a_survey"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["once"], condition=~Q(once=""), name="who_answered_asks_once"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, handled_at__isnull=True)
                | Q(erased_at__isnull=False, reach="", answer="", once=""),
                name="nobody_is_reached_once_handled_or_erased",
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | (Q(handled_by__isnull=False) & ~Q(note="")),
                name="what_is_handled_says_by_whom_and_how",
            ),
        ]

    exposure = {
        "survey": "internal",
        "unit": "internal",
        "language": "internal",
        "asked_at": "internal",
        "erase_after": "internal",
        "reach": "personal",
        "answer": "personal",
        "once": "personal",
        "erased_at": "internal",
        "handled_at": "internal",
        "handled_by": "personal",
        "note": "personal",
    }

    def __str__(self) -> str:
        return f"wish of {self.asked_at:%Y-%m-%d}"
