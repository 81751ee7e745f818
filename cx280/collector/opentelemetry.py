"""OpenTelemetry's door, `/t/v1/logs`: OTLP/HTTP in JSON comes in as events, answered as OTLP says.

Source: OpenTelemetry Protocol 1.x, OTLP/HTTP: success and partial success are both 200.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cx280.collector.answers import Header, Send, answer
from cx280.collector.bodies import NOT_JSON, Events, Unreadable, WrongType, not_too_many
from cx280.telemetry.rules import otlp
from cx280.telemetry.schemas import Event, Fault, fault_of

PATH = "/t/v1/logs"
SOURCE = "otlp"


def events_of(body: bytes, kind: bytes) -> Events:
    """The log records of a request as events, each with its pointer into what was sent.

    Raises Unreadable when it is no request of OTLP, WrongType for protobuf, TooLarge for more than
    1,000 records.
    """
    if refusal := otlp.refusal_of(kind.decode("latin-1")):
        raise WrongType(refusal)
    try:
        document = msgspec.json.decode(body)
    except NOT_JSON:
        raise Unreadable("The body is not JSON.") from None
    if not isinstance(document, dict):
        raise Unreadable("The body is not an ExportLogsServiceRequest.")
    not_too_many(otlp.records_in(document))
    taken = otlp.events_of(document)
    events: list[Event] = []
    pointers: list[str] = []
    faults = [Fault(each.pointer, each.words) for each in taken.faults]
    for given, pointer in zip(taken.events, taken.pointers, strict=True):
        try:
            events.append(msgspec.convert(given, Event))
            pointers.append(pointer)
        except msgspec.ValidationError as error:
            faults.append(in_record(fault_of(error, ""), pointer))
    return Events(events, faults, pointers, SOURCE)


def in_record(fault: Fault, pointer: str) -> Fault:
    """The fault of an event at its record: OTLP has no such field, so the words name it."""
    field = fault.pointer.removeprefix("/")
    return Fault(pointer, f"{field}: {fault.message}" if field else fault.message)


def speaks_for_itself(agent: bytes) -> bool:
    """Whether a page sends from somebody's browser; else a server tells what its visitors did."""
    return agent.startswith((b"Mozilla/", b"Opera/"))


async def tell(send: Send, refused: Sequence[Fault], headers: Sequence[Header]) -> None:
    """Sends 200: empty when all was taken, else how many records were not and why."""
    faults = [
        otlp.Fault(each.pointer, each.message.encode("utf-8", "replace").decode())
        for each in refused
    ]
    said = otlp.answer(len(faults), otlp.words_of(faults))
    await answer(send, 200, msgspec.json.encode(said), headers)
