"""What a program gets: the alarm as JSON, whose schema is published with the guide."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from cx280.alarms.rules.message import Message

Said = Annotated[str, msgspec.Meta(min_length=1)]


class Alarm(msgspec.Struct, frozen=True):
    """The alarm in words, the same as people get."""

    incident: int
    service: str
    what: Annotated[str, msgspec.Meta(max_length=60, description="The headline.")]
    where: str
    how_bad: Annotated[str, msgspec.Meta(description="What was seen, and expected, with n.")]
    how_rare: str
    since: Annotated[datetime, msgspec.Meta(tz=True, description="When it began.")]
    what_to_do: Annotated[list[Said], msgspec.Meta(min_length=1, max_length=3)]
    address: Annotated[str, msgspec.Meta(description="The page of the incident, for people.")]
    acknowledge: Annotated[
        str, msgspec.Meta(description="The page where a person says “I am on it”.")
    ]
    simulated: Annotated[bool, msgspec.Meta(description="From simulated data: nothing happened.")]


class Body(msgspec.Struct, frozen=True):
    """One call of a webhook. A new version may add fields; it never changes these."""

    version: Literal[1]
    type: Literal[
        "alarm.opened", "alarm.worse", "alarm.escalated", "alarm.reminded", "alarm.resolved"
    ]
    timestamp: Annotated[datetime, msgspec.Meta(tz=True, description="When this was sent.")]
    data: Alarm


def body_of(message: Message, now: datetime) -> bytes:
    """The JSON."""
    alarm = Alarm(
        incident=message.incident,
        service=message.service,
        what=message.what,
        where=message.where,
        how_bad=message.how_bad,
        how_rare=message.how_rare,
        since=message.since,
        what_to_do=list(message.what_to_do),
        address=message.address,
        acknowledge=message.acknowledge,
        simulated=message.simulated,
    )
    return msgspec.json.encode(
        {"version": 1, "type": f"alarm.{message.kind.value}", "timestamp": now, "data": alarm}
    )


def schema() -> bytes:
    """The JSON Schema of a body, as it is published."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Body)), indent=2) + b"\n"
