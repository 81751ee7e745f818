"""The columns of an event, in the order in which the buffer writes and the lake keeps them."""

from __future__ import annotations

import msgspec


class EventRow(msgspec.Struct, array_like=True, gc=False):
    """One event as it is kept; a line of the buffer is this as a JSON array.

    Times are whole microseconds since 1970 in UTC; the day in the lake is the UTC day of `at`.
    Nothing here tells who somebody is: `visit` is a random name that ends with the browser tab,
    `visitor` a salted hash whose salt is destroyed within 48 hours (M-10-22 tier 1).
    Delta has no unsigned integers: `visitor` is signed, 0 where it is not known.
    """

    id: str
    site: str
    service: int
    at: int
    received: int
    kind: str
    name: str = ""
    page: str = ""
    visit: str = ""
    visitor: int = 0
    flow: str = ""
    step: str = ""
    value: float | None = None
    unit: str = ""
    channel: str = "website"
    language: str = ""
    device: str = ""
    bot: bool = False
    skewed: bool = False
    source: str = "script"
    properties: str = ""


COLUMNS = EventRow.__struct_fields__
