"""What a service costs people besides its fees: hours, money and strain, by step and segment."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.paperwork.rules.inventory import Estimate
from cx280.services.models import JourneyStep, Service


class BurdenChange(models.Model):
    """Something done to lessen the burden of a service (280.11-b2)."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="burden_changes")
    title = models.CharField(max_length=200)
    changed_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-changed_on", "title"]

    exposure = {
        "service": "internal",
        "title": "internal",
        "changed_on": "internal",
        "recorded_by": "personal",
    }

    def __str__(self) -> str:
        return self.title


class BurdenEstimate(models.Model):
    """What one step takes of one person of a segment, from a day on; a later one replaces it."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="burdens")
    step = models.ForeignKey(
        JourneyStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    step_name = models.CharField(max_length=200)  # kept when the journey is drawn anew
    segment = models.CharField(max_length=60, blank=True)  # blank: everybody not named apart
    from_on = models.DateField()
    change = models.ForeignKey(  # that brought it; blank for a first estimate
        BurdenChange, on_delete=models.PROTECT, null=True, blank=True, related_name="estimates"
    )
    people_per_year = models.PositiveIntegerField()
    learning_minutes = models.DecimalField(max_digits=8, decimal_places=2)
    compliance_minutes = models.DecimalField(max_digits=8, decimal_places=2)
    cost = models.DecimalField(max_digits=10, decimal_places=2, default=0)  # dollars a person
    # Strain from 1 (none) to 5 (very much): a scale of this project, not of OMB.
    strain = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    observed = models.PositiveIntegerField(default=0)  # people asked or timed for it
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["step_name", "segment", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "step_name", "segment", "from_on"],
                name="a_burden_is_estimated_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(learning_minutes__gte=0, compliance_minutes__gte=0, cost__gte=0),
                name="a_burden_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(strain__isnull=True) | Q(strain__gte=1, strain__lte=5),
                name="strain_is_told_from_1_to_5",
            ),
        ]

    exposure = {
        "service": "internal",
        "step": "internal",
        "step_name": "internal",
        "segment": "internal",
        "from_on": "internal",
        "change": "internal",
        "people_per_year": "internal",
        "learning_minutes": "internal",
        "compliance_minutes": "internal",
        "cost": "internal",
        "strain": "internal",
        "observed": "internal",
        "source": "internal",
        "recorded_by": "personal",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.step_name}, {self.segment or 'everybody'}"

    @property
    def as_rule(self) -> Estimate:
        """The estimate as the rules add it up."""
        return Estimate(
            step=self.step_name,
            segment=self.segment,
            from_on=self.from_on,
            people=self.people_per_year,
            learning=self.learning_minutes,
            compliance=self.compliance_minutes,
            cost=self.cost,
            strain=self.strain,
            observed=self.observed,
            source=self.source,
            change=self.change_id,
        )
