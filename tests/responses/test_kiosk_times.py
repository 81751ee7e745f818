"""When an answer at a kiosk was given, however wrong its clock, and whether it still counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.kiosks import Health, condition
from cx280.responses.rules.kiosk_times import OFFLINE, answered_at, is_taken, seconds_taken
from cx280.responses.rules.standing import GRACE

pytestmark = pytest.mark.proves("280.10-k5")
NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MS = 60 * 60 * 1000
OFF = st.integers(-400 * 24 * MS, 400 * 24 * MS)  # how wrong a clock is
AGO = st.integers(0, 23 * 60)  # minutes between the answer and the network's return


@given(OFF, AGO)
def test_however_wrong_the_clock_is_the_answer_has_its_own_time(off: int, ago: int) -> None:
    now = int(NOON.timestamp() * 1000) + off

    found = answered_at(
        sent=now - ago * 60_000, now=now, received_at=NOON, issued_at=NOON - 24 * HOUR
    )

    assert found == NOON - timedelta(minutes=ago)


@given(st.integers(0, 2**53 - 1), st.integers(0, 2**53 - 1))
def test_no_clock_puts_an_answer_before_its_page_or_into_the_future(sent: int, now: int) -> None:
    issued = NOON - 5 * HOUR

    found = answered_at(sent=sent, now=now, received_at=NOON, issued_at=issued)

    assert issued <= found <= NOON


@given(st.integers(0, 2**53 - 1), st.integers(0, 2**53 - 1))
def test_seconds_are_none_where_the_clock_was_set_in_between(began: int, sent: int) -> None:
    found = seconds_taken(began=began, sent=sent)

    assert found is None or 0 <= found <= OFFLINE.total_seconds()
    assert (found is None) == (not 0 <= sent - began <= OFFLINE.total_seconds() * 1000)


def taken(**fields: datetime | None) -> bool:
    usual: dict[str, datetime | None] = {
        "closed_at": None, "approval_ends": NOON + 1000 * HOUR,
        "issued_at": NOON - 2 * HOUR, "answered_at": NOON,
    }  # fmt: skip
    return is_taken(**{**usual, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"closed_at": NOON - HOUR}, True),  # the person was asked while it was open
        ({"closed_at": NOON + HOUR}, True),
        # Closed or reworded at eight while the kiosk was without a network since seven.
        ({"closed_at": NOON - 4 * HOUR, "issued_at": NOON - 5 * HOUR}, True),
        # A page of two days ago knows too little.
        ({"closed_at": NOON - 4 * HOUR, "issued_at": NOON - OFFLINE - HOUR}, False),
        # A page made after the end asks nothing; somebody made it up.
        ({"closed_at": NOON - 4 * HOUR, "issued_at": NOON - 3 * HOUR}, False),
        # The approval to ask has ended, and the kiosk knew the day.
        ({"approval_ends": NOON - GRACE - HOUR}, False),
        ({"approval_ends": NOON - HOUR}, True),
        ({"approval_ends": None}, True),
    ],
)
def test_an_answer_counts_by_when_it_was_given_not_by_when_it_came(
    fields: dict[str, datetime], *, expected: bool
) -> None:
    assert taken(**fields) is expected


@pytest.mark.parametrize(
    ("seen", "health", "words"),
    [
        (timedelta(minutes=1), Health.WORKING, "3 answers wait on it to be sent."),
        (timedelta(hours=9), Health.QUIET, "Not heard of for 9 hours."),
        (timedelta(days=3), Health.SILENT, "Not heard of for 3 days. 3 answers wait on it"),
    ],
)
def test_silence_is_told_plainly(seen: timedelta, health: Health, words: str) -> None:
    found = condition(
        now=NOON, set_up_at=NOON - 90 * HOUR, last_seen_at=NOON - seen, revoked_at=None, waiting=3
    )

    assert found.health is health
    assert words in found.words


def test_a_kiosk_not_set_up_and_one_switched_off_say_so() -> None:
    new = condition(now=NOON, set_up_at=None, last_seen_at=None, revoked_at=None)
    off = condition(now=NOON, set_up_at=NOON, last_seen_at=NOON, revoked_at=NOON)

    assert (new.health, off.health) == (Health.NEW, Health.ENDED)
    assert "within 24 hours" in new.words
