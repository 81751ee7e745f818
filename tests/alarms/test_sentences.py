"""An alarm says what, where, how bad, since when, and what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.sentences import cannot_wait, how_bad, how_rare, told, what
from cx280.alarms.rules.vocabulary import Kind
from tests.alarms.builders import HOUR, NOON, a_fall

ZONE = "America/New_York"


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_fall_in_counts_is_told_in_five_parts() -> None:
    found = told([a_fall()], ZONE)

    assert found.title == "Passport renewal: page views fell"
    assert plain(found.how_bad) == "400, where 900 to 1,100 were to be expected: 60 % fewer"
    assert found.since_when == "Seen on Wednesday, March 16, 2022, 08:00 to 09:00."
    assert plain(found.how_rare) == "Chance alone does that about once in 10 months."
    assert found.to_do.startswith("Open the pages people come in by")


def test_a_share_is_told_with_its_n() -> None:
    fall = a_fall(kind=Kind.SCORE, key="trust", label="Trust", seen=0.70, expected=0.75, low=0.73,
                  high=0.77, n=812)  # fmt: skip

    assert plain(how_bad(fall)) == (
        "70 % of 812, where 73 % to 77 % were to be expected: down 5 points"
    )


def test_a_change_that_began_earlier_says_so() -> None:
    fall = a_fall(since=NOON - timedelta(days=3))

    assert told([fall], ZONE).since_when == (
        "Seen on Wednesday, March 16, 2022, 08:00 to 09:00; it began about on Sunday, "
        "March 13, 2022, 08:00 to 09:00."
    )


def test_silence_says_that_it_stopped_and_whom_to_ask() -> None:
    found = told([a_fall(seen=0, n=0, silent=True)], ZONE)

    assert found.title == "Passport renewal: page views stopped"
    assert found.how_bad.startswith("None, where 900 to 1,100")
    assert "script" in found.to_do


def test_errors_go_up() -> None:
    assert what(a_fall(key="error", label="Errors, by the hour", seen=3000)) == "Errors went up"


def test_several_services_are_told_as_one_with_the_worst_first() -> None:
    worse = a_fall(service="Visas", once_in_days=4000)

    found = told([a_fall(), worse], ZONE)

    assert found.title == "2 services at once: page views fell"
    assert found.where == "Visas and Passport renewal"
    assert len(found.others) == 1
    assert found.others[0].startswith("Passport renewal: page views fell, 400, where")


@pytest.mark.parametrize(
    ("seen", "silent", "waits"), [(0, True, False), (499, False, False), (501, False, True)]
)
def test_silence_and_the_loss_of_half_cannot_wait(seen: float, silent: bool, waits: bool) -> None:
    assert cannot_wait([a_fall(seen=seen, silent=silent)]) is not waits


def test_a_score_can_wait_until_morning() -> None:
    assert not cannot_wait([a_fall(kind=Kind.SCORE, seen=0.1, expected=0.9)])


@given(
    kind=st.sampled_from(Kind), seen=st.floats(0, 1), expected=st.floats(0, 1) | st.none(),
    n=st.integers(0, 10**6), days=st.floats(0, 10**9), silent=st.booleans(),
    hours=st.sampled_from([1, 24]),
)  # fmt: skip
def test_every_alarm_has_all_its_parts(
    kind: Kind, seen: float, expected: float | None, n: int, days: float, silent: bool, hours: int
) -> None:
    fall = a_fall(kind=kind, seen=seen, expected=expected, low=expected, high=expected, n=n,
                  once_in_days=days, silent=silent, end=NOON + hours * HOUR)  # fmt: skip

    found = told([fall], ZONE)

    parts = [found.title, found.what, found.where, found.how_bad, found.since_when, found.to_do]
    assert all(parts)
    assert "nan" not in " ".join(parts).lower()


def test_how_rare_it_is_is_said_in_time() -> None:
    assert how_rare(5) == "Chance alone does that within a week."
    assert how_rare(10_000) == "Chance alone does that less than once in ten years."
