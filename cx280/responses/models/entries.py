"""What staff entered for somebody else: sheets of paper in batches, and the ends of calls."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.responses.models.answers import Response
from cx280.responses.rules.entering import EntryMode, Outcome
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion


class PaperBatch(models.Model):
    """A pile of forms of one version that one office received on one day."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="batches")
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=30, choices=Channel.choices())
    language = models.CharField(max_length=12, default="en")
    received_on = models.DateField()
    # How many forms were given out for it; null when nobody counted (INC-33).
    handed_out = models.PositiveIntegerField(null=True, blank=True)
    check_percent = models.PositiveSmallIntegerField(default=0)  # of its sheets, keyed twice
    seed = models.CharField(max_length=32)  # draws which sheets those are
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(check_percent__lte=100), name="a_share_to_check_is_up_to_100"
            )
        ]

    exposure = {
        "version": "internal",
        "unit": "internal",
        "channel": "internal",
        "language": "internal",
        "received_on": "internal",
        "handed_out": "internal",
        "check_percent": "internal",
        "seed": "internal",
        "opened_by": "personal",
        "opened_at": "internal",
        "closed_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.version}, received {self.received_on}"


class Entry(models.Model):
    """One sheet that was keyed, or one call at whose end somebody was asked, or was not.

    `id` follows from the number on the form, so that one sheet is keyed once in a survey; for a
    call it comes from the page, so that a page sent twice counts once. Nothing of the caller is
    here: no number, no name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="entries")
    batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mode = models.CharField(max_length=10, choices=EntryMode.choices())
    outcome = models.CharField(max_length=10, choices=Outcome.choices())
    day = models.DateField()  # received, or called, where the unit is
    form_number = models.CharField(max_length=20, blank=True)
    # {question id: why it has no answer}: blank, unreadable, several, refused. Never a guess.
    marks = models.JSONField(default=dict)
    to_check = models.BooleanField(default=False)  # drawn to be keyed a second time
    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, null=True, blank=True, related_name="entry"
    )
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at"]
        indexes = [
            models.Index(fields=["version", "mode", "day"], name="entries_by_mode"),
            models.Index(fields=["entered_by", "entered_at"], name="entries_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="answered", response__isnull=False)
                | (~Q(outcome="answered") & Q(response__isnull=True)),
                name="an_entry_has_a_response_when_somebody_answered",
            ),
            models.CheckConstraint(
                condition=Q(mode="paper", batch__isnull=False) & ~Q(form_number="")
                | Q(mode="phone", batch__isnull=True, form_number=""),
                name="a_sheet_has_its_batch_and_number_and_a_call_has_neither",
            ),
        ]

    exposure = {
        "id": "internal",
        "version": "internal",
        "batch": "internal",
        "unit": "internal",
        "mode": "internal",
        "outcome": "internal",
        "day": "internal",
        "form_number": "internal",
        "marks": "internal",
        "to_check": "internal",
        "response": "internal",
        "entered_by": "personal",
        "entered_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.form_number}".strip()


class SecondKeying(models.Model):
    """The same sheet keyed by somebody else, to see how far the two agree. Words are left out."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="second")
    answers = models.JSONField()
    marks = models.JSONField(default=dict)
    compared = models.PositiveSmallIntegerField()  # questions
    differing = models.JSONField(default=list)  # the ids of those where the two differ
    keyed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    keyed_at = models.DateTimeField()

    exposure = {
        "entry": "internal",
        "answers": "internal",
        "marks": "internal",
        "compared": "internal",
        "differing": "internal",
        "keyed_by": "personal",
        "keyed_at": "internal",
    }

    def __str__(self) -> str:
        return f"second keying of {self.entry_id}"
