"""What providers tell of messages: our own documented JSON, or Twilio's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from cx280.circular.implements import implements
from cx280.delivery.rules.reports import key_of
from cx280.kernel.words import Word

LARGEST = 64 * 1024
_TWILIO_STATUS = {"delivered": "delivered", "undelivered": "failed", "failed": "failed"}
_SAID_STOP = "21610"


class NoticeKind(Word):
    """What happened."""

    DELIVERED = "delivered", "It arrived"
    FAILED = "failed", "It could not be delivered"
    COMPLAINED = "complained", "It was called unwanted"
    STOPPED = "stopped", "The person had said STOP to the provider"
    RECEIVED = "received", "Somebody texted us"
    NOTHING = "nothing", "Nothing that we count"


class Notice(NamedTuple):
    """message: the key of ours, of a reminder as well. number and words: of whoever texted us."""

    kind: NoticeKind
    message: str = ""
    number: str = ""
    words: str = ""


class _Data(msgspec.Struct):
    message: str = ""
    sender: str = msgspec.field(default="", name="from")
    text: str = ""


class _Body(msgspec.Struct):
    type: str
    data: _Data


_KINDS = {
    "text.delivered": NoticeKind.DELIVERED,
    "text.failed": NoticeKind.FAILED,
    "text.stopped": NoticeKind.STOPPED,
    "text.received": NoticeKind.RECEIVED,
    "mail.bounced": NoticeKind.FAILED,
    "mail.complained": NoticeKind.COMPLAINED,
}


@implements("280.10-k4")
def read_notice(raw: bytes, about: str) -> Notice | None:
    """What a signed JSON body tells about a `text` or a `mail`; None for what is none.

    A type that we do not know is nothing, so that a provider may tell more than we count.
    """
    try:
        body = msgspec.json.decode(raw, type=_Body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if not body.type.startswith(f"{about}."):
        return None
    kind = _KINDS.get(body.type, NoticeKind.NOTHING)
    return Notice(kind, key_of(body.data.message), body.data.sender, body.data.text)


@implements("280.10-k4")
def read_twilio(form: Mapping[str, str], message: str) -> Notice:
    """What Twilio tells: the status of the message its address names, or a text from somebody."""
    status = form.get("MessageStatus") or form.get("SmsStatus", "")
    if message:
        kind = NoticeKind.of(_TWILIO_STATUS.get(status, "nothing"))
        if kind is NoticeKind.FAILED and form.get("ErrorCode") == _SAID_STOP:
            kind = NoticeKind.STOPPED
        return Notice(kind, key_of(message))
    if "Body" in form and form.get("From"):
        return Notice(NoticeKind.RECEIVED, number=form["From"], words=form["Body"])
    return Notice(NoticeKind.NOTHING)
