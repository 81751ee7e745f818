"""Indicators in the record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.indicators.actions.writing import save_indicator, set_year
from cx280.indicators.models import Indicator
from cx280.services.models import Service

SOMETIME = date(2022, 3, 1)


def an_indicator(service: Service | None, by: Person, **fields: Any) -> Indicator:
    """Trust in the service, drawn from its survey, in the plan; `agency` where no service is."""
    agency = fields.pop("agency", None) or agency_of(service.owner)  # type: ignore[union-attr]
    given = {
        "service": service, "kind": "experience", "name": "Trust", "measure": "trust",
        "formula": "Those who agree, of all who answered", "source": "Survey after the service",
        "owner": "Permit office", "frequency": "quarterly", "unit": "percent", "direction": "up",
        "is_service_level": False, "in_plan": True, "baseline": 0.7,
        "baseline_on": date(2021, 9, 30), **fields,
    }  # fmt: skip
    return save_indicator(agency, None, fields=given, by=by, now=timezone.now())


def a_wait(service: Service, by: Person, **fields: Any) -> Indicator:
    """The average wait, as the quarter reports of the service hold it."""
    return an_indicator(
        service, by,
        **{"kind": "operational", "name": "Average wait", "measure": "level:Average wait",
           "unit": "minutes", "direction": "down", "baseline": 6.0, **fields},
    )  # fmt: skip


def a_cost(service: Service | None, by: Person, **fields: Any) -> Indicator:
    """What a case costs, stated by hand."""
    return an_indicator(
        service, by,
        **{"kind": "financial", "name": "Cost of a case", "measure": "", "unit": "dollars",
           "direction": "down", "baseline": None, "baseline_on": None, **fields},
    )  # fmt: skip


def aims_at(indicator: Indicator, fiscal_year: int, target: float, by: Person, **more: Any) -> None:
    """Sets a year's target."""
    set_year(indicator, fiscal_year, target=target, by=by, now=timezone.now(), **more)
