"""What changed between two states of a journey, in sentences people read."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cx280.journeys.rules.editing import Sketch
from cx280.journeys.rules.record import FIELD_WORDS, StepRecord
from cx280.journeys.rules.vocabulary import feeling_words
from cx280.kernel.words import Word
from cx280.services.rules.vocabulary import Channel, Stage, TransactionType

# Links are kept where they belong, by survey; they are no change of the drawing.
LINKS = ("surveys",)
# How a sentence begins that tells of the journey itself and no step of it.
ABOUT = "Changed the journey’s"
_WORDS: dict[str, type[Word]] = {
    "stage": Stage, "channel": Channel, "transaction_type": TransactionType,
}  # fmt: skip
_ABOUT = {"name": "name", "goal": "goal", "customers": "customers"}


def changed(before: Sketch, after: Sketch) -> list[str]:
    """A sentence for each step added, removed, moved, renamed or changed; [] for none."""
    found = [
        f"{ABOUT} {words}." for field, words in _ABOUT.items()
        if getattr(before.record, field) != getattr(after.record, field)
    ]  # fmt: skip
    kept = [key for key in after.keys if key is not None and key in before.keys]
    found += [f"Removed “{step.name}”." for key, step in _steps(before) if key not in kept]
    found += [_added(after, at) for at, key in enumerate(after.keys) if key not in kept]
    found += [
        f"Moved “{after.step(key).name}” to place {after.place_of(key) + 1}."
        for key in _moved([key for key in before.keys if key in kept], kept)
    ]
    for key in kept:
        found += _step(before.step(key), after.step(key))
    return found


def _steps(sketch: Sketch) -> list[tuple[int | None, StepRecord]]:
    return list(zip(sketch.keys, sketch.record.steps, strict=True))


def _added(after: Sketch, at: int) -> str:
    name = after.record.steps[at].name
    return f"Added “{name}”" + (f" after “{after.record.steps[at - 1].name}”." if at else ".")


def _step(before: StepRecord, after: StepRecord) -> list[str]:
    found = []
    if before.name != after.name:
        found.append(f"Renamed “{before.name}” to “{after.name}”.")
    fields = [FIELD_WORDS[each] for each in differing(before, after) if each != "name"]
    if fields:
        found.append(f"Changed “{after.name}”: {', '.join(fields)}.")
    return found


def differing(before: StepRecord, after: StepRecord) -> list[str]:
    """The fields in which two states of a step differ, links left out."""
    return [
        field for field in StepRecord.__struct_fields__
        if field not in LINKS and getattr(before, field) != getattr(after, field)
    ]  # fmt: skip


def said(field: str, step: StepRecord) -> str:
    """A field as people read it."""
    value = getattr(step, field)
    if field == "feeling":
        return feeling_words(value) or "nothing"
    if field in _WORDS and value:
        return str(_WORDS[field].of(value).label)
    if isinstance(value, tuple):
        return ", ".join(value) or "nothing"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value or "nothing")


def unlinked(sketch: Sketch) -> Sketch:
    """Without the links that are kept elsewhere, for comparing."""
    steps = tuple(msgspec.structs.replace(each, surveys=()) for each in sketch.record.steps)
    return Sketch(msgspec.structs.replace(sketch.record, steps=steps), sketch.keys)


def _moved(before: Sequence[int | None], after: Sequence[int]) -> list[int]:
    """The fewest steps that must move to get from one order to the other."""
    place = {key: at for at, key in enumerate(before)}
    best: list[list[int]] = []  # the longest run in order that ends at each step
    for at, key in enumerate(after):
        runs = [best[i] for i in range(at) if place[after[i]] < place[key]]
        best.append([*_longest(runs), key])
    stay = set(_longest(best))
    return [key for key in after if key not in stay]


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run), default=[])
