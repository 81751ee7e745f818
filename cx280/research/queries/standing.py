"""Where designated services stand in research: studies, journeys, usability rounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cx280.kernel.finding import Finding
from cx280.kernel.quarter import Quarter, fiscal_year_of
from cx280.research.checks import check_service
from cx280.research.models import ResearchStudy, Terms, TestRound
from cx280.research.rules.facts import ServiceFacts
from cx280.research.rules.periods import months_before
from cx280.research.rules.vocabulary import Approach
from cx280.services.models import Service
from cx280.services.queries import is_digital
from cx280.telemetry.rules.vocabulary import FlowState


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A designated service with what its research has and lacks."""

    service: Service
    facts: ServiceFacts
    findings: list[Finding]


def standing_of(services: QuerySet[Service], terms: Terms, today: date) -> list[ServiceLine]:
    """The services as they stand that day."""
    rows = list(services.prefetch_related("journeys", "channels", "flows"))
    studies = _studies(rows, months_before(today, terms.study_months), today)
    rounds = _rounds(rows, fiscal_year_of(today), today)
    found = []
    for each in rows:
        kinds = studies.get(each.pk, Counter())
        facts = ServiceFacts(
            each.name,
            terms.study_months,
            fiscal_year_of(today),
            kinds[Approach.QUALITATIVE.value],
            kinds[Approach.QUANTITATIVE.value],
            len(each.journeys.all()),
            _flows(each, rounds, today),
        )
        found.append(ServiceLine(each, facts, check_service(facts)))
    return found


def _studies(services: Iterable[Service], since: date, today: date) -> dict[int, Counter[str]]:
    """How many studies that ended since then tell of each service, by kind."""
    rows = ResearchStudy.objects.filter(
        services__in=services, ends_on__gte=since, starts_on__lte=today
    ).values_list("services", "approach")
    found: dict[int, Counter[str]] = {}
    for service, approach in rows:
        found.setdefault(service, Counter()).update(Approach.of(approach).parts)
    return found


def _rounds(services: Iterable[Service], year: int, today: date) -> Counter[tuple[int, str]]:
    """How many rounds each flow of each service had in that fiscal year, until today."""
    first = Quarter(year, 1).first_day
    rows = TestRound.objects.filter(service__in=services, held_on__gte=first, held_on__lte=today)
    return Counter(rows.values_list("service", "flow_name"))


def _flows(service: Service, rounds: Counter[tuple[int, str]], today: date) -> dict[str, int]:
    """The digital flows with their rounds; a digital service without any stands for itself."""
    names = [
        each.name
        for each in service.flows.all()
        if each.launched_on <= today and each.state != FlowState.DEPRECATED
    ]
    if names:
        return {name: rounds[service.pk, name] for name in names}
    open_ones = [each for each in service.channels.all() if not each.until or each.until >= today]
    if not any(is_digital(each) for each in open_ones):
        return {}
    return {service.name: sum(n for (pk, _), n in rounds.items() if pk == service.pk)}
