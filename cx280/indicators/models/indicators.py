"""An indicator, its years, and how both came to be what they are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.indicators.rules.measures import Measure, read_measure
from cx280.indicators.rules.vocabulary import Direction, Frequency, Kind
from cx280.services.models import Service


class Indicator(models.Model):
    """What an agency judges one of its services by, or all of them where no service is named.

    Never deleted: a retired one keeps its years. Values of a share lie between 0 and 1.
    """

    agency = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="indicators")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    kind = models.CharField(max_length=15, choices=Kind.choices())
    name = models.CharField(max_length=200)
    formula = models.CharField(max_length=500)  # in words
    measure = models.CharField(max_length=200, blank=True)  # see rules/measures.py; blank: stated
    source = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)  # an office rather than a name
    frequency = models.CharField(
        max_length=10, choices=Frequency.choices(), default=Frequency.QUARTERLY.value
    )
    unit = models.CharField(max_length=40)
    direction = models.CharField(
        max_length=5, choices=Direction.choices(), default=Direction.UP.value
    )
    # How the service runs or its website is used: waiting times and the like (280.12-a3).
    is_service_level = models.BooleanField(default=False)
    in_plan = models.BooleanField(default=True)  # it stands in the Annual Performance Plan
    baseline = models.FloatField(null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["service__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"],
                condition=Q(retired_on__isnull=True),
                name="an_indicator_of_a_service_has_a_name_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=Q(retired_on__isnull=True, service__isnull=True),
                name="an_indicator_of_an_agency_has_a_name_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(baseline_on__isnull=False),
                name="a_baseline_says_of_which_day_it_is",
            ),
        ]

    exposure = {
        "agency": "public",
        "service": "public",
        "kind": "public",
        "name": "public",
        "formula": "public",
        "measure": "public",
        "source": "public",
        "owner": "public",
        "frequency": "public",
        "unit": "public",
        "direction": "public",
        "is_service_level": "public",
        "in_plan": "public",
        "baseline": "public",
        "baseline_on": "public",
        "added_at": "internal",
        "retired_on": "public",
    }

    def __str__(self) -> str:
        return self.name

    @property
    def bound_to(self) -> Measure | None:
        """The measure its figures are drawn from; None where they are stated."""
        return read_measure(self.measure)

    @property
    def is_share(self) -> bool:
        """Whether its values are shares and read as percent."""
        bound = self.bound_to
        return bound is not None and bound.is_share

    @property
    def counts_as_service_level(self) -> bool:
        """Whether it tells how the service runs or its website is used."""
        bound = self.bound_to
        return self.is_service_level or (bound is not None and bound.is_service_level)


class YearFigure(models.Model):
    """A fiscal year of an indicator: its target, and its actual where that is stated by hand."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="years")
    fiscal_year = models.PositiveSmallIntegerField()
    target = models.FloatField(null=True, blank=True)
    actual = models.FloatField(null=True, blank=True)
    actual_source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "fiscal_year"], name="an_indicator_has_a_year_once"
            ),
            models.CheckConstraint(
                condition=Q(actual__isnull=True) | ~Q(actual_source=""),
                name="a_stated_figure_says_where_it_is_from",
            ),
        ]

    exposure = {
        "indicator": "public",
        "fiscal_year": "public",
        "target": "public",
        "actual": "public",
        "actual_source": "public",
    }

    def __str__(self) -> str:
        return f"{self.indicator}, FY{self.fiscal_year}"


class FigureNote(models.Model):
    """A year of an indicator as somebody set it: the history of targets and stated figures."""

    year = models.ForeignKey(YearFigure, on_delete=models.CASCADE, related_name="notes")
    target = models.FloatField(null=True, blank=True)
    actual = models.FloatField(null=True, blank=True)
    actual_source = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    exposure = {
        "year": "internal",
        "target": "internal",
        "actual": "internal",
        "actual_source": "internal",
        "why": "internal",
        "at": "internal",
        "by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.year} on {self.at:%Y-%m-%d}"


class Redefinition(models.Model):
    """A change of what an indicator means; years before and from it are never compared."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="redefinitions")
    fiscal_year = models.PositiveSmallIntegerField()  # the first under the new definition
    before = models.JSONField()  # {field: what it was}
    after = models.JSONField()
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["fiscal_year", "pk"]

    exposure = {
        "indicator": "public",
        "fiscal_year": "public",
        "before": "public",
        "after": "public",
        "why": "public",
        "at": "internal",
        "by": "personal",
    }

    def __str__(self) -> str:
        return f"{self.indicator} from FY{self.fiscal_year}"
