"""The services a provider puts forward for a fiscal year, and what OMB said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.circular.implements import implements
from cx280.designation.rules.vocabulary import Factor, Move, Stage
from cx280.services.models import Hisp, Service


@implements("INC-40")
class Proposal(models.Model):
    """A provider's proposal for one fiscal year: one a provider and year, never deleted.

    The days: signed_on the first time (it decides whether it is on time), returned_on the last
    time, concurred_on the day OMB gives. The weights are kept as people wrote them, in any unit.
    """

    hisp = models.ForeignKey(Hisp, on_delete=models.PROTECT, related_name="proposals")
    fiscal_year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage.choices(), default=Stage.DRAFT.value)
    # Counts every change. A move says which it saw, and is refused when there is a later one.
    revision = models.PositiveIntegerField(default=1)
    weight_customers = models.FloatField(default=1)
    weight_cost = models.FloatField(default=1)
    weight_priority = models.FloatField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    signed_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    concurred_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-fiscal_year", "hisp__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["hisp", "fiscal_year"], name="one_proposal_a_provider_and_year"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT.value) | Q(signed_on__isnull=False),
                name="no_proposal_leaves_without_a_signature",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CONCURRED.value) | Q(concurred_on__gte=F("signed_on")),
                name="omb_concurs_after_the_signature",
            ),
            models.CheckConstraint(
                condition=Q(weight_customers__gte=0, weight_cost__gte=0, weight_priority__gte=0)
                & (Q(weight_customers__gt=0) | Q(weight_cost__gt=0) | Q(weight_priority__gt=0)),
                name="some_factor_of_impact_has_a_weight",
            ),
        ]

    exposure = {
        "hisp": "public",
        "fiscal_year": "public",
        "stage": "public",
        "revision": "internal",
        "weight_customers": "internal",
        "weight_cost": "internal",
        "weight_priority": "internal",
        "begun_at": "internal",
        "signed_on": "public",
        "returned_on": "internal",
        "concurred_on": "public",
    }

    def __str__(self) -> str:
        return f"{self.hisp}, FY{self.fiscal_year}"

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each factor, as people wrote it."""
        return {
            Factor.CUSTOMERS.value: self.weight_customers,
            Factor.COST.value: self.weight_cost,
            Factor.PRIORITY.value: self.weight_priority,
        }

    @property
    def is_open(self) -> bool:
        """Whether the agency may write in it."""
        return Stage.of(self.stage).is_open


class Choice(models.Model):
    """A service put forward, and why."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="choices")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "service"], name="a_proposal_names_a_service_once"
            )
        ]

    exposure = {"proposal": "public", "service": "public", "why": "public"}

    def __str__(self) -> str:
        return f"{self.service} in {self.proposal}"


class Figure(models.Model):
    """What one factor of impact is for one service, and who says so; no row: not known."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="figures")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    factor = models.CharField(max_length=10, choices=Factor.choices())
    value = models.FloatField()
    # Where it is uncertain: the ends between which it surely lies.
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["service__name", "factor"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "service", "factor"], name="a_figure_of_impact_is_said_once"
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="a_figure_of_impact_names_its_source"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0)
                & (Q(low__isnull=True) | Q(low__gte=0, low__lte=F("value")))
                & (Q(high__isnull=True) | Q(high__gte=F("value"))),
                name="a_figure_of_impact_lies_between_its_ends",
            ),
        ]

    exposure = {
        "proposal": "internal",
        "service": "internal",
        "factor": "internal",
        "value": "internal",
        "low": "internal",
        "high": "internal",
        "source": "internal",
    }

    def __str__(self) -> str:
        return f"{self.factor} of {self.service}: {self.value:g}"


class Step(models.Model):
    """A move of a proposal: who, when, why, and what was signed. Never changed, never deleted."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="history")
    move = models.CharField(max_length=10, choices=Move.choices())
    at = models.DateTimeField()
    on = models.DateField()  # the day it counts from: OMB may concur by letter, days before
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=2000, blank=True)
    content = models.JSONField(null=True, blank=True)  # as signed
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(move=Move.RETURN.value) | ~Q(words=""),
                name="a_returned_proposal_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(move=Move.SIGN.value) | (Q(content__isnull=False) & ~Q(digest="")),
                name="a_signature_keeps_what_was_signed",
            ),
        ]

    exposure = {
        "proposal": "internal",
        "move": "internal",
        "at": "internal",
        "on": "internal",
        "by": "personal",
        "words": "internal",
        "content": "internal",
        "digest": "internal",
    }

    def __str__(self) -> str:
        return f"{self.move} on {self.on}"
