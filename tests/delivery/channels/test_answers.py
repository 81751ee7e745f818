"""What the answers of receivers mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cx280.delivery.channels.answers import wait_of

NOW = datetime(2022, 1, 28, 19, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("30", timedelta(seconds=30)), ("99999999999999", timedelta(days=1)), ("soon", None),
        ("", None), ("-5", None), ("Fri, 28 Jan 2022 19:21:00 GMT", timedelta(minutes=1)),
        ("Fri, 28 Jan 2022 19:21:00 -0000", timedelta(minutes=1)),
        ("Thu, 27 Jan 2022 19:21:00 GMT", None),
    ],
)  # fmt: skip
def test_a_receiver_may_say_when_to_come_again(written: str, wait: timedelta | None) -> None:
    assert wait_of(written, NOW) == wait
