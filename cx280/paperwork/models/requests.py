"""An individual collection request to OMB, and every step it took."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.clearance.models import Clearance, Collection
from cx280.paperwork.models.studies import Study
from cx280.paperwork.rules.states import State, Step
from cx280.surveys.models import Survey


class Request(models.Model):
    """What OMB is asked to approve: `answers` while it is written, `packet` as it was signed."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="requests")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="collection_requests"
    )
    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    study = models.ForeignKey(
        Study, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    state = models.CharField(max_length=10, choices=State.choices(), default=State.DRAFT.value)
    title = models.CharField(max_length=300, blank=True)  # as the answers say it, for lists
    answers = models.JSONField(default=dict)
    # Counts every save of the answers; a save made from an older count is refused, not merged.
    revision = models.PositiveIntegerField(default=1)
    packet = models.JSONField(null=True, blank=True)
    # Its part of the ledger: a draft while OMB decides, debited by the approval.
    collection = models.OneToOneField(
        Collection, on_delete=models.SET_NULL, null=True, blank=True, related_name="request"
    )
    decided_on = models.DateField(null=True, blank=True)
    conditions = models.TextField(blank=True)  # of the approval, or why it was refused
    created_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(survey__isnull=False, study__isnull=True)
                | Q(survey__isnull=True, study__isnull=False),
                name="a_request_is_about_a_survey_or_a_study",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(packet__isnull=False),
                name="what_was_signed_is_kept",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | Q(decided_on__isnull=False),
                name="a_decision_of_omb_has_its_date",
            ),
        ]

    exposure = {
        "clearance": "public",
        "organization": "public",
        "survey": "public",
        "study": "internal",
        "state": "internal",
        "title": "internal",
        "answers": "personal",
        "revision": "internal",
        "packet": "personal",
        "collection": "public",
        "decided_on": "public",
        "conditions": "internal",
        "created_by": "personal",
        "changed_at": "internal",
        "simulated": "public",
    }

    def __str__(self) -> str:
        return self.title or f"Request about {self.survey or self.study}"


class RequestStep(models.Model):
    """One step of a request: who did what, when it happened, what was said."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=Step.choices())
    state = models.CharField(max_length=10, choices=State.choices())  # where it led
    on = models.DateField()  # the day it happened, as told
    note = models.TextField(blank=True)  # questions, conditions, reasons
    packet = models.JSONField(null=True, blank=True)  # as it was signed in this step
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    exposure = {
        "request": "internal",
        "step": "internal",
        "state": "internal",
        "on": "internal",
        "note": "internal",
        "packet": "personal",
        "by": "personal",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.request}: {Step.of(self.step).label}"
