"""One visit's way through a flow, from what it told: the places reached in order, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec

from cx280.telemetry.rules.vocabulary import EventKind


class Marked(msgspec.Struct, frozen=True):
    """A visit started, reached a step or the end; `moment` in seconds since 1970."""

    visit: str
    kind: str
    step: str
    moment: float


class Seen(msgspec.Struct, frozen=True):
    """Pages opened and errors seen in a visit."""

    visit: str
    pages: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Seconds on the way to each place, from the place before: 0.0 at the start, None where the
    visit never came. pages, errors: of the whole visit."""

    seconds: tuple[float | None, ...]
    pages: int = 0
    errors: int = 0

    def reached(self, place: int) -> bool:
        """Whether the visit got to the place in order."""
        return self.seconds[place] is not None


@dataclass(frozen=True, slots=True)
class Places:
    """What a flow is made of: the keys of its steps in order, and whether it tells of its end.

    within: seconds a visit may take from one place to the next. settled: visits that started at
    this moment or later have not had their time.
    """

    steps: Sequence[str]
    ends: bool
    within: float
    settled: float

    @property
    def count(self) -> int:
        """How many places there are, start and end included."""
        return 1 + len(self.steps) + self.ends


def passages(
    marks: Iterable[Marked], seen: Iterable[Seen], places: Places
) -> Mapping[str, Passage]:
    """By visit, its way through the flow, as `questions.funnel` counts it; only those that started.

    A visit counts by the first time it starts, then by the first time it reaches each place at or
    after the place before, within the time allowed.
    """
    by_visit = {each.visit: each for each in seen}
    ordered = sorted(marks, key=lambda each: (each.visit, each.moment))
    found = {}
    for visit, told in groupby(ordered, key=lambda each: each.visit):
        seconds = _seconds(list(told), places)
        if seconds is not None:
            more = by_visit.get(visit, Seen(visit))
            found[visit] = Passage(seconds, more.pages, more.errors)
    return found


def _seconds(told: list[Marked], places: Places) -> tuple[float | None, ...] | None:
    start = next((m.moment for m in told if m.kind == EventKind.TRANSACTION_START), None)
    if start is None or start >= places.settled:
        return None
    found: list[float | None] = [0.0]
    here: float | None = start
    wanted = [(EventKind.OTHER.value, step) for step in places.steps]
    wanted += [(EventKind.TRANSACTION_COMPLETE.value, "")] if places.ends else []
    for kind, step in wanted:
        reached = None if here is None else _first(told, kind, step, here)
        if here is None or reached is None or reached - here > places.within:
            here = None
            found.append(None)
        else:
            found.append(reached - here)
            here = reached
    return tuple(found)


def _first(told: list[Marked], kind: str, step: str, after: float) -> float | None:
    return next(
        (
            each.moment
            for each in told
            if each.kind == kind and (not step or each.step == step) and each.moment >= after
        ),
        None,
    )
