"""What each step takes of people: read here alone, so that whoever assesses it can be changed."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from cx280.burden.queries import burdens_of
from cx280.burden.rules.journey import StepCost
from cx280.journeys.rules.evidence import Burden
from cx280.services.models import Journey


def burdens(journey: Journey, on: date) -> dict[int, Burden]:
    """The burden by the step's number, of those not named apart; steps that nobody assessed are
    absent, never 0.
    """
    address = reverse("burden:journey", args=[journey.pk])
    found = burdens_of(journey, on)
    return {
        key: Burden("too few to show" if cost is None else _words(cost), address)
        for key, cost in found.items()
        if cost is None or cost.assessment is not None
    }


def _words(cost: StepCost) -> str:
    """`at least 30 minutes, $5.00`: of one person on the whole way."""
    minutes = cost.time.told(lambda value: f"{value:,.0f} minutes")
    dollars = cost.money.told(lambda value: f"${value:,.2f}") if cost.money.value else ""
    return f"{minutes}, {dollars}" if dollars else minutes
