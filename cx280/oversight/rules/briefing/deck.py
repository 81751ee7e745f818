"""The whole briefing: every slide in the order in which it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.oversight.rules.briefing.drivers import Driving, drivers_slide
from cx280.oversight.rules.briefing.duties import Assessed, Duty, assessment_slide, duties_slide
from cx280.oversight.rules.briefing.outcomes import Outcomes, outcomes_slide
from cx280.oversight.rules.briefing.progress import Plan, progress_slide
from cx280.oversight.rules.briefing.stops import Stops, stops_slide
from cx280.oversight.rules.briefing.talks import Asked, asked_slide, asks_slide
from cx280.oversight.rules.briefing.themes import Said, themes_slide
from cx280.oversight.rules.briefing.who import Who, who_slide
from cx280.oversight.rules.slides import Deck, Lines, Slide
from cx280.pages.written import longdate


@dataclass(frozen=True, slots=True)
class AboutService:
    """Everything told of one designated service."""

    outcomes: Outcomes
    driving: Driving
    stops: Sequence[Stops]
    said: Said


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a briefing is made from, as of a day."""

    fiscal_year: int
    made_on: date
    simulated: bool
    smallest: int
    who: Who
    services: Sequence[AboutService]
    duties: Sequence[Duty]
    assessed: Assessed
    plan: Plan | None
    asked: Sequence[Asked]
    asked_on: date | None
    asks: str


@implements("280.14-d2")
def deck_of(facts: Facts) -> Deck:
    """Assessment results, trends, obligations and asks, with everything between them."""
    slides = [who_slide(facts.who)]
    for at, each in enumerate(facts.services, start=1):
        slides.append(outcomes_slide(each.outcomes, f"outcomes-{at}"))
        slides.append(drivers_slide(each.driving, f"drivers-{at}"))
        slides += [stops_slide(stop, f"stops-{at}-{no}") for no, stop in enumerate(each.stops, 1)]
        slides.append(themes_slide(each.said, f"themes-{at}"))
    slides += [
        assessment_slide(facts.duties, facts.assessed),
        duties_slide(facts.duties, facts.fiscal_year),
        progress_slide(facts.plan),
        asked_slide(facts.asked, facts.asked_on),
        asks_slide(facts.asks),
        _how_we_know(facts),
    ]
    return Deck(
        facts.who.provider,
        facts.who.agency,
        facts.fiscal_year,
        facts.made_on.isoformat(),
        tuple(slides),
        facts.simulated,
    )


def _how_we_know(facts: Facts) -> Slide:
    return Slide(
        "how",
        "How we know",
        (
            Lines(
                (
                    "Agree: the two highest answers of the scale. The Circular does not define it; "
                    "this is ours.",
                    "In brackets: the 95 % interval. It is left out where people chose to answer.",
                    f"Groups of fewer than {facts.smallest} people are not shown, nor what would "
                    "give them away.",
                    "A question that was reworded starts a new line; the two are not joined.",
                    f"Figures as of {longdate(facts.made_on)}. Quarters that are not over are left "
                    "out.",
                )
            ),
        ),
        ("For whoever asks. It need not be shown.",),
        ("INC-44", "280.10-a2"),
    )
