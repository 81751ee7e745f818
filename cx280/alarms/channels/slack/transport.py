"""Posts an alarm to the webhook of a channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cx280.alarms.channels.chat import send_card
from cx280.alarms.channels.shape import Receipt
from cx280.alarms.channels.slack.card import card_of
from cx280.alarms.rules.message import Message


def send(
    address: str,
    message: Message,
    *,
    delivery: str,
    now: datetime,
    secrets: Sequence[str] = (),
) -> Receipt:
    """The receipt once the message was taken; raises Failed."""
    return send_card(address, card_of(message), now)
