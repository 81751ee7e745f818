"""The register of an agency: its indicators by kind, and what its plan lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cx280.agencies.models import Organization
from cx280.indicators.checks import check
from cx280.indicators.models import Indicator
from cx280.indicators.queries.figures import Line
from cx280.indicators.queries.live import choices_of
from cx280.indicators.rules.facts import IndicatorFacts, PlanFacts
from cx280.indicators.rules.vocabulary import Kind
from cx280.kernel.finding import Finding
from cx280.services.models import Service
from cx280.services.queries import designated_services


def in_use(agency: Organization) -> list[Indicator]:
    """The agency's indicators that are not retired, experience first, then by service and name."""
    rows = (
        Indicator.objects.filter(agency=agency, retired_on__isnull=True)
        .select_related("agency", "service__owner")
        .prefetch_related("years", "redefinitions")
    )
    order = list(Kind)
    return sorted(
        rows, key=lambda each: (order.index(Kind.of(each.kind)), _service(each), each.name)
    )


def _service(indicator: Indicator) -> str:
    return indicator.service.name if indicator.service else ""


def by_kind(lines: Iterable[Line]) -> list[tuple[Kind, list[Line]]]:
    """The five kinds, each with its lines, also where there are none."""
    found = list(lines)
    return [(kind, [each for each in found if each.indicator.kind == kind]) for kind in Kind]


def facts_of(
    agency: Organization, fiscal_year: int, indicators: Iterable[Indicator], today: date
) -> PlanFacts:
    """The agency's indicators as the checks read them; services designated as of today."""
    designated = designated_services(on=today).filter(owner__path__startswith=agency.path)
    return PlanFacts(
        agency=agency.name,
        fiscal_year=fiscal_year,
        indicators=[_facts(each, fiscal_year) for each in indicators],
        designated=sorted(designated.values_list("name", flat=True)),
    )


def _facts(indicator: Indicator, fiscal_year: int) -> IndicatorFacts:
    bound = indicator.bound_to
    targets = {each.fiscal_year: each.target for each in indicator.years.all()}
    return IndicatorFacts(
        name=indicator.name,
        kind=Kind.of(indicator.kind),
        service=_service(indicator),
        is_feedback=bound is not None and bound.is_feedback,
        is_service_level=indicator.counts_as_service_level,
        in_plan=indicator.in_plan,
        target=targets.get(fiscal_year),
    )


def findings_of(agency: Organization, fiscal_year: int, today: date) -> list[Finding]:
    """What the plan of that year lacks today."""
    return check(facts_of(agency, fiscal_year, in_use(agency), today))


def plan_subject(agency: Organization, fiscal_year: int) -> str:
    """What reasons for the warnings of an agency's plan of that year are kept under."""
    return f"indicators.Plan:{agency.pk}-FY{fiscal_year}"


def words_of(service: Service | None, measure: str) -> str:
    """What a measure is called; "" where none is chosen or the service has it no more."""
    return dict(choices_of(service)).get(measure, "") if service and measure else ""
