"""A journey that does not run from an occasion to an outcome."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import JourneyFacts, ServiceFacts, Terms
from cx280.services.rules.vocabulary import Stage


@implements("280.4-a1")
def broken_journey(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error for each journey whose first step is no occasion or whose last is no outcome."""
    return [finding for journey in facts.journeys for finding in _of(journey)]


def _of(journey: JourneyFacts) -> list[Finding]:
    stages = [step.stage for step in journey.steps]
    starts = bool(stages) and stages[0] is Stage.START
    ends = len(stages) > 1 and stages[-1] is Stage.END
    if starts and ends:
        return []
    missing = " and ".join(
        words
        for words, is_there in (("start with an occasion", starts), ("end with an outcome", ends))
        if not is_there
    )
    return [
        Finding(
            "280.4-a1",
            Severity.ERROR,
            f"The journey “{journey.name}” does not {missing}.",
            where=f"journeys[{journey.name}]",
            fix="Make the first step the occasion of need and the last step the outcome.",
        )
    ]
