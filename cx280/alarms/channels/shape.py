"""The one shape of every channel: an address is checked, a message is sent, a receipt returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from cx280.alarms.rules.message import Message
from cx280.delivery.channels.receipts import Failed, Receipt
from cx280.kernel.words import Word

__all__ = ["Channel", "ChannelKind", "Check", "Failed", "Receipt", "Send", "shown"]


class ChannelKind(Word):
    """How people are reached; the value is the name of the folder."""

    EMAIL = "email", "E-mail"
    WEBHOOK = "webhook", "Webhook"
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"
    SMS = "sms", "Text message"


def shown(kind: ChannelKind, address: str) -> str:
    """As much of an address as a page tells: of a web address the host, since the rest is a key."""
    if kind in {ChannelKind.EMAIL, ChannelKind.SMS}:
        return address
    return urlsplit(address).hostname or ""


class Check(Protocol):
    """Checks an address."""

    def __call__(self, address: str) -> str:
        """The address as it is kept; raises Unusable that names the field and the way out."""
        ...


class Send(Protocol):
    """Sends a message."""

    def __call__(
        self,
        address: str,
        message: Message,
        *,
        delivery: str,
        now: datetime,
        secrets: Sequence[str] = (),
    ) -> Receipt:
        """The receipt; raises Failed. It comes back within a bounded time, whatever happens.

        delivery: the same for every try, so that the receiver can tell a repetition. secrets: what
        the address signs with, newest first; channels that do not sign leave it alone.
        """
        ...


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach people."""

    kind: ChannelKind
    check: Check
    send: Send
    signs: bool = False  # whether its addresses need a secret
