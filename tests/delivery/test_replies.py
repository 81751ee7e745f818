"""What people mean who answer a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.replies import language_of_word, meaning_of
from cx280.delivery.rules.vocabulary import Said

pytestmark = pytest.mark.proves("280.10-o3")


@pytest.mark.parametrize(
    "text",
    ["STOP", "stop", " Stop. ", "STOP!!!", "stop texting me about the boats please", "please stop",
     "Unsubscribe", "opt out", "OPT-OUT", "END", "quit", "revoke", "Cancel", "STOPALL", "ALTO",
     "ya basta", "parar", "退订", "수신거부", "dừng", "itigil"],
)  # fmt: skip
def test_who_wants_to_stop_need_not_find_the_right_word(text: str) -> None:
    assert meaning_of(text) is Said.STOP


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("HELP", Said.HELP), ("info", Said.HELP), ("Ayuda", Said.HELP), ("START", Said.START),
        ("unstop", Said.START), ("", Said.OTHER), ("Thanks", Said.OTHER), ("5", Said.OTHER),
        ("👍", Said.OTHER),
        ("I could not find where the bus has its last stop near your office", Said.OTHER),
    ],
)  # fmt: skip
def test_other_words(text: str, said: Said) -> None:
    assert meaning_of(text) is said


@given(st.text(max_size=200))
def test_stop_as_the_first_word_always_stops(text: str) -> None:
    assert meaning_of(f"stop {text}") is Said.STOP


def test_a_word_tells_its_language() -> None:
    assert (language_of_word("ALTO"), language_of_word("STOP")) == ("es", "")
