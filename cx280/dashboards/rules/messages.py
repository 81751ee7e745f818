"""What became of messages by email and by text, each counted once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.delivery.rules.vocabulary import MessageChannel, State


@dataclass(frozen=True, slots=True)
class MessagesBy:
    """The messages of one channel: those drawn for it, and what became of them.

    reached: sent, and neither came back nor was called unwanted (280.10-k4).
    """

    channel: MessageChannel
    drawn: int
    reached: int
    returned: int
    left_alone: int
    waiting: int
    in_doubt: int


@implements("280.10-k4")
def messages_by(counted: Mapping[str, Mapping[str, int]]) -> tuple[MessagesBy, ...]:
    """Each channel that was used. counted: {"sms": {"sent": 9}}; "" is for no message at all."""
    return tuple(_by(each, counted[each.value]) for each in MessageChannel if each in counted)


def _by(channel: MessageChannel, states: Mapping[str, int]) -> MessagesBy:
    def count(*wanted: State) -> int:
        return sum(states.get(each.value, 0) for each in wanted)

    return MessagesBy(
        channel,
        drawn=sum(states.values()),
        reached=count(State.SENT),
        returned=count(State.BOUNCED, State.COMPLAINED),
        left_alone=count(State.SUPPRESSED, State.EXPIRED),
        waiting=count(State.WAITING),
        in_doubt=count(State.IN_DOUBT),
    )
