"""How a survey draws its sample, and how often an agency's surveys may ask one person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.delivery.rules.contacts import ContactRules
from cx280.delivery.rules.sampling import Plan
from cx280.delivery.rules.vocabulary import Method, StrataBy
from cx280.surveys.models import Survey


class SamplingPlan(models.Model):
    """A survey's plan from one day on. A change is the next number: decisions keep their plan."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sampling_plans")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=20, choices=Method.choices())
    rate = models.FloatField()
    strata_by = models.CharField(
        max_length=20, choices=StrataBy.choices(), default=StrataBy.UNIT.value
    )
    rates = models.JSONField(default=dict, blank=True)  # {stratum: rate}
    seed = models.CharField(max_length=64)
    share = models.PositiveSmallIntegerField(default=10)  # of the turns, beside other surveys
    arrived = models.PositiveBigIntegerField(default=0)  # interactions so far: systematic positions
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["survey", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="plans_are_numbered"),
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(until__isnull=True),
                name="one_plan_is_in_force_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lte=1), name="a_rate_is_above_0_and_up_to_1"
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100), name="a_share_of_turns_is_1_to_100"
            ),
        ]

    exposure = {
        "survey": "public",
        "number": "internal",
        "method": "public",
        "rate": "public",
        "strata_by": "public",
        "rates": "public",
        "seed": "internal",
        "share": "internal",
        "arrived": "internal",
        "since": "internal",
        "until": "internal",
        "made_by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.survey}: plan {self.number}"

    @property
    def as_rule(self) -> Plan:
        """The plan as the rules decide by it."""
        return Plan(
            Method.of(self.method), self.rate, self.seed, StrataBy.of(self.strata_by), self.rates
        )


class ContactRule(models.Model):
    """How often all surveys of an agency together may ask one person or device."""

    agency = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="contact_rule"
    )
    quiet_days = models.PositiveSmallIntegerField(default=30)
    most_per_year = models.PositiveSmallIntegerField(default=4)  # 0: no limit
    patience_days = models.PositiveSmallIntegerField(default=14)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_days=0) | Q(patience_days__lte=F("quiet_days")),
                name="a_turn_is_kept_no_longer_than_the_quiet_period",
            ),
        ]

    exposure = {
        "agency": "internal",
        "quiet_days": "internal",
        "most_per_year": "internal",
        "patience_days": "internal",
        "changed_at": "internal",
        "changed_by": "personal",
    }

    def __str__(self) -> str:
        return f"contact rules of {self.agency}"

    @property
    def as_rule(self) -> ContactRules:
        """The rules as decisions are made by them."""
        return ContactRules(self.quiet_days, self.most_per_year, self.patience_days)
