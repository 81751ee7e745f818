"""What is stated of the burden of a journey's steps, and what an hour is worth."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.burden.rules.amounts import Amount
from cx280.burden.rules.assessment import Assessment, Inputs, Strain, compliance_of, money_of
from cx280.paperwork.models import BurdenChange
from cx280.services.models import Journey, JourneyStep


def _minutes() -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)


class StepBurden(models.Model):
    """What one pass through a step takes of one person of a segment, from a day on.

    Empty is “not assessed”, 0 is “there is none”. A later one replaces it; nothing is overwritten.
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="burdens")
    step = models.ForeignKey(
        JourneyStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="burdens"
    )
    step_name = models.CharField(max_length=200)  # kept when the step is drawn no more
    segment = models.CharField(max_length=60, blank=True)  # blank: everybody not named apart
    from_on = models.DateField()
    change = models.ForeignKey(  # that brought it
        BurdenChange, on_delete=models.PROTECT, null=True, blank=True, related_name="step_burdens"
    )
    # How often one person goes through it; 0 once it fell away.
    repeats = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    people_per_year = models.PositiveIntegerField(null=True, blank=True)
    learning_minutes = _minutes()
    paper_minutes = _minutes()
    documents = models.PositiveSmallIntegerField(null=True, blank=True)
    document_minutes = _minutes()  # to get one
    trips = models.PositiveSmallIntegerField(null=True, blank=True)
    trip_minutes = _minutes()  # there and back
    trip_dollars = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    fees = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    strain = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)  # mean
    strain_n = models.PositiveIntegerField(null=True, blank=True)
    observed = models.PositiveIntegerField(default=0)  # asked or timed; 0 for a calculation
    source = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["step_name", "segment", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "step_name", "segment", "from_on"],
                name="a_step_is_assessed_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(strain__isnull=True, strain_n__isnull=True)
                | Q(strain__gte=1, strain__lte=5, strain_n__gte=1),
                name="strain_stands_with_how_many_were_asked",
            ),
            models.CheckConstraint(
                condition=Q(repeats__gte=0) & ~Q(source=""),
                name="an_assessment_says_where_it_is_from",
            ),
        ]

    exposure = {
        "journey": "internal",
        "step": "internal",
        "step_name": "internal",
        "segment": "internal",
        "from_on": "internal",
        "change": "internal",
        "repeats": "internal",
        "people_per_year": "internal",
        "learning_minutes": "internal",
        "paper_minutes": "internal",
        "documents": "internal",
        "document_minutes": "internal",
        "trips": "internal",
        "trip_minutes": "internal",
        "trip_dollars": "internal",
        "fees": "internal",
        "strain": "internal",
        "strain_n": "internal",
        "observed": "internal",
        "source": "internal",
        "recorded_by": "personal",
        "recorded_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.step_name}, {self.segment or 'everybody'}"

    @property
    def as_rule(self) -> Assessment:
        """The assessment as the rules add it up."""
        inputs = Inputs(
            self.paper_minutes, self.documents, self.document_minutes, self.trips,
            self.trip_minutes, self.trip_dollars, self.fees,
        )  # fmt: skip
        asked = self.strain is not None and self.strain_n is not None
        return Assessment(
            self.step_name, self.segment, self.from_on, self.repeats, self.people_per_year,
            Amount.of(self.learning_minutes), compliance_of(inputs), money_of(inputs),
            Strain(self.strain, self.strain_n) if asked else None,  # type: ignore[arg-type]
            self.observed, self.source, self.change_id,
        )  # fmt: skip


class Wage(models.Model):
    """What an hour of people's time is taken for, and by which source, from a day on."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="wages")
    dollars_an_hour = models.DecimalField(max_digits=7, decimal_places=2)
    source = models.CharField(max_length=300)
    from_on = models.DateField()

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["journey", "from_on"], name="an_hour_has_one_worth_a_day"
            ),
            models.CheckConstraint(
                condition=Q(dollars_an_hour__gt=0) & ~Q(source=""),
                name="a_wage_says_where_it_is_from",
            ),
        ]

    exposure = {
        "journey": "internal",
        "dollars_an_hour": "internal",
        "source": "internal",
        "from_on": "internal",
    }

    def __str__(self) -> str:
        return f"${self.dollars_an_hour} an hour ({self.source})"
