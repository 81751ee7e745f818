"""Everything the drivers page shows: one outcome over a quarter or a year, within the filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cx280.dashboards.queries.filters import Filters
from cx280.kernel.problem import NotFound
from cx280.measures.access import Sight
from cx280.measures.queries.drivers import Answer, drivers_found, taps_found
from cx280.measures.queries.patterns import A_YEAR, Period, Question, question_of
from cx280.measures.rules.drivers import Finding
from cx280.measures.rules.patterns import OUTCOMES
from cx280.measures.rules.tapped_drivers import TapFinding

PERIODS = {"year": A_YEAR, "quarter": 1}


@dataclass(frozen=True, slots=True)
class DriversPage:
    """What goes with an outcome. override: answers that differ are pooled because the user said so.

    is_hidden: too few answered within the filters to show anything.
    """

    sight: Sight
    filters: Filters
    outcome: str
    period: str
    override: bool
    asked: Question
    answer: Answer
    taps: tuple[TapFinding, ...]

    @property
    def finding(self) -> Finding | None:
        """What was found; None where drivers were not asked on a scale."""
        return self.answer.finding

    @property
    def is_hidden(self) -> bool:
        """Whether every quarter of the period is too small to show."""
        return not self.asked.shown


def drivers_page(
    sight: Sight, filters: Filters, asked: Mapping[str, str], smallest: int, now: datetime
) -> DriversPage:
    """The page for an address: outcome (trust), period (year), pool=anyway for an override."""
    outcome = asked.get("outcome") or OUTCOMES[0]
    period = asked.get("period") or "year"
    if outcome not in OUTCOMES or period not in PERIODS:
        raise NotFound("Drivers are shown for trust or satisfaction, of a quarter or a year.")
    question = question_of(
        sight.service,
        outcome,
        Period(filters.quarter, PERIODS[period]),
        filters.places,
        smallest=smallest,
        cut=filters.cut,
        units=filters.unit_ids,
        override=asked.get("pool") == "anyway",
    )
    return DriversPage(
        sight,
        filters,
        outcome,
        period,
        question.override,
        question,
        drivers_found(question, now),
        tuple(taps_found(question)),
    )
