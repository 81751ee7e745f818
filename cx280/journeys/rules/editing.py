"""How a journey changes: a step added, moved, changed, removed. Each gives a new sketch."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.kernel.problem import Conflict
from cx280.services.rules.journey_order import moved
from cx280.services.rules.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Sketch:
    """A journey with the number of each step beside it; None for a step not stored yet."""

    record: MapRecord
    keys: tuple[int | None, ...]

    def place_of(self, key: int) -> int:
        """Where the step stands, from 0; raises Conflict when it is gone."""
        if key not in self.keys:
            raise Conflict("This step is gone: somebody removed it.", fix="Look at the list again.")
        return self.keys.index(key)

    def step(self, key: int) -> StepRecord:
        """The step of that number."""
        return self.record.steps[self.place_of(key)]

    def _with(self, steps: list[StepRecord], keys: list[int | None]) -> Sketch:
        record = msgspec.structs.replace(self.record, steps=tuple(steps))
        return replace(self, record=record, keys=tuple(keys))


def added(sketch: Sketch, step: StepRecord, after: int | None = None) -> Sketch:
    """With a new step after that one; else before the outcome, an occasion first."""
    steps, keys = list(sketch.record.steps), list(sketch.keys)
    at = sketch.place_of(after) + 1 if after is not None else _free_place(steps, step)
    return sketch._with([*steps[:at], step, *steps[at:]], [*keys[:at], None, *keys[at:]])


def _free_place(steps: list[StepRecord], step: StepRecord) -> int:
    if step.stage == Stage.START:
        return 0
    ends = bool(steps) and steps[-1].stage == Stage.END
    return len(steps) - 1 if ends and step.stage != Stage.END else len(steps)


def shifted(sketch: Sketch, key: int, places: int) -> Sketch:
    """With the step so many places later, earlier when negative; it stays within the journey."""
    at = sketch.place_of(key)
    return sketch._with(
        moved(sketch.record.steps, at, places), moved(list(sketch.keys), at, places)
    )


def removed(sketch: Sketch, key: int) -> Sketch:
    """Without the step."""
    at = sketch.place_of(key)
    steps, keys = list(sketch.record.steps), list(sketch.keys)
    return sketch._with(steps[:at] + steps[at + 1 :], keys[:at] + keys[at + 1 :])


def rewritten(sketch: Sketch, key: int, step: StepRecord) -> Sketch:
    """With the step as it is now."""
    at = sketch.place_of(key)
    steps = list(sketch.record.steps)
    steps[at] = step
    return sketch._with(steps, list(sketch.keys))
