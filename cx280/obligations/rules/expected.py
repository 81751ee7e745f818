"""Which obligations a provider has in a fiscal year: each of the edition's, once (280.14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.deadlines import Due, obligations_of, own_obligations_of
from cx280.circular.edition import Edition
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.obligations.rules.vocabulary import Scope
from cx280.services.rules.hisp_list import Period, was_designated


@dataclass(frozen=True, slots=True)
class DesignatedService:
    """A service OMB concurred with, and the days for which it did."""

    service: int
    period: Period


@dataclass(frozen=True, slots=True)
class Provider:
    """When OMB had the provider on its list, and its designated services."""

    periods: Sequence[Period]
    services: Sequence[DesignatedService]


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing owed; service is None for what the provider owes as a whole."""

    due: Due
    service: int | None = None


@implements("280.1-a3", "280.14-c1", "280.14-d1", "280.14-d2", "280.14-e1", "INC-24")
def expected(edition: Edition, fiscal_year: int, provider: Provider) -> list[Expected]:
    """What the provider owes in the year, earliest first.

    Nobody owes what was due before OMB designated them, or after (INC-02). What was due before the
    edition took effect is there too, for information: `due.before_edition` tells.
    """
    found: list[Expected] = []
    for due in obligations_of(edition, fiscal_year):
        if due.scope == Scope.ENTERPRISE:
            if was_designated(provider.periods, due.due):
                found.append(Expected(due))
        else:
            found += _of_services(due, provider)
    return found


@implements("280.9-g1")
def expected_of_agency(
    edition: Edition, fiscal_year: int, providers: Sequence[Sequence[Period]]
) -> list[Expected]:
    """What the agency itself does in the year; providers: when each of its units was one.

    Nothing where one is a provider on the day: its Capacity Assessment is the reflection.
    """
    return [
        Expected(due)
        for due in own_obligations_of(edition, fiscal_year)
        if not provides(providers, due.due)
    ]


def provides(providers: Sequence[Sequence[Period]], on: date) -> bool:
    """Whether one of these was a High-Impact Service Provider on that day."""
    return any(was_designated(each, on) for each in providers)


def _of_services(due: Due, provider: Provider) -> Iterator[Expected]:
    """A quarter's report of each service that was designated when the quarter ended.

    Then its draft opens, too; who was designated later had nothing to collect (280.16-a1).
    """
    ends = Quarter.parse(due.period).last_day
    if not was_designated(provider.periods, ends):
        return
    seen = set()
    for each in provider.services:
        if ends in each.period and each.service not in seen:
            seen.add(each.service)
            yield Expected(due, each.service)
