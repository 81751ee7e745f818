"""English and Spanish say the same things, completely."""

import re
from datetime import date
from typing import Any

import pytest

from cx280.responses.wording import best_language, words, written_languages


def leaves(table: dict[str, Any], path: str = "") -> dict[str, object]:
    """Every sentence by its dotted key."""
    found: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= leaves(value, f"{path}{key}.")
        else:
            found[path + key] = value
    return found


@pytest.mark.parametrize("language", written_languages())
def test_every_language_has_every_sentence_with_the_same_places(language: str) -> None:
    english, other = leaves(words("en").table), leaves(words(language).table)

    assert set(other) == set(english)
    for key, sentence in english.items():
        if isinstance(sentence, str) and key != "date":
            assert other[key], key
            places = set(re.findall(r"{(\w+)}", sentence))
            assert set(re.findall(r"{(\w+)}", str(other[key]))) == places, key


def test_spanish_is_not_english() -> None:
    english, spanish = leaves(words("en").table), leaves(words("es").table)

    assert {key for key in english if english[key] == spanish[key]} == {
        "direction", "foot.contact", "ivr.several_option",
    }  # fmt: skip


def test_dates_and_minutes_are_written_as_people_do() -> None:
    day = date(2022, 1, 28)

    assert words("en").day(day) == "January 28, 2022"
    assert words("es").day(day) == "28 de enero de 2022"
    assert words("en").intro(3, 0.5) == "Three questions, under a minute. You may skip any."
    assert words("es").intro(1, 2) == "Una pregunta, cerca de 2 minutos. Puede omitirla."


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        ("es", "en-US,en;q=0.9", "es"),
        ("", "es-MX,es;q=0.9,en;q=0.5", "es"),
        ("", "en;q=0.2, es;q=0.8", "es"),
        ("fr", "de", "en"),
        ("", "x;q=oops,es", "es"),
        ("", "", "en"),
    ],
)
def test_the_language_is_asked_for_or_the_browsers(
    asked: str, accepted: str, expected: str
) -> None:
    assert best_language(asked, accepted, ["en", "es"]) == expected


@pytest.mark.parametrize("language", written_languages())
def test_whoever_is_in_danger_is_told_the_right_numbers_in_every_language(language: str) -> None:
    """988 takes calls in every language with an interpreter, texts in English and Spanish alone;
    2 is pressed for Spanish, 1 by veterans, who text to 838255."""
    said = {key.split(".")[-1]: str(each) for key, each in leaves(words(language).table).items()}
    help_in = {"en": "call or text 988", "es": "988 y oprima 2", "zh": "Chinese interpreter",
               "vi": "Vietnamese interpreter", "ko": "Korean interpreter",
               "tl": "Tagalog interpreter"}  # fmt: skip

    numbers = {key: set(re.findall(r"[0-9-]{3,}", said[key])) for key in said}

    assert numbers["crisis"] == {"988", "838255"}
    assert numbers["harm"] == {"911", "800-799-7233"}
    assert numbers["not_live"] == {"911", "988"}
    assert help_in[language] in said["crisis"]
    assert language != "es" or "AYUDA por texto al 988" in said["crisis"]
