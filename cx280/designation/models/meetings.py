"""Meetings of program, field and support offices, and who came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.designation.rules.vocabulary import About, Office, Part
from cx280.services.models import Hisp, Service


class Meeting(models.Model):
    """One meeting of a provider about a fiscal year: when, about what, and what was decided."""

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="meetings")
    fiscal_year = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=12, choices=About.choices())
    held_on = models.DateField()
    # Those it was about, where it was not about all of them.
    services = models.ManyToManyField(Service, blank=True, related_name="+")
    decided = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided=""), name="a_meeting_says_what_was_decided")
        ]

    exposure = {
        "hisp": "internal",
        "fiscal_year": "internal",
        "about": "internal",
        "held_on": "internal",
        "services": "internal",
        "decided": "internal",
        "recorded_at": "internal",
        "recorded_by": "personal",
    }

    def __str__(self) -> str:
        return f"{About.of(self.about).label}, {self.held_on}"


class Seat(models.Model):
    """What one office did about a meeting: it came, was invited, or was not and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    office = models.CharField(max_length=12, choices=Office.choices())
    part = models.CharField(max_length=12, choices=Part.choices())
    words = models.CharField(max_length=300, blank=True)  # who for the office; why not invited

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "office"], name="an_office_has_one_seat_at_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(part=Part.NOT_INVITED.value) | ~Q(words=""),
                name="who_was_not_invited_was_not_for_a_reason",
            ),
        ]

    exposure = {
        "meeting": "internal",
        "office": "internal",
        "part": "internal",
        "words": "personal",
    }

    def __str__(self) -> str:
        return f"{Office.of(self.office).label}: {self.part}"
