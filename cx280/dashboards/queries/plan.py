"""Reads the measurement plan with what it expects of people, and whether it is too much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet, Sum

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.delivery.models import SamplingPlan
from cx280.delivery.queries.plans import rules_of
from cx280.kernel.quarter import Quarter
from cx280.measures.models import OfferFact
from cx280.services.models import ServiceVolume
from cx280.surveys.models import OtherCollection, Survey
from cx280.surveys.queries.plan import plan_of
from cx280.surveys.rules.burden_plan import Load, loads_of
from cx280.surveys.rules.plan import PlanLine, efforts_of

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class AgencyPlan:
    """The plan of one agency: its lines, and the load of each group of its customers."""

    name: str
    code: str
    lines: tuple[PlanLine, ...]
    loads: tuple[Load, ...]

    @property
    def hours(self) -> float:
        """The hours a year that all active collections take of people, where they are known."""
        return sum(each.expected.hours or 0 for each in self.lines if each.is_active)


@dataclass(frozen=True, slots=True)
class _Year:
    """What was counted of a survey in the last four quarters. asked: None where not counted."""

    quarters: int
    asked: int | None
    answered: int


@implements("280.10-o1", "280.10-o2", "280.10-o3")
def agency_plans(
    surveys: QuerySet[Survey],
    others: QuerySet[OtherCollection],
    agencies: Iterable[Organization],
    on: date,
) -> list[AgencyPlan]:
    """The plan by agency, by name; agencies without any collection left out."""
    lines = _with_expected(plan_of(surveys, others, on), surveys, on)
    found = []
    for agency in sorted(agencies, key=lambda each: each.name):
        own = tuple(each for each in lines if each.agency == agency.name)
        if own:
            limit = rules_of(agency).most_per_year
            loads = tuple(loads_of(efforts_of(own), limit))
            found.append(AgencyPlan(agency.name, agency.code, own, loads))
    return found


def _with_expected(
    lines: Sequence[PlanLine], surveys: QuerySet[Survey], on: date
) -> list[PlanLine]:
    """The lines of surveys here with people, shares and answers of a year."""
    known = dict(surveys.values_list("code", "service_id"))
    channels = dict(surveys.values_list("code", "channel"))
    volumes = _volumes(set(known.values()))
    rates = _rates(surveys)
    years = _years(surveys, on)
    found = []
    for line in lines:
        if not line.runs_here:
            found.append(line)
            continue
        service = known[line.address]
        people = volumes.get((service, channels[line.address])) or volumes.get((service, ""))
        year = years.get(line.address)
        invited = rates.get(line.address)
        if invited is None and people and year and year.asked is not None:
            invited = year.asked * QUARTERS / year.quarters / people
        expected = replace(
            line.expected,
            people=people,
            invited=invited,
            answering=year.answered / year.asked if year and year.asked else None,
            counted=round(year.answered * QUARTERS / year.quarters) if year else None,
        )
        found.append(replace(line, expected=expected, held=line.address in rates))
    return found


def _volumes(services: set[int]) -> dict[tuple[int, str], int]:
    """Customers a year by service and channel ("" for all), of the newest year there is."""
    rows = ServiceVolume.objects.filter(service__in=services).order_by("fiscal_year")
    return {
        (service, channel): customers
        for service, channel, customers in rows.values_list("service", "channel", "customers")
    }


def _rates(surveys: QuerySet[Survey]) -> dict[str, float]:
    """The share each survey draws, by its code; only those with a plan in force."""
    plans = SamplingPlan.objects.filter(until__isnull=True, survey__in=surveys)
    return dict(plans.values_list("survey__code", "rate"))


def _years(surveys: QuerySet[Survey], on: date) -> dict[str, _Year]:
    """Asked and answered in the last four full quarters, by code; only where anybody answered."""
    current = Quarter.of(on)
    rows = (
        OfferFact.objects.filter(
            version__survey__in=surveys, unit=None, channel="",
            starts_on__gte=current.plus(-QUARTERS).first_day, starts_on__lt=current.first_day,
        )
        .values_list("version__survey__code", "starts_on")
        .annotate(asked=Sum("offered"), answered=Sum("completed"))
        .order_by()
    )  # fmt: skip
    found: dict[str, list[tuple[int | None, int]]] = {}
    for code, _, asked, answered in rows:
        found.setdefault(code, []).append((asked, answered))
    return {code: _year(parts) for code, parts in found.items()}


def _year(parts: Sequence[tuple[int | None, int]]) -> _Year:
    known = [asked for asked, _ in parts if asked is not None]
    asked = sum(known) if len(known) == len(parts) else None
    return _Year(len(parts), asked, sum(answered for _, answered in parts))


def plan_table(plans: Iterable[AgencyPlan]) -> tuple[list[str], list[list[object]]]:
    """The plan as a header and rows for a spreadsheet or a program."""
    header = [
        "agency", "title", "about", "provider", "level", "timing", "months", "population",
        "control_number", "expires_on", "active", "runs_here", "people_a_year",
        "invitations_a_year", "answers_a_year", "minutes_each", "hours_a_year",
        "hours_are_the_most", "contact_rules_hold", "meets_the_same_people",
    ]  # fmt: skip
    return header, [_row(plan, line) for plan in plans for line in plan.lines]


def _row(plan: AgencyPlan, line: PlanLine) -> list[object]:
    expected = line.expected
    return [
        plan.name, line.title, line.about, line.provider, line.level.value, line.timing,
        " ".join(map(str, sorted(line.months))), line.population, line.control_number,
        line.expires_on.isoformat() if line.expires_on else "",
        "yes" if line.is_active else "no", "yes" if line.runs_here else "no",
        expected.people, _whole(expected.asked), _whole(expected.answers), expected.minutes,
        _whole(expected.hours), "yes" if expected.is_most else "no",
        "yes" if line.held else "no", "; ".join(meets(line, plan.lines)),
    ]  # fmt: skip


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def meets(line: PlanLine, lines: Iterable[PlanLine]) -> list[str]:
    """The other active collections that can meet the same people in the same months."""
    if not line.is_active:
        return []
    return [
        each.title
        for each in lines
        if each is not line
        and each.is_active
        and each.months & line.months
        and (not each.service or not line.service or each.service == line.service)
    ]
