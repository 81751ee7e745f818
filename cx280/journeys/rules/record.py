"""MapRecord: a journey whole, as files and versions carry it; and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from cx280.circular.implements import implements
from cx280.journeys.rules.vocabulary import FEELINGS, MOST_STEPS
from cx280.kernel.words import Word
from cx280.services.rules.vocabulary import Channel, Stage, TransactionType

FORMAT = "cx280 journey 1"
NAME, LONG, SHORT = 200, 4000, 300
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


class StepRecord(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """One step with its lanes. moment: why it matters most, "" where it does not. feeling: -2 to 2
    with its source. owner: the code of the unit that owns it; service: their own name for it."""

    name: str
    stage: str = "process"
    channel: str = ""
    transaction_type: str = ""
    moment: str = ""
    thinks: str = ""
    feeling: int | None = None
    source: str = ""
    front_stage: str = ""
    back_stage: str = ""
    systems: tuple[str, ...] = ()
    policy: str = ""
    owner: str = ""
    service: str = ""
    shared: bool = False
    flow: str = ""
    flow_step: str = ""
    surveys: tuple[str, ...] = ()
    pain_points: tuple[str, ...] = ()


class MapRecord(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """A journey: its name, what the customer wants, which customers, and its steps in order."""

    name: str
    goal: str = ""
    customers: str = ""
    steps: tuple[StepRecord, ...] = ()


def shared_part(step: StepRecord) -> StepRecord:
    """The step as partners read it: its lanes, without what leads to figures."""
    return msgspec.structs.replace(
        step, shared=False, flow="", flow_step="", surveys=(), pain_points=()
    )


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one field of a file: `Step 3, channel`, and a sentence."""

    field: str
    words: str


# What each field is called where people read it, in the order of the lanes.
FIELD_WORDS = {
    "name": "what the customer does",
    "stage": "part of the journey",
    "channel": "channel",
    "transaction_type": "kind of interaction",
    "moment": "why it matters",
    "thinks": "what the customer thinks or feels",
    "feeling": "how it feels",
    "source": "who says so",
    "front_stage": "what staff do in front",
    "back_stage": "what happens behind",
    "systems": "systems",
    "policy": "policy",
    "owner": "who owns the step",
    "service": "service of the owner",
    "shared": "shared with partners",
    "flow": "flow of a website",
    "flow_step": "step of the flow",
    "surveys": "surveys",
    "pain_points": "pain points",
}
_LONG = ("moment", "thinks", "front_stage", "back_stage", "policy")
_LINES = ("source", "owner", "service", "flow", "flow_step")
_LISTS = {"systems": 200, "surveys": 40, "pain_points": SHORT}


@implements("280.4-a1", "280.4-a2", "280.4-b1", "280.4-b2")
def faults_of(record: MapRecord) -> list[Fault]:
    """Each field that cannot be stored, with a sentence why; [] when all can."""
    found = [*_line("Name", record.name, NAME, needed=True), *_text("Goal", record.goal)]
    found += _line("Customers", record.customers, NAME)
    if len(record.steps) > MOST_STEPS:
        found.append(Fault("Steps", f"A journey has at most {MOST_STEPS} steps."))
    for number, step in enumerate(record.steps, start=1):
        found += _step(f"Step {number}", step)
    return found


def _step(place: str, step: StepRecord) -> Iterator[Fault]:
    yield from _line(f"{place}, name", step.name, NAME, needed=True)
    words: tuple[tuple[str, type[Word]], ...] = (
        ("channel", Channel), ("transaction_type", TransactionType), ("stage", Stage),
    )  # fmt: skip
    for field, known in words:
        value = getattr(step, field)
        if (value or field == "stage") and value not in {each.value for each in known}:
            yield _fault(place, field, f"“{value[:60]}” is none of: {_all(known)}.")
    for field in _LONG:
        yield from _text(f"{place}, {_word(field)}", getattr(step, field))
    for field in _LINES:
        yield from _line(f"{place}, {_word(field)}", getattr(step, field), SHORT)
    for field, most in _LISTS.items():
        yield from _list(place, field, getattr(step, field), most)
    yield from _feels(place, step)


def _feels(place: str, step: StepRecord) -> Iterator[Fault]:
    if step.feeling is not None and step.feeling not in FEELINGS:
        yield _fault(place, "feeling", "Write a whole number from -2 (very bad) to 2 (very good).")
    if step.feeling is not None and not step.source.strip():
        yield _fault(place, "source", "Say who says how it feels: interviews, a study, a survey.")
    if step.flow_step and not step.flow:
        yield _fault(place, "flow", "Name the flow that the step belongs to.")


def _list(place: str, field: str, given: Sequence[str], most: int) -> Iterator[Fault]:
    if len(given) > 40:
        yield _fault(place, field, "Name at most 40.")
    if len(set(given)) < len(given):
        yield _fault(place, field, "One of them is named twice.")
    for each in given:
        yield from _line(f"{place}, {_word(field)}", each, most, needed=True)


def _line(field: str, value: str, most: int, *, needed: bool = False) -> Iterator[Fault]:
    if needed and not value.strip():
        yield Fault(field, "Write something here.")
    if _LINE_END.search(value):
        yield Fault(field, "Write it on one line.")
    yield from _text(field, value, most)


def _text(field: str, value: str, most: int = LONG) -> Iterator[Fault]:
    if len(value) > most:
        yield Fault(field, f"Write at most {most:,} characters.")
    if "\x00" in value or any("\ud800" <= each <= "\udfff" for each in value):
        yield Fault(field, "A character in it cannot be stored.")


def _fault(place: str, field: str, words: str) -> Fault:
    return Fault(f"{place}, {_word(field)}", words)


def _word(field: str) -> str:
    return FIELD_WORDS[field]


def _all(words: type[Word]) -> str:
    return ", ".join(each.value for each in words)
