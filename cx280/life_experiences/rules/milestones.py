"""How milestones stand on a day, and which comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.life_experiences.rules.vocabulary import Progress


@dataclass(frozen=True, slots=True)
class Standing:
    """A milestone as it stands: its name, its day, how far it is, and whether it is late."""

    name: str
    due: date
    progress: Progress
    done_on: date | None
    late: bool

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.progress in {Progress.PLANNED, Progress.UNDERWAY}


def standing_of(name: str, due: date, progress: str, done_on: date | None, today: date) -> Standing:
    """Late: open after its day, or done after it."""
    word = Progress.of(progress)
    is_open = word in {Progress.PLANNED, Progress.UNDERWAY}
    late = today > due if is_open else done_on is not None and done_on > due
    return Standing(name, due, word, done_on, late)


@implements("280.13-c3")
def next_of(milestones: Iterable[Standing]) -> Standing | None:
    """The open one with the earliest day, late ones first; None where all are done or dropped."""
    return min((each for each in milestones if each.is_open), key=lambda each: each.due,
               default=None)  # fmt: skip
