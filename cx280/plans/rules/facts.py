"""A plan as its checks and its public version read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One commitment. measure: the words of the figure it is judged by, "" for none."""

    number: int
    change: str
    service: str
    is_designated: bool
    owner: str
    starts_on: date | None
    ends_on: date | None
    measure: str
    baseline: float | None
    target: float | None
    pain_point: str
    evidence: Sequence[str]
    human_centered: str
    idea: str
    status: str
    needs_higher: bool = True

    @property
    def where(self) -> str:
        """Its place in a finding."""
        return f"actions[{self.number}]"

    @property
    def named(self) -> str:
        """What a finding calls it."""
        return f"“{self.change}”" if self.change.strip() else f"Action {self.number}"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A whole plan: the provider, the year it is due in, its designated services, its actions."""

    provider: str
    fiscal_year: int
    designated: Sequence[str]
    actions: Sequence[ActionFacts]

    @property
    def budget_year(self) -> int:
        """The year the commitments are for: the one that follows (280.17-f1, INC-34)."""
        return self.fiscal_year + 1

    @property
    def first_day(self) -> date:
        """The first day of that year."""
        return date(self.budget_year - 1, 10, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.budget_year, 9, 30)
