"""Reads what became of a survey's interactions: handed over, drawn, suppressed and why, asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from cx280.circular.implements import implements
from cx280.delivery.models import Interaction
from cx280.delivery.rules.vocabulary import Reason, State
from cx280.stats.intervals import wilson
from cx280.surveys.models import Survey

# Asked means reached: no message that came back or was called unwanted (280.10-k4).
ASKED = (State.ASKED, State.SENT)


@dataclass(frozen=True, slots=True)
class Group:
    """One stratum: handed over, drawn, asked, and the sum of the weights of those drawn.

    planned: the lowest and highest probability used in the time, which plans may have changed.
    """

    name: str
    handed: int
    drawn: int
    asked: int
    planned: tuple[float, float]

    @property
    def achieved(self) -> float:
        """The share that was drawn."""
        return self.drawn / self.handed

    @property
    def bounds(self) -> tuple[float, float]:
        """Between which rates the plan may lie, judged by what was drawn (95 %)."""
        return wilson(self.drawn, self.handed)

    @property
    def weight(self) -> float | None:
        """How many interactions each person asked stands for; None when nobody was asked."""
        return self.handed / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Reach:
    """What became of the interactions of a time."""

    handed: int = 0
    drawn: int = 0
    asked: int = 0
    states: dict[State, int] = field(default_factory=dict)
    reasons: dict[Reason, int] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)

    @property
    def suppressed(self) -> int:
        """How many were drawn and not asked, for any reason."""
        return sum(self.reasons.values())


@implements("280.10-o3", "280.10-m2")
def reach_of(survey: Survey, since: datetime, until: datetime | None = None) -> Reach:
    """The counts of what was handed over from `since` on, and before `until`."""
    found = Interaction.objects.filter(survey=survey, received_at__gte=since)
    if until:
        found = found.filter(received_at__lt=until)
    rows = list(
        found.values_list("stratum", "probability", "is_drawn", "state", "reason")
        .annotate(count=Count("pk"))
        .order_by()
    )
    states, reasons = _sums(rows, 3), _sums(rows, 4)
    return Reach(
        handed=sum(each[-1] for each in rows),
        drawn=sum(each[-1] for each in rows if each[2]),
        asked=sum(states.get(each, 0) for each in ASKED),
        states={each: states[each] for each in State if states.get(each)},
        reasons={each: reasons[each] for each in Reason if reasons.get(each)},
        groups=_groups(rows),
    )


def _sums(rows: Iterable[tuple[object, ...]], at: int) -> dict[object, int]:
    sums: dict[object, int] = {}
    for row in rows:
        sums[row[at]] = sums.get(row[at], 0) + int(str(row[-1]))
    return sums


def _groups(rows: list[tuple[str, float, bool, str, str, int]]) -> list[Group]:
    names = sorted({each[0] for each in rows})
    return [_group(name, [each for each in rows if each[0] == name]) for name in names]


def _group(name: str, rows: list[tuple[str, float, bool, str, str, int]]) -> Group:
    rates = [each[1] for each in rows]
    return Group(
        name=name,
        handed=sum(each[-1] for each in rows),
        drawn=sum(each[-1] for each in rows if each[2]),
        asked=sum(each[-1] for each in rows if each[3] in ASKED),
        planned=(min(rates), max(rates)),
    )
