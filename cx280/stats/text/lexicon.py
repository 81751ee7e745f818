"""The word lists beside this file: small words, and words that praise or complain."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cx280.stats.text.tokens import plain

LANGUAGES = ("en", "es")


def small_words(language: str) -> tuple[str, ...]:
    """Words that any text of the language has and that say nothing alone; () for an unknown one."""
    return tuple(_lists(language).get("small", "").split())


def tone_words(language: str) -> dict[str, float]:
    """{word without accents: weight}, above 0 for praise, below for complaint, -3 to 3."""
    found: dict[str, float] = {}
    for weight, words in _lists(language).get("tone", {}).items():
        found.update(dict.fromkeys((plain(word) for word in words.split()), float(weight)))
    return found


def written_words(language: str) -> tuple[str, ...]:
    """The words that have a tone as the language writes them, accents included."""
    return tuple(" ".join(_lists(language).get("tone", {}).values()).split())


def phrases(language: str) -> dict[tuple[str, ...], float]:
    """{words of a phrase without accents: weight}: they count as one, before their words do."""
    listed = _lists(language).get("phrases", {})
    return {
        tuple(plain(word) for word in phrase.split()): float(weight)
        for weight, lines in listed.items()
        for phrase in lines
    }


def turning_words(language: str) -> frozenset[str]:
    """Words that turn the next ones round (`not`, `nunca`), without accents."""
    return frozenset(plain(word) for word in _lists(language).get("turning", "").split())


def stronger_words(language: str) -> frozenset[str]:
    """Words that make the next one stronger (`very`, `muy`), without accents."""
    return frozenset(plain(word) for word in _lists(language).get("stronger", "").split())


@cache
def _lists(language: str) -> dict[str, Any]:
    if language not in LANGUAGES:
        return {}
    path = Path(__file__).parent / f"words-{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
