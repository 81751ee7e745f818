"""Events made for tests."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from cx280.lake.columns import EventRow

NOON = int(datetime(2024, 2, 29, 12, tzinfo=UTC).timestamp()) * 1_000_000
SECOND = 1_000_000
DAY = 86_400 * SECOND


def event(identity: str, at: int = NOON, **given: object) -> EventRow:
    """A page view with that id, else as given."""
    plain = EventRow(
        id=identity, site="irs", service=1, at=at, received=at + SECOND, kind="page_view"
    )
    return msgspec.structs.replace(plain, **given)


def lines(*rows: EventRow) -> bytes:
    """The rows as the buffer writes them."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
