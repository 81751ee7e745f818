"""A plan of indicators as its checks read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.indicators.rules.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """One indicator. service: "" for the whole agency. is_feedback: drawn from a survey."""

    name: str
    kind: Kind
    service: str
    is_feedback: bool
    is_service_level: bool
    in_plan: bool
    target: float | None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The indicators of an agency for one fiscal year, and its designated services."""

    agency: str
    fiscal_year: int
    indicators: Sequence[IndicatorFacts]
    designated: Sequence[str]

    @property
    def planned(self) -> list[IndicatorFacts]:
        """Those that stand in the plan."""
        return [each for each in self.indicators if each.in_plan]
