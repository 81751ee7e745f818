"""What a provider's answer to one text means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.carried import Outcome, meaning_of

pytestmark = pytest.mark.proves("280.10-k4")


@pytest.mark.parametrize(
    ("status", "body", "outcome", "is_away"),
    [
        (200, "", Outcome.TAKEN, False), (201, '{"sid": "SM1"}', Outcome.TAKEN, False),
        (400, '{"code": 21614}', Outcome.REFUSED, False), (422, "", Outcome.REFUSED, False),
        (400, '{"code": 21610}', Outcome.STOPPED, False),
        # About our account or template, not about this person: nobody is called wrong for it.
        (400, "", Outcome.LATER, True), (400, '{"code": 21603}', Outcome.LATER, True),
        (401, '{"code": 20003}', Outcome.LATER, True), (404, "[]", Outcome.LATER, True),
        (302, "", Outcome.LATER, True),
        (429, "", Outcome.LATER, True), (503, "", Outcome.LATER, True),
        # Nobody can know whether it was taken.
        (500, "", Outcome.UNKNOWN, False), (502, "", Outcome.UNKNOWN, False),
        (504, "", Outcome.UNKNOWN, False),
    ],
)  # fmt: skip
def test_an_answer_means(status: int, body: str, outcome: Outcome, is_away: bool) -> None:
    found = meaning_of(status, body)

    assert (found.outcome, found.is_away) == (outcome, is_away)


@given(st.integers(100, 599), st.text(max_size=60))
def test_only_2xx_is_taken_whatever_the_body_says(status: int, body: str) -> None:
    assert (meaning_of(status, body).outcome is Outcome.TAKEN) == (200 <= status < 300)
