"""Posts an alarm to a program, signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cx280.alarms.channels.shape import Failed, Receipt
from cx280.alarms.channels.webhook.body import body_of
from cx280.alarms.channels.webhook.check import check
from cx280.alarms.channels.webhook.signature import headers_of
from cx280.alarms.rules.message import Message
from cx280.delivery.channels.answers import receipt_of
from cx280.delivery.channels.guarded import post
from cx280.kernel.problem import Unusable


def send(
    address: str,
    message: Message,
    *,
    delivery: str,
    now: datetime,
    secrets: Sequence[str] = (),
) -> Receipt:
    """The receipt once the receiver has answered 2xx; raises Failed."""
    body = body_of(message, now)
    try:
        checked = check(address)
        signed = headers_of(secrets, delivery, now, body)
    except Unusable as unusable:
        raise Failed(f"{unusable.message} {unusable.fix}", permanent=True) from unusable
    return receipt_of(post(checked, body, {"Content-Type": "application/json", **signed}), now)
