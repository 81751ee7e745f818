"""Incidents: what fell, and the flips that are their history."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.alarms.models.watches import Watch
from cx280.alarms.rules.vocabulary import Cause, State


class Incident(models.Model):
    """Something that went wrong: figures of one agency that fell in the same hours."""

    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    # Where its flips have brought it; they are the history, this is kept for reading.
    state = models.CharField(max_length=12, choices=State.choices(), default=State.OPEN.value)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    action_text = models.CharField(max_length=200, blank=True)  # what is done about it
    action_url = models.URLField(blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="snoozed", snoozed_until__isnull=False)
                | (~Q(state="snoozed") & Q(snoozed_until__isnull=True)),
                name="an_incident_put_off_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(state="resolved", resolved_at__isnull=False)
                | (~Q(state="resolved") & Q(resolved_at__isnull=True)),
                name="an_incident_that_is_over_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(action_url="") | ~Q(action_text=""),
                name="a_linked_action_has_words",
            ),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"])]

    exposure = {
        "agency": "public",
        "opened_at": "internal",
        "state": "internal",
        "snoozed_until": "internal",
        "resolved_at": "internal",
        "owner": "personal",
        "action_text": "internal",
        "action_url": "internal",
    }

    def __str__(self) -> str:
        return f"incident {self.pk} of {self.opened_at:%Y-%m-%d %H:%M}"


class Part(models.Model):
    """One watched figure of an incident, as it was when it was told; see `rules.looks`."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="parts")
    watch = models.ForeignKey(Watch, on_delete=models.PROTECT, related_name="parts")
    period = models.DateTimeField()
    end = models.DateTimeField()
    since = models.DateTimeField()
    seen = models.FloatField()
    expected = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    n = models.PositiveBigIntegerField()
    once_in_days = models.FloatField()
    silent = models.BooleanField(default=False)
    words = models.TextField()
    # The chart: [[time, seen, low, high], …] up to the last look; null where nobody knows.
    points = models.JSONField(default=list)
    latest_end = models.DateTimeField()  # of the last period looked at
    latest_seen = models.FloatField()
    usual_in_a_row = models.PositiveSmallIntegerField(default=0)
    # From when on it is as expected again, or nobody looks; null: it goes on.
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "watch"], name="an_incident_names_a_watch_once"
            ),
            models.UniqueConstraint(
                fields=["watch"],
                condition=Q(over_at__isnull=True),
                name="a_watch_stands_in_one_incident_at_a_time",
            ),
        ]

    exposure = {
        "incident": "internal",
        "watch": "internal",
        "period": "internal",
        "end": "internal",
        "since": "internal",
        "seen": "internal",
        "expected": "internal",
        "low": "internal",
        "high": "internal",
        "n": "internal",
        "once_in_days": "internal",
        "silent": "internal",
        "words": "internal",
        "points": "internal",
        "latest_end": "internal",
        "latest_seen": "internal",
        "usual_in_a_row": "internal",
        "over_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.watch} in incident {self.incident_id}"


class Flip(models.Model):
    """That an incident went from one state to another: rows are only ever added."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="flips")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … in the order they happened
    before = models.CharField(max_length=12, choices=State.choices(), blank=True)
    after = models.CharField(max_length=12, choices=State.choices())
    cause = models.CharField(max_length=12, choices=Cause.choices())
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    # When its deliveries were made; null where they still are to be, or nobody is told of it.
    rung_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["incident", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "number"], name="flips_of_an_incident_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(cause="found"), name="an_incident_is_found_once"
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(cause="worsened"),
                name="an_incident_worsens_once",
            ),
            models.CheckConstraint(
                condition=Q(number=1, before="") | (Q(number__gt=1) & ~Q(before="")),
                name="the_first_flip_comes_from_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(cause="person") | Q(by__isnull=False),
                name="a_person_s_turn_names_the_person",
            ),
        ]

    exposure = {
        "incident": "internal",
        "number": "internal",
        "before": "internal",
        "after": "internal",
        "cause": "internal",
        "at": "internal",
        "by": "personal",
        "note": "internal",
        "rung_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.incident_id}.{self.number}: {self.before or 'nothing'} to {self.after}"


class Worsening(models.Model):
    """What a figure had come to when its incident became clearly worse; see `rules.worse`."""

    flip = models.OneToOneField(Flip, on_delete=models.CASCADE, related_name="worsening")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="+")
    period = models.DateTimeField()  # of what is silent: since when nothing has come
    end = models.DateTimeField()
    seen = models.FloatField()
    expected = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    n = models.PositiveBigIntegerField()
    once_in_days = models.FloatField()
    silent = models.BooleanField(default=False)

    exposure = {
        "flip": "internal",
        "part": "internal",
        "period": "internal",
        "end": "internal",
        "seen": "internal",
        "expected": "internal",
        "low": "internal",
        "high": "internal",
        "n": "internal",
        "once_in_days": "internal",
        "silent": "internal",
    }

    def __str__(self) -> str:
        return f"{self.part} at {self.seen:g}"


class Note(models.Model):
    """What somebody wrote on an incident."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_note_has_words")]

    exposure = {"incident": "internal", "by": "personal", "at": "internal", "text": "internal"}

    def __str__(self) -> str:
        return f"note on incident {self.incident_id}"
