"""Hands an alarm to the provider of text messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cx280.alarms.channels.shape import Failed, Receipt
from cx280.alarms.channels.sms.check import check
from cx280.alarms.channels.sms.text import text_of
from cx280.alarms.rules.message import Message
from cx280.delivery.channels.sms.provider import carried
from cx280.kernel.problem import Unusable


def send(
    address: str,
    message: Message,
    *,
    delivery: str,
    now: datetime,
    secrets: Sequence[str] = (),
) -> Receipt:
    """The receipt once the provider has taken the text; raises Failed."""
    try:
        number, text = check(address), text_of(message)
    except Unusable as unusable:
        # Settings may be put right; a number that is none stays one.
        permanent = unusable.field == "address"
        raise Failed(f"{unusable.message} {unusable.fix}", permanent=permanent) from unusable
    return carried(number, text, delivery=delivery, now=now)
