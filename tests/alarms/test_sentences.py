"""What fell is told as what, where, how bad and since when; the worst leads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.message import Concern, Message, Told, message_of
from cx280.alarms.rules.sentences import Fallen, Place, cannot_wait, facts_of, tells_too_few
from cx280.alarms.rules.vocabulary import Kind
from tests.alarms.builders import HOUR, NOON, a_fall

PLACE = Place(7, "https://cx.example.gov/alarms/7/", "https://cx.example.gov/alarms/7/take/")


def told(*falls: Fallen) -> Message:
    return message_of(facts_of(falls, "America/New_York", PLACE), Told.OPENED, smallest=10)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_fall_in_counts_says_what_was_seen_and_expected() -> None:
    found = told(a_fall())

    assert found.what == "Passport renewal: page views fell"
    assert found.where == "Website"
    assert found.how_bad == "400 page views in an hour, where 900 to 1,100 were expected."
    assert found.since.isoformat() == "2022-03-16T08:00:00-04:00"


def test_a_share_is_told_with_its_n() -> None:
    fall = a_fall(kind=Kind.SCORE, key="trust", label="Trust", seen=0.70, expected=0.75, low=0.73,
                  high=0.77, n=812)  # fmt: skip

    found = told(fall)

    assert found.what == "Passport renewal: trust fell"
    assert plain(found.how_bad) == "70 % of 812 answers agreed, where 73 % to 77 % was expected."


@pytest.mark.parametrize(
    ("label", "kind", "said", "did"),
    [
        ("Share that completes “Renew”", Kind.COMPLETION, "fewer complete “Renew”",
         "400 visits that began were finished"),
        ("Share from the start to “Pay” of “Renew”", Kind.STEP,
         "fewer get from the start to “Pay” of “Renew”", "400 visits that got there went on"),
        ("Pages that jump while loading", Kind.SPEED, "more pages jump while loading",
         "400 page loads were slow"),
    ],
)  # fmt: skip
def test_shares_are_told_in_words_that_people_use(
    label: str, kind: Kind, said: str, did: str
) -> None:
    fall = a_fall(kind=kind, key="x", label=label, seen=0.3, expected=0.4, low=0.36, high=0.44)

    assert facts_of([fall], "UTC", PLACE).said == said
    assert did in told(fall).how_bad


def test_silence_says_for_how_long_nothing_came() -> None:
    found = told(a_fall(seen=0, n=0, silent=True, since=NOON - 5 * HOUR))

    assert found.what == "Passport renewal: page views stopped"
    assert found.how_bad.startswith("Nothing came for 6 hours")
    assert any("script" in each for each in found.what_to_do)


def test_errors_go_up() -> None:
    found = told(a_fall(key="error", label="Errors, by the hour", seen=3000.0, n=3000))

    assert found.what.endswith("errors went up")


def test_several_services_are_told_as_one_with_the_worst_first() -> None:
    found = told(a_fall(), a_fall(service="Visas", once_in_days=4000))

    assert found.what == "2 services: page views fell"
    assert found.where == "Visas and Passport renewal"
    assert "sign-in" in found.what_to_do[-1]


def test_what_else_fell_is_said() -> None:
    other = a_fall(kind=Kind.FLOW, key="renew", label="Completions of “Renew”, by the day",
                   once_in_days=10)  # fmt: skip

    assert told(a_fall(), other).where == "Website, also completions of “Renew”"


def test_a_slow_change_is_called_a_drift() -> None:
    fall = a_fall(kind=Kind.DRIFT, label="Page views, over weeks", since=NOON - timedelta(days=20))

    assert facts_of([fall], "UTC", PLACE).concern is Concern.DRIFT
    assert told(fall).how_bad.startswith("400 page views a day on average, where")


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
    hours=st.sampled_from([1, 24]), label=st.text(max_size=200), service=st.text(max_size=200),
    others=st.integers(0, 40),
)  # fmt: skip
def test_every_incident_becomes_a_message(
    kind: Kind, seen: float, expected: float | None, n: int, days: float, silent: bool, hours: int,
    label: str, service: str, others: int,
) -> None:  # fmt: skip
    fall = a_fall(kind=kind, seen=seen, expected=expected, low=expected, high=expected, n=n,
                  once_in_days=days, silent=silent, end=NOON + hours * HOUR, label=label,
                  service=service)  # fmt: skip

    found = told(fall, *(a_fall(service=f"{service}{each}") for each in range(others)))

    assert "nan" not in found.how_bad.lower()
    assert found.how_bad


@pytest.mark.parametrize(
    ("kind", "seen", "n", "few"),
    [(Kind.SCORE, 0.5, 9, True), (Kind.SCORE, 0.05, 100, True), (Kind.SCORE, 0.95, 100, True),
     (Kind.SCORE, 0.5, 100, False), (Kind.ANSWERS, 9, 9, True), (Kind.ANSWERS, 0, 0, False)],
)  # fmt: skip
def test_figures_of_a_few_people_are_not_told(kind: Kind, seen: float, n: int, few: bool) -> None:
    assert tells_too_few(kind, seen, n, 10) is few
