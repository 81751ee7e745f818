"""What visits that are known by name did on a flow, as the lake tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import visit_questions
from cx280.telemetry.rules.passages import Marked, Passage, Places, Seen, passages
from cx280.telemetry.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Told:
    """Marks of a flow, pages and errors of some visits."""

    marks: list[Marked]
    seen: list[Seen]

    @property
    def steps(self) -> list[str]:
        """The keys of all steps that one of them took."""
        return sorted({each.step for each in self.marks if each.step})

    def passages(self, places: Places) -> Mapping[str, Passage]:
        """By visit, its way through the flow; only those that started."""
        return passages(self.marks, self.seen, places)


def told_by(service: int, flow: str, period: Period, visits: Sequence[str]) -> Told:
    """What the visits told of the flow in the period; nothing is asked about nobody."""
    if not visits:
        return Told([], [])
    asked = {"service": service, **period.parameters, "visits": list(visits)}
    return Told(
        msgspec.convert(ask(visit_questions.MARKS, **asked, flow=flow), list[Marked]),
        msgspec.convert(ask(visit_questions.SEEN, **asked), list[Seen]),
    )
