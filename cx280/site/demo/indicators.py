"""What one simulated service is judged by: five indicators, a report and a plan."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.indicators.actions.publishing import publish_paper
from cx280.indicators.actions.writing import save_indicator, set_year
from cx280.indicators.models import Indicator, PerformanceDocument
from cx280.indicators.rules.vocabulary import Paper
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.models import Service

_SURVEY = "Survey after the permit is issued"
_AGREE = "Those who agree or strongly agree, of all who answered"
# kind, name, measure, formula, source, owner, unit, direction, targets of two years and this one.
_ROWS: tuple[tuple[Any, ...], ...] = (
    ("experience", "Trust after a permit", "trust", _AGREE, _SURVEY,
     "Office of Customer Experience", "percent", "up", (0.76, 0.78, 0.80)),
    ("equity", "Trust of those who answer in Spanish", "group:language:es:trust",
     f"{_AGREE} in Spanish", _SURVEY, "Office of Civil Rights", "percent", "up",
     (0.74, 0.76, 0.80)),
    ("effort", "Found it easy", "ease", _AGREE, _SURVEY, "Office of Customer Experience",
     "percent", "up", (0.70, 0.72, 0.75)),
    ("operational", "Median wait at a counter", "level:Median wait at a counter",
     "Half of the people wait less, half more", "Queue tickets of the offices",
     "Bureau of Boating", "minutes", "down", (25.0, 22.0, 20.0)),
    ("financial", "Cost of one permit", "", "Direct cost of the permit office, divided by permits",
     "General ledger, object classes 11 to 25", "Budget Office", "dollars", "down",
     (38.0, 36.0, 34.0)),
)  # fmt: skip
_SPENT = (39.2, 35.4)


def add_indicators(service: Service, people: dict[str, Person], today: date) -> int:
    """How many indicators there are; the report of last year and the plan of this are public."""
    year = fiscal_year_of(today)
    agency = Organization.objects.get(pk=int(service.owner.path.split("/")[1]))
    for row in _ROWS:
        _add(agency, service, row, year, people["cx_lead"])
    official = people["accountable_official"]
    for paper, of, day in (
        (Paper.REPORT, year - 1, date(year - 1, 11, 12)),
        (Paper.PLAN, year, date(year - 1, 11, 12)),
    ):
        found = publish_paper(agency, paper, of, by=official, now=timezone.now())
        at = timezone.make_aware(datetime.combine(min(day, today), time(10)))
        PerformanceDocument.objects.filter(pk=found.pk).update(published_at=at)
    return Indicator.objects.count()


def _add(
    agency: Organization, service: Service, row: tuple[Any, ...], year: int, lead: Person
) -> None:
    kind, name, measure, formula, source, owner, unit, direction, targets = row
    now = timezone.now()
    made = save_indicator(
        agency, None, by=lead, now=now,
        fields={
            "service": service, "kind": kind, "name": name, "measure": measure,
            "formula": formula, "source": source, "owner": owner, "unit": unit,
            "frequency": "quarterly" if measure else "yearly", "direction": direction,
            "is_service_level": kind == "operational", "in_plan": True,
            "baseline": round(targets[0] * (0.95 if direction == "up" else 1.1), 2),
            "baseline_on": date(year - 3, 9, 30),
        },
    )  # fmt: skip
    for at, target in enumerate(targets):
        stated = _SPENT[at] if not measure and at < len(_SPENT) else None
        set_year(
            made, year - 2 + at, target=target, actual=stated,
            actual_source="General ledger, closed books" if stated else "", by=lead, now=now,
        )  # fmt: skip
