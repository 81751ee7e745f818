"""When an incident is clearly worse: twice as far from what was expected, or nothing comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.worse import STEP, distance, how_it_began, is_clearly_worse
from tests.alarms.builders import a_fall

COUNTS = st.floats(0, 1000)


def a_share(seen: float, n: int = 400, kind: Kind = Kind.COMPLETION) -> dict[str, object]:
    return {"kind": kind, "key": "apply", "seen": seen, "expected": 0.4, "n": n}


@pytest.mark.proves("280.7-h3")
@pytest.mark.parametrize(
    ("told", "now", "worse"),
    [
        ({"seen": 600.0}, {"seen": 300.0}, False),
        ({"seen": 600.0}, {"seen": 200.0}, True),
        ({"seen": 600.0}, {"seen": 0.0, "silent": True}, True),
        ({"seen": 200.0}, {"seen": 0.0, "silent": True}, True),
        ({"seen": 0.0, "silent": True}, {"seen": 0.0, "silent": True}, False),
        ({"seen": 600.0}, {"seen": 20.0, "expected": 100.0}, True),
        ({"seen": 600.0}, {"seen": 30.0, "expected": 100.0}, False),
        (a_share(0.3), a_share(0.21), False),
        (a_share(0.3), a_share(0.19), True),
        (a_share(0.5, kind=Kind.SPEED), a_share(0.6, kind=Kind.SPEED), True),
        ({"seen": 600.0}, {"seen": 10.0, "expected": None}, False),
    ],
)
def test_it_is_worse_from_twice_as_far_on(
    told: dict[str, object], now: dict[str, object], worse: bool
) -> None:
    assert is_clearly_worse(a_fall(**told), a_fall(**now)) is worse


@given(told=COUNTS, now=COUNTS)
def test_what_is_no_further_away_is_never_worse(told: float, now: float) -> None:
    one, other = a_fall(seen=told), a_fall(seen=now)
    before, after = distance(one), distance(other)
    assert before is not None
    assert after is not None

    worse = is_clearly_worse(one, other)

    assert worse is (before > 0 and after >= STEP * before)
    assert not (worse and now >= told)
    assert not (worse and is_clearly_worse(other, one))


def test_it_says_how_it_began_beside_how_it_is() -> None:
    said = how_it_began(a_fall(seen=600.0, n=600), a_fall(seen=150.0, n=150), 10)
    share = how_it_began(a_fall(**a_share(0.3)), a_fall(**a_share(0.15)), 10)
    silent = how_it_began(a_fall(seen=600.0, n=600), a_fall(seen=0.0, silent=True), 10)

    assert said.replace("\xa0", " ") == (
        "It began with 40 % fewer than expected, and is at 85 % fewer."
    )
    assert share.replace("\xa0", " ") == "It began with 30 %."
    assert silent.replace("\xa0", " ") == "It began with 40 % fewer than expected."


@given(seen=st.integers(1, 9), now=st.integers(1, 9))
def test_few_people_are_never_told_of(seen: int, now: int) -> None:
    few = a_fall(seen=float(seen), expected=20.0, n=seen)
    fewer = a_fall(seen=float(now), expected=20.0, n=now)

    assert how_it_began(few, fewer, 10) == ""
    assert "is at" not in how_it_began(a_fall(seen=15.0, expected=20.0), fewer, 10)
