"""How the person of a row is reached: by mail, or by a text that they agreed to get."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cx280.delivery.rules.phones import number_of
from cx280.delivery.rules.vocabulary import MessageChannel

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
# What the column `channel` may say; blank: mail where there is an address, a text otherwise.
_CHANNELS = {
    "email": MessageChannel.EMAIL, "mail": MessageChannel.EMAIL, "e-mail": MessageChannel.EMAIL,
    "sms": MessageChannel.SMS, "text": MessageChannel.SMS,
}  # fmt: skip
_YES = {"yes", "y", "true", "1"}
NO_CONSENT = (
    "It does not say that the person agreed to be texted, and without that nobody may be"
    " (47 CFR 64.1200). Put yes into consent, or leave the phone out."
)


class Whom(NamedTuple):
    """How somebody is reached, and what else they are known by; both "" where there is no way."""

    channel: MessageChannel
    known_as: str
    also: str
    no_way: str


def whom_of(said: Mapping[str, str], region: str) -> Whom | str:
    """Who a row is about; words that say why it is refused, where it has to be.

    said: the cells `address`, `phone`, `channel`, `consent` and `recipient_time_zone`.
    """
    address = said["address"] if is_address(said["address"]) else ""
    number = number_of(said["phone"], region) if said["phone"] else ""
    channel = _channel(said)
    if channel is None:
        return f"“{said['channel'][:20]}” is no channel: write email or sms."
    if channel is MessageChannel.EMAIL:
        return Whom(channel, address, number, "No mail can go to this address.")
    if said["consent"].casefold() not in _YES:
        return NO_CONSENT
    zone = said["recipient_time_zone"]
    if zone and not is_zone(zone):
        return f"“{zone[:40]}” is not a time zone like America/Chicago."
    return Whom(channel, number, address, "No text can go to this number.")


def is_address(written: str) -> bool:
    """Whether mail can go there, as far as its form tells."""
    return len(written) <= 254 and bool(_ADDRESS.fullmatch(written)) and ".." not in written


def is_zone(written: str) -> bool:
    """Whether a time zone is called so."""
    try:
        ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _channel(said: Mapping[str, str]) -> MessageChannel | None:
    if said["channel"]:
        return _CHANNELS.get(said["channel"].casefold())
    return MessageChannel.SMS if said["phone"] and not said["address"] else MessageChannel.EMAIL
