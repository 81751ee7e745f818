"""Posts a card to a room of a chat program; Slack and Teams differ in the card alone."""

from __future__ import annotations

from datetime import datetime

import msgspec

from cx280.alarms.channels.shape import Failed, Receipt
from cx280.delivery.channels.answers import receipt_of
from cx280.delivery.channels.guarded import post
from cx280.delivery.channels.web_address import check
from cx280.kernel.problem import Unusable


def send_card(address: str, card: dict[str, object], now: datetime) -> Receipt:
    """The receipt once the room's webhook has answered 2xx; raises Failed."""
    try:
        checked = check(address)
    except Unusable as unusable:
        raise Failed(f"{unusable.message} {unusable.fix}", permanent=True) from unusable
    kind = {"Content-Type": "application/json"}
    return receipt_of(post(checked, msgspec.json.encode(card), kind), now)
