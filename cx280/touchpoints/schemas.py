"""What programs send to `POST /touchpoints/v1/cx_responses`."""

from __future__ import annotations

from typing import Any

import msgspec

from cx280.kernel.problem import Unusable

MOST_AT_ONCE = 1000


class Sent(msgspec.Struct):
    """One answer: its type, and its attributes as Touchpoints names them, each a text or null.

    Beside the 17 there is `responded_at`, when it was given, and `cx_collection_detail_id`.
    """

    type: str
    attributes: dict[str, str | int | None]


class Document(msgspec.Struct):
    """A JSON:API document of one answer or of many."""

    data: Sent | list[Sent]


def read(body: bytes) -> list[Sent]:
    """The answers in the body; raises Unusable and says which part cannot be read."""
    try:
        document = msgspec.json.decode(body, type=Document)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Unusable(
            f"The body cannot be read: {str(error).rstrip('.')}.",
            fix="Send {“data”: [{“type”: “cx_responses”, “attributes”: {…}}]}.",
        ) from None
    sent = document.data if isinstance(document.data, list) else [document.data]
    if not 0 < len(sent) <= MOST_AT_ONCE:
        raise Unusable(f"Send 1 to {MOST_AT_ONCE:,} answers at once, not {len(sent):,}.")
    if any(each.type != "cx_responses" for each in sent):
        raise Unusable("Every item is of the type cx_responses.")
    return sent


def cells(sent: Sent) -> dict[str, str | None]:
    """The attributes as cells of a file."""
    return {name: None if value is None else str(value) for name, value in sent.attributes.items()}


def detail_of(sent: Sent) -> int:
    """The detail it belongs to; raises Unusable where it does not say."""
    told: Any = sent.attributes.get("cx_collection_detail_id")
    text = str(told)
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Unusable(
            "cx_collection_detail_id must be the number of a detail.",
            field="cx_collection_detail_id",
            fix="Ask /touchpoints/v1/cx_collection_details for it.",
        )
    return int(text)
