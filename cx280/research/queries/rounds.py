"""Reads usability rounds: by flow and fiscal year, and whom they asked the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from cx280.clearance.queries import covers
from cx280.kernel.finding import Finding
from cx280.kernel.quarter import fiscal_year_of
from cx280.research.checks import crowded_rounds
from cx280.research.models import TestRound
from cx280.research.rules.rounds import Round, rounds_by_year
from cx280.services.models import Service


@dataclass(frozen=True, slots=True)
class FlowRounds:
    """The rounds of one flow, oldest first. years: (fiscal year, how many), latest first."""

    service: Service
    flow: str
    rounds: list[TestRound]
    years: list[tuple[int, int]]
    findings: list[Finding]


def facts_of(row: TestRound) -> Round:
    """The round as the rules count it."""
    is_cleared = row.entry is not None and covers(row.entry.collection, row.held_on)
    return row.as_rule(is_cleared=is_cleared)


def flows_of(rounds: QuerySet[TestRound]) -> list[FlowRounds]:
    """The flows that were tried, by service and name."""
    rows = list(rounds.order_by("service__name", "service", "flow_name", "held_on", "pk"))
    return [
        _flow(list(group))
        for _, group in groupby(rows, key=lambda row: (row.service_id, row.flow_name))
    ]


def _flow(rows: list[TestRound]) -> FlowRounds:
    facts = [facts_of(each) for each in rows]
    years = sorted(
        ((year, count) for (_, year), count in rounds_by_year(facts).items()), reverse=True
    )
    return FlowRounds(rows[0].service, rows[0].flow_name, rows, years, crowded_rounds(facts))


HEADER = (
    "service", "flow", "fiscal_year", "number_in_year", "held_on", "asks", "planned", "came",
    "federal_employees", "approved", "found", "changed_since_last",
)  # fmt: skip


def rows_for_file(flows: Iterable[FlowRounds]) -> Iterable[tuple[object, ...]]:
    """A row for each round, numbered within its flow and fiscal year."""
    for flow in flows:
        numbers: dict[int, int] = {}
        for row in flow.rounds:
            year = fiscal_year_of(row.held_on)
            numbers[year] = numbers.get(year, 0) + 1
            yield (
                flow.service.name, flow.flow, year, numbers[year], row.held_on, row.asks,
                row.planned, row.came, row.employees, facts_of(row).is_cleared, row.found,
                row.changed,
            )  # fmt: skip
