"""Survey, the versions it was opened with, and what was discussed with OMB about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.clearance.models import Collection
from cx280.services.models import JourneyStep, Service
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.rules.vocabulary import DiscussionKind, Level


class Survey(models.Model):
    """A questionnaire about one service; `draft` is the document being written (6.1)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "Open for answers"
        CLOSED = "closed", "Closed"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="surveys")
    code = models.SlugField(max_length=40, unique=True)  # the address: /s/<code>/
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    channel = models.CharField(max_length=30, choices=Channel.choices())
    journey_step = models.ForeignKey(
        JourneyStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="surveys"
    )
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    draft = models.JSONField()
    draft_saved_at = models.DateTimeField(auto_now=True)
    # Counts every save of the draft; a save made from an older count is refused, not merged.
    draft_revision = models.PositiveIntegerField(default=1)
    # {locale: {place: the English a translation was made from}}; see `rules/translations.py`.
    translated_from = models.JSONField(default=dict, blank=True)
    # {locale: {"digest", "reader", "on"}}: who read its words as a native; see the same file.
    translations_read = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    simulated = models.BooleanField(default=False)
    # Whether people may say, after their answers are sent, how to reach them; see INC-30.
    offers_contact = models.BooleanField(default=False)

    class Meta:
        ordering = ["title"]

    exposure = {
        "service": "public",
        "code": "public",
        "title": "public",
        "state": "internal",
        "channel": "public",
        "journey_step": "public",
        "collection": "public",
        "draft": "internal",
        "draft_saved_at": "internal",
        "draft_revision": "internal",
        "translated_from": "internal",
        "translations_read": "personal",
        "created_by": "personal",
        "simulated": "public",
        "offers_contact": "public",
    }

    def __str__(self) -> str:
        return self.title


class SurveyVersion(models.Model):
    """The document exactly as it was asked; answers are stored beside it and it never changes."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical document
    findings = models.JSONField(default=list)  # as they stood when it was opened
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="versions_are_numbered"),
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(closed_at__isnull=True),
                name="one_version_is_open_at_a_time",
            ),
        ]

    exposure = {
        "survey": "public",
        "number": "public",
        "document": "public",
        "digest": "public",
        "findings": "internal",
        "opened_at": "public",
        "opened_by": "personal",
        "closed_at": "public",
        "closed_because": "internal",
    }

    def __str__(self) -> str:
        return f"{self.survey} version {self.number}"


class OmbDiscussion(models.Model):
    """A talk with OMB that unlocks what the Circular says must first be discussed."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "OMB agreed"
        DECLINED = "declined", "OMB declined"

    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="discussions")
    survey = models.ForeignKey(  # blank: it holds for every survey of the agency
        Survey, on_delete=models.PROTECT, null=True, blank=True, related_name="discussions"
    )
    kind = models.CharField(max_length=30, choices=DiscussionKind.choices())
    held_on = models.DateField()
    contact = models.CharField(max_length=200)  # whom at OMB
    outcome = models.CharField(max_length=10, choices=Outcome)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-held_on"]

    exposure = {
        "agency": "internal",
        "survey": "internal",
        "kind": "internal",
        "held_on": "internal",
        "contact": "personal",
        "outcome": "internal",
        "note": "internal",
        "recorded_by": "personal",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return f"{DiscussionKind.of(self.kind).label}, {self.held_on}"


class OtherCollection(models.Model):
    """A survey that runs in another system, so that the plan counts all of them (280.10-o2)."""

    agency = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="other_collections"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="other_collections"
    )
    title = models.CharField(max_length=200)
    level = models.CharField(max_length=20, choices=Level.choices())
    timing = models.CharField(max_length=200)
    population = models.CharField(max_length=200)
    control_number = models.CharField(max_length=9, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # the last day it asks
    # What it expects of people, as far as the agency knows. months: 1..12, [] for all year.
    months = models.JSONField(default=list, blank=True)
    people = models.PositiveBigIntegerField(null=True, blank=True)  # who could be asked, a year
    invited = models.FloatField(null=True, blank=True)  # of these, a year; above 1: several times
    answering = models.FloatField(null=True, blank=True)  # of those invited, 0 to 1
    minutes = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title"]

    exposure = {
        "agency": "internal",
        "service": "internal",
        "title": "internal",
        "level": "internal",
        "timing": "internal",
        "population": "internal",
        "control_number": "internal",
        "expires_on": "internal",
        "ended_on": "internal",
        "months": "internal",
        "people": "internal",
        "invited": "internal",
        "answering": "internal",
        "minutes": "internal",
        "recorded_by": "personal",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return self.title


class ServiceImpact(models.Model):
    """What a service costs and how much it matters to people, for choosing where to ask first."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="+")
    cost = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)  # $ a year
    priority = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5, 5 the most
    source = models.CharField(max_length=200)  # who says so
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__isnull=True) | Q(priority__gte=1, priority__lte=5),
                name="a_priority_is_1_to_5",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="an_impact_names_its_source"),
        ]

    exposure = {
        "service": "internal",
        "cost": "internal",
        "priority": "internal",
        "source": "internal",
        "recorded_by": "personal",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return f"impact of {self.service}"
