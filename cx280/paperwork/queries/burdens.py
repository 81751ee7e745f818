"""Reads the burden inventory of a service: what holds, by segment, what changes spared people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from cx280.measures.rules.suppression import is_too_few
from cx280.paperwork.models import BurdenChange, BurdenEstimate
from cx280.paperwork.rules.inventory import (
    Estimate,
    Reduction,
    SegmentLine,
    by_segment,
    inventory,
    reductions,
    unequal,
)
from cx280.services.models import Service


@dataclass(frozen=True, slots=True)
class Spared:
    """A change with its before and after."""

    change: BurdenChange
    parts: list[Reduction]

    @property
    def hours(self) -> Decimal:
        """Hours a year spared in all."""
        return sum((each.hours for each in self.parts), Decimal(0))

    @property
    def dollars(self) -> Decimal:
        """Dollars a year spared in all."""
        return sum((each.dollars for each in self.parts), Decimal(0))


@dataclass(frozen=True, slots=True)
class Burden:
    """The inventory of a service on a day. uneven: longest, least, how many times as long."""

    estimates: list[Estimate]
    segments: list[SegmentLine]
    uneven: tuple[SegmentLine, SegmentLine, Decimal] | None
    spared: list[Spared]

    @property
    def total(self) -> SegmentLine | None:
        """The sums over all segments; None while nothing is estimated."""
        return self.segments[-1] if self.estimates else None


def burden_of(service: Service, on: date, smallest: int) -> Burden:
    """What the service takes of people, as estimated by that day."""
    every = [each.as_rule for each in BurdenEstimate.objects.filter(service=service)]
    held = inventory(every, on)
    lines = by_segment(held, smallest)
    shown = {each.segment for each in lines[:-1] if each.is_shown}
    spared = [
        Spared(change, [each for each in reductions(every, change.pk)
                        if each.after.segment in shown and not _thin(each, smallest)])
        for change in BurdenChange.objects.filter(service=service)
    ]  # fmt: skip
    return Burden([each for each in held if each.segment in shown], lines, unequal(lines), spared)


def _thin(part: Reduction, smallest: int) -> bool:
    """Whether before or after rests on too few people to be told."""
    return any(is_too_few(each.observed, smallest) for each in (part.before, part.after))


def services_with_burden(services: QuerySet[Service]) -> QuerySet[Service]:
    """The services with how many estimates each has, those with some first."""
    return services.annotate(estimated=Count("burdens")).order_by("-estimated", "name")
