"""How much of the five-part profile of a service is written (280.4-g2 to g7)."""

from collections.abc import Iterable
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.services.rules.facts import ServiceFacts, is_blank

ELEMENTS = ("occasion", "offering", "channels", "roles", "tools")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the parts asked for are there."""

    there: int
    of: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 when nothing was asked for."""
        return self.there / self.of if self.of else 1.0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.there == self.of


@implements("280.4-g2", "280.4-g4", "280.4-g7")
def elements_there(facts: ServiceFacts) -> tuple[str, ...]:
    """The parts of the profile that are written, in the Circular's order."""
    there = {
        "occasion": not is_blank(facts.occasion),
        "offering": not is_blank(facts.offering),
        "channels": bool(facts.channels),
        "roles": bool(facts.performers),
        "tools": bool(facts.tools),
    }
    return tuple(each for each in ELEMENTS if there[each])


def completeness(services: Iterable[ServiceFacts]) -> Completeness:
    """The five parts counted over some services together."""
    counted = [len(elements_there(each)) for each in services]
    return Completeness(sum(counted), len(ELEMENTS) * len(counted))
