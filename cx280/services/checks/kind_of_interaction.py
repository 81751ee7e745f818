"""Touchpoints that do not say which of the six kinds of interaction they are."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import JourneyFacts, ServiceFacts, Terms


@implements("280.4-c1")
def kind_of_interaction(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning for each journey with touchpoints whose kind of interaction nobody chose."""
    return [finding for journey in facts.journeys for finding in _of(journey)]


def _of(journey: JourneyFacts) -> list[Finding]:
    silent = [
        each.name for each in journey.steps if each.is_touchpoint and not each.transaction_type
    ]
    if not silent:
        return []
    return [
        Finding(
            "280.4-c1",
            Severity.WARN,
            f"Nobody said what the customer does at {_listed(silent)}.",
            where=f"journeys[{journey.name}]",
            fix="Choose one of the six kinds of interaction for each step.",
        )
    ]


def _listed(names: list[str]) -> str:
    quoted = [f"“{each}”" for each in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
