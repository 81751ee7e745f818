"""The body of a request, read within bounds of size, time and inflation, and taken apart."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec

from cx280.kernel.problem import Problem
from cx280.telemetry.schemas import Event, Fault, fault_of

LONGEST_BODY = 256 * 1024
LONGEST_INFLATED = 1024 * 1024
MOST_EVENTS = 1000
# In that time a body arrives that is on its way at all.
_HURRY_SECONDS = 1.0
_WINDOW = {b"gzip": 31, b"x-gzip": 31, b"deflate": 15}
JSON, LINES, TEXT = b"application/json", b"application/x-ndjson", b"text/plain"

Receive = Callable[[], Awaitable[dict[str, Any]]]


class TooLarge(Problem):
    """More than is taken at once."""

    status = 413


class WrongType(Problem):
    """A kind of body that is not taken."""

    status = 415


class Unreadable(Problem):
    """Not JSON at all."""

    status = 400


class TooSlow(Problem):
    """The body did not arrive in time."""

    status = 408


class MadeRoom(TooSlow):
    """The body was slow to arrive while others wanted its place; it may be sent again."""

    status = 503


class Gone(Exception):
    """The sender left before the body was whole."""


class Events(NamedTuple):
    """The events of a request, the pointer of each (none: by their order), and what is no event.

    The source is how the lake names the door through which they came.
    """

    events: list[Event]
    faults: list[Fault]
    pointers: list[str] | None = None
    source: str = "script"

    def pointer(self, index: int) -> str:
        """Where the event stood in the body."""
        return f"/{index}" if self.pointers is None else self.pointers[index]


class Patience:
    """Gives up on bodies that come too slowly; a timer for each would cost more."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._since: dict[asyncio.Task[Any], float] = {}  # those who came first stand first
        self._ended: dict[asyncio.Task[Any], TooSlow] = {}

    def look(self) -> None:
        """Ends the reading of every body that takes longer than `seconds`."""
        late = time.monotonic() - self.seconds
        for task, since in self._since.items():
            if since < late:
                self._end(
                    task, TooSlow(f"The body did not arrive within {self.seconds:g} seconds.")
                )

    def make_room(self) -> bool:
        """Ends the reading of the body that has waited longest, if for more than a second.

        Else whoever opens a thousand connections and says nothing would shut all others out.
        """
        late = time.monotonic() - _HURRY_SECONDS
        for task, since in self._since.items():
            if since > late:
                return False
            if task not in self._ended:
                self._end(task, MadeRoom("Others wait for this place.", fix="Send it again later."))
                return True
        return False

    def _end(self, task: asyncio.Task[Any], why: TooSlow) -> None:
        self._ended[task] = why
        task.cancel()

    async def read(self, receive: Receive) -> bytes:
        """The whole body; raises TooSlow, MadeRoom, TooLarge or Gone."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a coroutine runs in one
        self._since[task] = time.monotonic()
        try:
            return await _read(receive)
        except asyncio.CancelledError:
            if task not in self._ended:
                raise
            task.uncancel()
            raise self._ended[task] from None
        finally:
            del self._since[task]
            self._ended.pop(task, None)


async def body_of(receive: Receive, headers: dict[bytes, bytes], patience: Patience) -> bytes:
    """The whole body, inflated; raises TooLarge, WrongType, TooSlow, Unreadable or Gone."""
    encoding = headers.get(b"content-encoding", b"identity").strip().lower()
    if encoding != b"identity" and encoding not in _WINDOW:
        raise WrongType("Bodies are taken as they are, or with gzip or deflate.")
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length[:12]) > LONGEST_BODY:
        raise _too_large()
    body = await patience.read(receive)
    return body if encoding == b"identity" else _inflated(body, _WINDOW[encoding])


async def _read(receive: Receive) -> bytes:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Gone
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        if len(body) > LONGEST_BODY:
            raise _too_large()
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LONGEST_BODY:
            raise _too_large()
    return b"".join(parts)


def _too_large() -> TooLarge:
    return TooLarge(
        f"A body has at most {LONGEST_BODY // 1024} KB, and 1 MB inflated.",
        fix="Send fewer events at once.",
    )


def _inflated(body: bytes, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    try:
        text = inflater.decompress(body, LONGEST_INFLATED + 1)
    except zlib.error:
        raise Unreadable("The compressed body cannot be read.") from None
    if len(text) > LONGEST_INFLATED:
        raise _too_large()
    if not inflater.eof:
        raise Unreadable("The compressed body is not whole.")
    return text


_one = msgspec.json.Decoder(Event)
_many = msgspec.json.Decoder(list[Event])
_raws = msgspec.json.Decoder(list[msgspec.Raw])
# What decoding raises on text of any kind; RecursionError for a thousand brackets.
NOT_JSON = (msgspec.MsgspecError, UnicodeError, RecursionError)


def events_of(body: bytes, kind: bytes) -> Events:
    """The events of the body, each checked alone; raises Unreadable, TooLarge or WrongType."""
    kind = kind.partition(b";")[0].strip().lower()
    if kind not in (JSON, LINES, TEXT):
        raise WrongType("Send application/json, application/x-ndjson or text/plain.")
    start = body.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] if kind != LINES else b""
    if start == b"[":
        return _from_list(body)
    if kind == JSON or (kind == TEXT and b"\n" not in body.strip()):
        return _from_one(body)
    return _from_lines(body)


def _from_list(body: bytes) -> Events:
    try:
        events = _many.decode(body)
    except msgspec.ValidationError:
        return _one_by_one(_whole(body), "/")
    except NOT_JSON:
        raise Unreadable("The body is not JSON.") from None
    not_too_many(len(events))
    return Events(events, [])


def _whole(body: bytes) -> list[msgspec.Raw]:
    try:
        return _raws.decode(body)
    except NOT_JSON:
        raise Unreadable("The body is not JSON.") from None


def _from_one(body: bytes) -> Events:
    try:
        return Events([_one.decode(body)], [], [""])
    except msgspec.ValidationError as error:
        return Events([], [fault_of(error, "")])
    except NOT_JSON:
        raise Unreadable("The body is not JSON.") from None


def _from_lines(body: bytes) -> Events:
    try:
        events = _one.decode_lines(body)
    except NOT_JSON:
        pass
    else:
        not_too_many(len(events))
        return Events(events, [])
    return _one_by_one([line for line in body.split(b"\n") if line.strip()], "/")


def _one_by_one(parts: list[bytes] | list[msgspec.Raw], before: str) -> Events:
    not_too_many(len(parts))
    events: list[Event] = []
    pointers: list[str] = []
    faults: list[Fault] = []
    for index, part in enumerate(parts):
        pointer = f"{before}{index}"
        try:
            events.append(_one.decode(part))
            pointers.append(pointer)
        except msgspec.ValidationError as error:
            faults.append(fault_of(error, pointer))
        except NOT_JSON:
            faults.append(Fault(pointer, "This is not JSON."))
    return Events(events, faults, pointers)


def not_too_many(count: int) -> None:
    """Raises TooLarge for more events than are taken at once."""
    if count > MOST_EVENTS:
        raise TooLarge(f"At most {MOST_EVENTS:,} events are taken at once.", fix="Send them apart.")
