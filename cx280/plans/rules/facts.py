"""A plan as its checks and its public version read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cx280.plans.rules.templates import PlanTemplate


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One commitment. measure: the words of the figure it is judged by, "" for none.

    told: what was said under the codes of the template's own questions.
    """

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
    told: Mapping[str, str] = field(default_factory=dict)

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
    """A whole plan: the provider, the year it is due in, its designated services, its actions.

    template: what it answers; None for a plan begun before there were templates.
    """

    provider: str
    fiscal_year: int
    designated: Sequence[str]
    actions: Sequence[ActionFacts]
    told: Mapping[str, str] = field(default_factory=dict)
    template: PlanTemplate | None = None

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
