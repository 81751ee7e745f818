"""The measurement plan: every survey by level, timing, population and clearance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.rules.burden_plan import Effort, Expected
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Level, Placement

_TIMINGS = {
    Placement.LINK: "Any time, for whoever follows the link",
    Placement.PROMPT: "Right after the interaction",
    Placement.MESSAGE: "Within 48 hours of the interaction",
    Placement.KIOSK: "On leaving the place of service",
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One effort to ask people something, run here or elsewhere.

    provider: the code of the High-Impact Service Provider it is for, "" for none. address: the
    survey's code here, "" when it runs elsewhere; number: its row then. service: whose customers
    it meets, "" for everybody of the agency. months: of the fiscal year in which it asks. held:
    whether contact rules decide about each person.
    """

    title: str
    about: str
    provider: str
    level: Level
    timing: str
    population: str
    control_number: str
    expires_on: date | None
    is_active: bool
    address: str = ""
    number: int = 0
    agency: str = ""
    service: str = ""
    months: frozenset[int] = frozenset()
    expected: Expected = field(default_factory=Expected)
    held: bool = False

    @property
    def runs_here(self) -> bool:
        """Whether it is a survey of this system."""
        return bool(self.address)


def timing_of(document: SurveyDocument) -> str:
    """When a survey asks, in words; "" when a relationship survey does not say."""
    if document.level is Level.RELATIONSHIP:
        return document.schedule
    if document.level is Level.JOURNEY:
        return "When the journey has ended"
    return _TIMINGS[document.placement]


def population_of(document: SurveyDocument, service: str) -> str:
    """Whom a survey asks, in words."""
    return document.population or f"People who used {document.service or service}"


def efforts_of(lines: Iterable[PlanLine]) -> list[Effort]:
    """The active collections as fatigue sees them."""
    return [
        Effort(each.title, each.service, each.months, each.expected.per_person, each.held)
        for each in lines
        if each.is_active
    ]


@implements("280.10-o2")
def active_count(lines: Iterable[PlanLine]) -> int:
    """How many collections run now, here and elsewhere."""
    return sum(each.is_active for each in lines)


@implements("280.10-p1")
def without_relationship(lines: Iterable[PlanLine]) -> list[Finding]:
    """A note, never in the way, when no collection running now asks about the relationship."""
    if any(each.is_active and each.level is Level.RELATIONSHIP for each in lines):
        return []
    return [
        Finding(
            "280.10-p1",
            Severity.INFO,
            "Nobody is asked how they see the agency as a whole.",
            fix="Consider a relationship survey, say once a year; the Circular encourages it and"
            " does not require it.",
        )
    ]


@implements("280.10-o1")
def without_plan(providers: Sequence[tuple[str, str]], lines: Iterable[PlanLine]) -> list[Finding]:
    """A WARN for each provider, given as (code, name), for which nothing is planned.

    A line plans something once it says when it asks and whom.
    """
    planned = {each.provider for each in lines if each.timing and each.population}
    return [
        Finding(
            "280.10-o1",
            Severity.WARN,
            f"{name} has no plan for when it asks whom.",
            fix="Start a survey for one of its services, or enter one that runs elsewhere.",
        )
        for code, name in providers
        if code not in planned
    ]
