"""What the collector remembers has an end, whoever sends whatever for as long as they like."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.collector import limits, visitors
from cx280.collector.limits import Pace, Recent
from cx280.collector.visitors import Visitors


@given(st.integers(1, 20), st.lists(st.integers(0, 60), max_size=200))
def test_the_last_ids_are_known_and_never_more_than_twice_as_many_are_kept(
    most: int, sent: list[int]
) -> None:
    recent, taken = Recent(most), list[str]()

    for number in sent:
        if recent.is_new(str(number)):
            taken.append(str(number))
        assert len(recent) <= 2 * most

    assert [each for each in taken[-most:] if recent.is_new(each)] == []


def test_addresses_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_ADDRESSES", 100)
    pace = Pace(rate=1, burst=10)

    for number in range(1000):
        pace.take(b"%d" % number, now=0.0, count=1)

    assert len(pace) <= 100
    assert pace.wait(b"999", 0.0) == 0


def test_long_user_agents_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitors, "_MOST_AGENTS", 50)
    known = Visitors(day=1)

    for number in range(200):
        known.agent(b"%d " % number + b"x" * 50_000)

    assert sum(sys.getsizeof(each) for each in vars(known)["_agents"]) < 50 * 1000
