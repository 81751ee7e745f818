"""Everything the page of drivers by service type shows, for the services a person may measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.circular.edition import edition
from cx280.kernel.problem import NotFound
from cx280.measures.models import PatternFact
from cx280.measures.queries.service_types import (
    TypeAnswer,
    TypeQuestion,
    type_found,
    type_question,
)
from cx280.measures.rules.patterns import OUTCOMES
from cx280.services.access import services_where


@dataclass(frozen=True, slots=True)
class TypePage:
    """types: {code: name} of those there are answers about; asked and answer: None for none."""

    types: Mapping[str, str]
    service_type: str
    outcome: str
    asked: TypeQuestion | None
    answer: TypeAnswer | None


def type_page(person: Person, asked: Mapping[str, str], smallest: int, now: datetime) -> TypePage:
    """The page for an address (type, outcome). When no type is named: the first that can be told,
    beginning with the type with most services."""
    services = list(
        services_where(person, Capability.SEE_MEASURES)
        .filter(retired_on__isnull=True, pk__in=PatternFact.objects.values("service"))
        .order_by("name")
    )
    types = _types([each.service_type for each in services])
    outcome = asked.get("outcome") or OUTCOMES[0]
    service_type = asked.get("type", "")
    if outcome not in OUTCOMES or (service_type and service_type not in types):
        raise NotFound("There are no answers about services of that type, or no such outcome.")
    pages = []
    for each in [service_type] if service_type else types:
        question = type_question(each, services, outcome, smallest)
        answer = type_found(question, now) if question else None
        pages.append(TypePage(types, each, outcome, question, answer))
        if answer is not None and not answer.finding.refusal:
            return pages[-1]
    return pages[0] if pages else TypePage(types, "", outcome, None, None)


def _types(there: list[str]) -> dict[str, str]:
    """{code: name}, the type with most services first."""
    of = edition("FY2022")
    often = sorted(set(there), key=lambda each: (-there.count(each), each))
    names = {each: of.service_type(each) for each in often if each}
    return {code: found.name if found else code for code, found in names.items()}
