"""What messages say, in each language: read from `words/<language>.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from cx280.surveys.rules.languages import matching

_FOLDER = Path(__file__).parents[1] / "words"
LANGUAGES = ("en", "es", "ko", "tl", "vi", "zh")


@cache
def words(language: str) -> dict[str, dict[str, str]]:
    """The words in that language (`es`, `es-MX`), or in English where there are none."""
    known = language_of(language)
    found: dict[str, dict[str, str]] = tomllib.loads(
        (_FOLDER / f"{known}.toml").read_text(encoding="utf-8")
    )
    return found


def language_of(language: str) -> str:
    """The language the words are in when this one is wanted."""
    return matching(language, LANGUAGES) or LANGUAGES[0]


def day_in_words(day: date, language: str, *, year: bool = False) -> str:
    """`March 1`, `1 de marzo`; with its year where asked."""
    table = words(language)["months"]
    pattern = table["date"] if year else table["day"]
    return pattern.format(month=table["names"][day.month - 1], day=day.day, year=day.year)
