"""Qualitative research and usability tests: what they take of a clearance, what they found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.clearance.models import Collection
from cx280.paperwork.rules.studies import StudyKind
from cx280.services.models import Service


class Study(models.Model):
    """Interviews, focus groups or a usability test with people the agency serves (280.11-a4)."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="studies")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="studies"
    )
    kind = models.CharField(max_length=20, choices=StudyKind.choices())
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    who = models.TextField(blank=True)  # whom it talks with, and how they are found
    script = models.TextField(blank=True)  # questions, instructions, tasks
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned = models.PositiveIntegerField()  # participants of the public
    minutes = models.DecimalField(max_digits=6, decimal_places=2)  # for one participant
    took_part = models.PositiveIntegerField(null=True, blank=True)  # None: not counted yet
    employees = models.PositiveIntegerField(default=0)  # Federal employees, outside of burden
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, null=True, blank=True, related_name="studies"
    )
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-starts_on", "title"]
        verbose_name_plural = "studies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_study_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="taking_part_takes_some_time"),
        ]

    exposure = {
        "organization": "internal",
        "service": "internal",
        "kind": "internal",
        "title": "internal",
        "purpose": "internal",
        "who": "internal",
        "script": "internal",
        "starts_on": "internal",
        "ends_on": "internal",
        "planned": "internal",
        "minutes": "internal",
        "took_part": "internal",
        "employees": "internal",
        "collection": "internal",
        "created_by": "personal",
        "simulated": "internal",
    }

    def __str__(self) -> str:
        return self.title


class StudyFinding(models.Model):
    """What was learned in a study, and the action it led to or why there is none (280.11-a5)."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="findings")
    text = models.TextField()
    action = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    no_action_reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="") | Q(no_action_reason=""),
                name="a_finding_leads_to_an_action_or_to_none",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(action=""),
                name="only_an_action_can_be_done",
            ),
        ]

    exposure = {
        "study": "internal",
        "text": "internal",
        "action": "internal",
        "due_on": "internal",
        "done_on": "internal",
        "no_action_reason": "internal",
        "recorded_by": "personal",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return self.text[:80]
