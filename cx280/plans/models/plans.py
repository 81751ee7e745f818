"""Action Plans and the versions of them that were signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.plans.models.templates import PlanTemplateVersion
from cx280.plans.rules.vocabulary import Stage
from cx280.services.models import Hisp


class ActionPlan(models.Model):
    """What a provider commits to in the budget year after `fiscal_year`: one a provider and year.

    Never deleted: what was published stays readable, and the next plan shows what came of it.
    """

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="action_plans")
    fiscal_year = models.PositiveSmallIntegerField()  # in which it is due to OMB
    stage = models.CharField(max_length=10, choices=Stage.choices(), default=Stage.DRAFT.value)
    # What it answers; none where it was begun before there were templates.
    template_version = models.ForeignKey(
        PlanTemplateVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    summary = models.TextField(blank=True)
    told = models.JSONField(default=dict, blank=True)  # words by code of the template's questions
    created_at = models.DateTimeField(auto_now_add=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)  # the first time
    # While OMB has given it back and it was not sent again.
    returned_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)  # the last time

    class Meta:
        ordering = ["-fiscal_year", "hisp__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["hisp", "fiscal_year"], name="one_action_plan_a_provider_and_year"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT.value)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="no_action_plan_leaves_without_a_signature",
            ),
        ]

    exposure = {
        "hisp": "public",
        "fiscal_year": "public",
        "stage": "public",
        "template_version": "public",
        "summary": "public",
        "told": "internal",
        "created_at": "internal",
        "signed_at": "internal",
        "signed_by": "personal",
        "submitted_at": "public",
        "returned_at": "internal",
        "published_at": "public",
    }

    def __str__(self) -> str:
        return f"{self.hisp}, FY{self.fiscal_year}"

    @property
    def is_open(self) -> bool:
        """Whether the agency may write in it."""
        return Stage.of(self.stage).is_open

    @property
    def budget_year(self) -> int:
        """The fiscal year the commitments are for."""
        return self.fiscal_year + 1


class PlanVersion(models.Model):
    """A plan as it was signed: its public content and digest. Never changed, never deleted."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    # Warnings that stood when it was signed, with the reasons given; for the agency and OMB.
    warnings = models.JSONField(default=list, blank=True)
    signed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # OMB reads it from then on
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_plan_version_has_a_number")
        ]

    exposure = {
        "plan": "public",
        "number": "public",
        "content": "public",
        "digest": "public",
        "warnings": "internal",
        "signed_at": "public",
        "sent_at": "internal",
        "published_at": "public",
    }

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"
