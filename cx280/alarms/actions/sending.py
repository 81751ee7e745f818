"""Sends what is due: claimed, put into words, handed to its channel, and noted."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.utils import timezone

from cx280.alarms.actions.delivering import begin, claim, mark_failed, mark_sent
from cx280.alarms.channels import CHANNELS
from cx280.alarms.channels.at_once import sent_at_once
from cx280.alarms.channels.shape import ChannelKind, Failed, Receipt
from cx280.alarms.models import Delivery
from cx280.alarms.queries.messages import message_for
from cx280.alarms.rules.message import Message
from cx280.delivery.sealing import CannotOpen

log = logging.getLogger(__name__)

# As many as are sent at the same time, so that none waits in line while its lease runs out.
_AT_ONCE = 16
# Seconds after which a run begins nothing new: what was found meanwhile waits for the next.
_LONG = 20.0


def deliver(now: datetime) -> int:
    """How many messages were taken by their receivers."""
    taken, until = 0, time.monotonic() + _LONG
    while time.monotonic() < until:
        mine = claim(now, limit=_AT_ONCE)
        if not mine:
            break
        for delivery, outcome in sent_at_once(_jobs(mine, now)):
            taken += _note(delivery, outcome, max(now, timezone.now()))
    return taken


def _jobs(mine: list[Delivery], now: datetime) -> Iterator[tuple[Delivery, Callable[[], Receipt]]]:
    """What is still this worker's, with how it is sent; threads do not use the record."""
    for each in mine:
        if not begin(each, max(now, timezone.now())):
            continue
        message = message_for(each)
        if message is None:
            mark_failed(each, now, "Nothing of it is theirs to see any more.", permanent=True)
            continue
        try:
            yield each, _sending(each, message, max(now, timezone.now()))
        except CannotOpen as problem:  # a key may be brought back, and only this address waits
            mark_failed(each, now, f"{problem.message} {problem.fix}", permanent=False)


def _sending(delivery: Delivery, message: Message, now: datetime) -> Callable[[], Receipt]:
    """How it is sent. now: late, since receivers refuse a signature that is old."""
    contact = delivery.contact
    return partial(
        CHANNELS[ChannelKind.of(contact.channel)].send, contact.told_at, message,
        delivery=str(delivery.pk), now=now, secrets=contact.secrets,
    )  # fmt: skip


def _note(delivery: Delivery, outcome: Receipt | Failed, now: datetime) -> bool:
    if isinstance(outcome, Receipt):
        noted = mark_sent(delivery, now, outcome.said)
    else:
        noted = mark_failed(
            delivery, now, outcome.sentence,
            permanent=outcome.permanent, most=outcome.tries, wait=outcome.wait,
        )  # fmt: skip
        log.warning("alarm delivery %s failed: %s", delivery.pk, outcome.sentence)
    if not noted:
        log.warning("alarm delivery %s had been given back while it was sent", delivery.pk)
    return noted and isinstance(outcome, Receipt)
