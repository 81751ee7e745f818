"""ServiceRecord: a service as files carry it, whole; and what is wrong with one that arrives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from cx280.kernel.problem import Unusable
from cx280.kernel.words import Word
from cx280.services.rules.names import is_code
from cx280.services.rules.vocabulary import (
    Channel,
    CustomerType,
    InteractionPath,
    OccasionKind,
    PerformerKind,
    ProcessKind,
    ReviewOutcome,
    Stage,
    TransactionType,
)

# What ends a line anywhere: a name with one would be two rows in a list, and other in each file.
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_WEBSITE = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_MOST = 10**15


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a record: unknown keys are refused by name."""


class ChannelRecord(_Part, frozen=True, kw_only=True):
    """A channel and the days it was in use."""

    channel: str
    since: date | None = None
    until: date | None = None


class RoleRecord(_Part, frozen=True, kw_only=True):
    """A task and who does it."""

    task: str
    performer: str


class CustomerRecord(_Part, frozen=True, kw_only=True):
    """A kind of customer and its path."""

    type: str
    path: str


class VolumeRecord(_Part, frozen=True, kw_only=True):
    """Customers of a fiscal year; a blank channel means all of them."""

    fiscal_year: int
    customers: int
    source: str
    channel: str = ""


class PartnerRecord(_Part, frozen=True, kw_only=True):
    """A partner: the code of a unit here, or a name."""

    unit: str = ""
    name: str = ""
    contact: str = ""


class StepRecord(_Part, frozen=True, kw_only=True):
    """One step; `moment` is why it is a moment that matters, blank when it is not."""

    name: str
    stage: str
    channel: str = ""
    unit: str = ""
    moment: str = ""
    front_stage: str = ""
    back_stage: str = ""
    policy: str = ""
    tools: tuple[str, ...] = ()
    transaction_type: str = ""


class ReviewRecord(_Part, frozen=True, kw_only=True):
    """A look at digital delivery: the day, the outcome, why, and who looked."""

    on: date
    outcome: str
    reason: str = ""
    reviewer: str = ""


class JourneyRecord(_Part, frozen=True, kw_only=True):
    """A journey with its steps in order."""

    name: str
    steps: tuple[StepRecord, ...] = ()


class ServiceRecord(_Part, frozen=True, kw_only=True):
    """A service with every part; `unit_path` is written for readers and ignored when read."""

    code: str
    name: str
    unit: str
    unit_path: str = ""
    hisp: str = ""
    description: str = ""
    service_type: str = ""
    service_type_reason: str = ""
    transaction_type: str = ""
    process_kind: str = ""
    occasion_kind: str = ""
    occasion: str = ""
    offering: str = ""
    outcome: str = ""
    why_not_digital: str = ""
    digital_potential: str = ""
    traditional_exemption: str = ""
    traditional_exemption_by: str = ""
    accessible_methods: str = ""
    website: str = ""
    eligible_population: int | None = None
    retired_on: date | None = None
    channels: tuple[ChannelRecord, ...] = ()
    roles: tuple[RoleRecord, ...] = ()
    tools: tuple[str, ...] = ()
    customers: tuple[CustomerRecord, ...] = ()
    volumes: tuple[VolumeRecord, ...] = ()
    partners: tuple[PartnerRecord, ...] = ()
    journeys: tuple[JourneyRecord, ...] = ()
    reviews: tuple[ReviewRecord, ...] = ()


class RowProblem(msgspec.Struct, frozen=True):
    """Why a row of a file cannot be stored; `row` counts records from 1."""

    row: int
    message: str


# Not for the public: who approved an exemption, why, partners' contacts, who reviewed.
def public_part(record: ServiceRecord) -> ServiceRecord:
    """The record without what only the agency may see."""
    return msgspec.structs.replace(
        record,
        traditional_exemption="",
        traditional_exemption_by="",
        partners=tuple(msgspec.structs.replace(each, contact="") for each in record.partners),
        reviews=tuple(msgspec.structs.replace(each, reviewer="") for each in record.reviews),
    )


def in_order(record: ServiceRecord) -> ServiceRecord:
    """The record with the parts that have no order of their own in one order, whoever wrote it."""
    place = {tool: index for index, tool in enumerate(record.tools)}
    return msgspec.structs.replace(
        record,
        channels=tuple(sorted(record.channels, key=lambda each: each.channel)),
        volumes=tuple(sorted(record.volumes, key=lambda each: (-each.fiscal_year, each.channel))),
        journeys=tuple(
            JourneyRecord(
                name=journey.name,
                steps=tuple(
                    msgspec.structs.replace(
                        step, tools=tuple(sorted(step.tools, key=lambda tool: place.get(tool, 0)))
                    )
                    for step in journey.steps
                ),
            )
            for journey in sorted(record.journeys, key=lambda each: each.name)
        ),
        reviews=tuple(sorted(record.reviews, key=lambda each: each.on, reverse=True)),
    )


def with_plain_line_ends(record: ServiceRecord) -> ServiceRecord:
    """The record with every line of its long texts ended by \\n, as forms store them."""
    return msgspec.convert(_plain(msgspec.to_builtins(record)), ServiceRecord)


def _plain(value: Any) -> Any:  # noqa: ANN401  JSON is anything
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def problems_of(record: ServiceRecord) -> list[str]:
    """Whole sentences on why the record cannot be stored; [] when it can.

    Whether its unit and provider exist is for the database to say.
    """
    return [*_bad_values(record), *_bad_words(record), *_repeats(record)]


def _bad_values(record: ServiceRecord) -> Iterator[str]:
    if not is_code(record.code):
        yield f"“{record.code}” cannot be the code of a service."
    if len(record.name) > 200 or len(record.service_type) > 30:
        yield "The name has over 200 characters, or the type over 30."
    if record.website and (not _WEBSITE.match(record.website) or len(record.website) > 200):
        yield f"“{record.website[:80]}” is not the address of a website."
    if not 0 <= (record.eligible_population or 0) <= _MOST:
        yield "The eligible population is no possible number."
    if any(not each.unit and not each.name.strip() for each in record.partners):
        yield "A partner needs the code of a unit or a name."
    if not all(_may_be_stored(text) for text in _texts(record)):
        yield "A text holds a character that cannot be stored."
    if any(len(text) > 200 for text in [*_short_texts(record), *_names(record)]):
        yield "A task, tool, source, partner, contact, journey or step has over 200 characters."
    if any(_LINE_END.search(text) for text in _one_line_texts(record)):
        yield "A name, task, tool, source, partner, contact, journey or step has a line break."
    if not all(text.strip() for text in _names(record)):
        yield "A task, tool, journey or step has no name."
    yield from _bad_volumes(record)
    yield from _bad_reviews(record)


def _bad_volumes(record: ServiceRecord) -> Iterator[str]:
    for volume in record.volumes:
        if not 0 <= volume.customers <= _MOST or not volume.source.strip():
            yield "A volume needs a number of at least 0 and its source."
        if not 1990 <= volume.fiscal_year <= 2200:
            yield f"{volume.fiscal_year} is not a fiscal year."


def _bad_reviews(record: ServiceRecord) -> Iterator[str]:
    for review in record.reviews:
        if review.outcome == ReviewOutcome.NOT_FEASIBLE and not review.reason.strip():
            yield f"The review of {review.on} says not feasible and does not say why."


def _may_be_stored(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= each <= "\udfff" for each in text)


def _texts(value: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, _Part):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name))


def _short_texts(record: ServiceRecord) -> Iterator[str]:
    yield record.traditional_exemption_by
    yield from (each.source for each in record.volumes)
    yield from (each.reviewer for each in record.reviews)
    for partner in record.partners:
        yield from (partner.name, partner.contact)


def _one_line_texts(record: ServiceRecord) -> Iterator[str]:
    yield from (record.code, record.name, record.unit, record.hisp, record.website)
    yield from _short_texts(record)
    yield from _names(record)


def _names(record: ServiceRecord) -> Iterator[str]:
    yield from record.tools
    yield from (each.task for each in record.roles)
    for journey in record.journeys:
        yield journey.name
        yield from (step.name for step in journey.steps)


def _bad_words(record: ServiceRecord) -> Iterator[str]:
    asked: list[tuple[type[Word], str]] = [
        (TransactionType, record.transaction_type),
        (ProcessKind, record.process_kind),
        (OccasionKind, record.occasion_kind),
    ]
    asked += [(Channel, each.channel) for each in record.volumes]
    steps = [step for each in record.journeys for step in each.steps]
    asked += [(Channel, step.channel) for step in steps]
    asked += [(TransactionType, step.transaction_type) for step in steps]
    needed: list[tuple[type[Word], str]] = [(Channel, each.channel) for each in record.channels]
    needed += [(PerformerKind, each.performer) for each in record.roles]
    needed += [(CustomerType, each.type) for each in record.customers]
    needed += [(InteractionPath, each.path) for each in record.customers]
    needed += [(Stage, step.stage) for step in steps]
    needed += [(ReviewOutcome, each.outcome) for each in record.reviews]
    for words, value in [*((words, value) for words, value in asked if value), *needed]:
        try:
            words.of(value)
        except Unusable as problem:
            yield problem.message


def _repeats(record: ServiceRecord) -> Iterator[str]:
    yield from _repeated("channel", (each.channel for each in record.channels))
    yield from _repeated("tool", record.tools)
    yield from _repeated("customer", (f"{each.type} {each.path}" for each in record.customers))
    yield from _repeated(
        "volume", (f"{each.fiscal_year} {each.channel}" for each in record.volumes)
    )
    yield from _repeated("journey", (each.name for each in record.journeys))
    yield from _repeated("review", (each.on.isoformat() for each in record.reviews))
    known = set(record.tools)
    for journey in record.journeys:
        for step in journey.steps:
            for tool in step.tools:
                if tool not in known:
                    yield f"Step “{step.name}” uses “{tool}”, which is not a tool of the service."


def _repeated(what: str, values: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for each in values:
        if each in seen:
            yield f"The {what} “{each}” is listed twice."
        seen.add(each)
