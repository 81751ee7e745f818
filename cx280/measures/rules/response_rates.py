"""Response rates by their names: which of AAPOR's six, by which formula, from which counts.

The American Association for Public Opinion Research, Standard Definitions, 10th edition (2023):
I complete, P partial, R refused or broken off, U nothing is known of. Everybody asked had just
used the service, by the agency's own record, so each case has the right to answer (e = 1).
"""

from __future__ import annotations

from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.stats.intervals import wilson

# Of the questions somebody was shown: AAPOR's customary line between the three.
COMPLETE_FROM = 0.8
PARTIAL_FROM = 0.5


class Completeness(Word):
    """How much of what somebody was shown they answered."""

    COMPLETE = "complete", "Complete: four fifths or more"
    PARTIAL = "partial", "Partial: half or more"
    BROKEN_OFF = "broken_off", "Broken off: less than half"


def completeness(answered: int, shown: int) -> Completeness:
    """How complete an answer is, by closed questions; one with comments alone is complete."""
    if answered >= COMPLETE_FROM * shown:
        return Completeness.COMPLETE
    return Completeness.PARTIAL if answered >= PARTIAL_FROM * shown else Completeness.BROKEN_OFF


@dataclass(frozen=True, slots=True)
class Cases:
    """Everybody a survey meant to ask, by what became of it."""

    complete: int
    partial: int
    refused: int
    unknown: int

    @property
    def total(self) -> int:
        """All cases."""
        return self.complete + self.partial + self.refused + self.unknown


@dataclass(frozen=True, slots=True)
class Rate:
    """One response rate: its name, formula, counts and 95 % interval; or why there is none."""

    name: str
    formula: str
    answered: int | None = None
    asked: int | None = None
    reason: str = ""

    @property
    def rate(self) -> float | None:
        """Answered of asked, 0 to 1."""
        return self.answered / self.asked if self.asked and self.answered is not None else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Between which rates it lies, as far as chance goes."""
        return wilson(self.answered or 0, self.asked) if self.asked else None


_FORMULAS = {
    "RR1": "I / (I + P + R + U)",
    "RR2": "(I + P) / (I + P + R + U)",
    "RR3": "I / (I + P + R + e × U), e = 1",
    "RR4": "(I + P) / (I + P + R + e × U), e = 1",
    "RR5": "I / (I + P + R)",
    "RR6": "(I + P) / (I + P + R)",
}


@implements("INC-33")
def response_rates(cases: Cases | None, reason: str = "") -> tuple[Rate, ...]:
    """RR1 to RR6. None: nobody knows who was asked, and all say the reason.

    RR5 and RR6 leave out those of whom nothing is known, which is right only without any.
    """
    if cases is None or not cases.total:
        why = reason or "Nobody was asked in this time."
        return tuple(Rate(name, formula, reason=why) for name, formula in _FORMULAS.items())
    return tuple(_rate(name, formula, cases) for name, formula in _FORMULAS.items())


def _rate(name: str, formula: str, cases: Cases) -> Rate:
    if name in {"RR5", "RR6"} and cases.unknown:
        why = f"It leaves out {cases.unknown:,} people of whom nothing came back."
        return Rate(name, formula, reason=why)
    answered = cases.complete + (0 if name in {"RR1", "RR3", "RR5"} else cases.partial)
    return Rate(name, formula, answered, cases.total)
