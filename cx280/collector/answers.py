"""What the collector answers: status, headers and body, ready to send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from cx280.telemetry.schemas import Fault

Send = Callable[[dict[str, Any]], Awaitable[None]]
Header = tuple[bytes, bytes]

MOST_FAULTS = 100
_TITLES = {
    400: "The body cannot be read",
    404: "There is nothing here",
    405: "This is not done here",
    408: "The body came too slowly",
    413: "The body is too large",
    415: "This kind of body is not taken",
    422: "Some events were not taken",
    429: "Too many events from one address",
    503: "Events cannot be taken now",
}
_JSON: Header = (b"content-type", b"application/json")
_PROBLEM: Header = (b"content-type", b"application/problem+json")
_NO_STORE: Header = (b"cache-control", b"no-store")
# What follows a body that was not read to its end must not be taken for the next request.
CLOSE: Header = (b"connection", b"close")


async def answer(
    send: Send, status: int, body: bytes, headers: Sequence[Header] = (), kind: Header = _JSON
) -> None:
    """Sends a whole answer."""
    of_body = [kind, (b"content-length", b"%d" % len(body))] if status != 204 else []
    start = {
        "type": "http.response.start",
        "status": status,
        "headers": [*of_body, _NO_STORE, *headers],
    }
    await send(start)
    await send({"type": "http.response.body", "body": body})


async def problem(
    send: Send, status: int, detail: str, headers: Sequence[Header] = (), **more: object
) -> None:
    """Sends a problem (RFC 9457): what went wrong, and what to do, in whole sentences."""
    body = {
        "type": "about:blank",
        "title": _TITLES[status],
        "status": status,
        "detail": detail,
        **more,
    }
    await answer(send, status, msgspec.json.encode(body), headers, _PROBLEM)


async def faults(
    send: Send, accepted: int, found: Sequence[Fault], headers: Sequence[Header], held: int = 0
) -> None:
    """Sends 422: how many events were kept, and what is wrong with the first 100 others.

    `held` of those kept are held back: personal data was found in them.
    """
    shown = [
        {"pointer": each.pointer, "message": each.message.encode("utf-8", "replace").decode()}
        for each in found[:MOST_FAULTS]
    ]
    detail = (
        f"{accepted} taken, {len(found)} refused. Do not send the refused ones again as they are."
    )
    more = {"held": held} if held else {}
    await problem(send, 422, detail, headers, accepted=accepted, errors=shown, **more)
