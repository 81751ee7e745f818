"""The life of a flow: telemetry from launch on, marks on charts, what a replacement inherits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.telemetry.rules.vocabulary import FlowState

GRACE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """That the flow became optimised or deprecated on a day."""

    on: date
    state: FlowState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """A flow from its launch on; `replaced_on` and `successor` when another took its place."""

    name: str
    launched_on: date
    state: FlowState = FlowState.LIVE
    changes: tuple[Change, ...] = ()
    successor: str = ""
    successor_on: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line on a chart: the day and the words beside it."""

    on: date
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Inherited:
    """A series with what came before it: values by day, and the days on which the flow changed."""

    points: tuple[tuple[date, float], ...]
    breaks: tuple[date, ...]


@implements("280.7-i1")
def launch_findings(life: Life, first_event: date | None, today: date) -> list[Finding]:
    """A WARN when telemetry was not there at launch (280.7-i1); [] before the launch day is over.

    first_event: the day of the first event of the flow, None when none has arrived. Telemetry is
    in time up to the day after launch; while nothing has arrived, the warning starts that day.
    """
    due = life.launched_on + GRACE
    if today < due or is_muted(life.state) or (first_event is not None and first_event <= due):
        return []
    if first_event is None:
        message = f"“{life.name}” was launched and no event of it has arrived."
        fix = "Mark its start, steps and end on the page, or correct the launch day."
    else:
        late = (first_event - life.launched_on).days
        message = f"The first event of “{life.name}” came {late} days after its launch."
        fix = "Nothing is known of those days. Correct the launch day if it is wrong."
    return [Finding(rule="280.7-i1", severity=Severity.WARN, message=message, where=None, fix=fix)]


def is_muted(state: FlowState) -> bool:
    """Whether a drop in the flow's use is expected and raises no alert: when it is deprecated."""
    return state is FlowState.DEPRECATED


def marks(life: Life) -> list[Mark]:
    """The lines a chart of the flow carries, in order: launch, changes, replacement (280.7-i2)."""
    found = [Mark(life.launched_on, "launched", "launched")]
    found += [
        Mark(each.on, each.state.value, each.note or each.state.label.lower())
        for each in life.changes
    ]
    if life.successor and life.successor_on:
        found.append(Mark(life.successor_on, "replaced", f"replaced by {life.successor}"))
    return sorted(found, key=lambda mark: mark.on)


def inherited(chain: Sequence[tuple[date, Mapping[date, float]]]) -> Inherited:
    """One series of flows that replaced each other, with a break where each took over (280.7-i2).

    chain: the launch day of each flow and its values by day, oldest flow first. Up to the launch
    of the next flow only the one before counts, from then on only the next: they never add up.
    """
    starts = [start for start, _ in chain[1:]]
    points = [
        (day, value)
        for (_, values), start, end in zip(
            chain, [date.min, *starts], [*starts, date.max], strict=True
        )
        for day, value in values.items()
        if start <= day < end
    ]
    return Inherited(points=tuple(sorted(points)), breaks=tuple(starts))
