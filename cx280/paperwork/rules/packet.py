"""The packet: what a person said and what cx280 knows, as one thing that is signed and kept."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import msgspec
from msgspec import Struct

from cx280.kernel.problem import Unusable
from cx280.paperwork.rules.answers import Answers


class Asked(Struct, frozen=True):
    """One question as people see it. kind: how it is answered, as pages draw it."""

    number: int
    kind: str
    text: str
    lang: str
    hint: str = ""
    condition: str = ""
    choices: list[str] = []
    ends: list[str] = []


class Instrument(Struct, frozen=True):
    """The survey in one language, with the words around its questions."""

    lang: str
    language: str
    heading: str
    notices: list[str]
    questions: list[Asked]
    introduction: str = ""
    thanks: str = ""


class Packet(Struct, frozen=True):
    """Everything the documents of a request are made of.

    about: the survey's or study's title. digest: of the instrument, as surveys know it.
    """

    answers: Answers
    agency: str
    unit: str
    service: str
    about: str
    control_number: str
    clearance: str
    expires_on: date
    instruments: list[Instrument] = []
    digest: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    simulated: bool = False


def read_packet(plain: dict[str, Any]) -> Packet:
    """The packet as it was kept; Unusable when it cannot be read."""
    try:
        return msgspec.convert(plain, Packet)
    except msgspec.ValidationError as problem:
        raise Unusable(f"The kept request cannot be read: {problem}.") from problem


def plain_of(packet: Packet) -> dict[str, Any]:
    """The packet as JSON holds it."""
    return cast("dict[str, Any]", msgspec.to_builtins(packet))
