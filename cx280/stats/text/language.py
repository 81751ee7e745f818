"""Which language a short text is in: English or Spanish by its small words, else unknown."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache

from cx280.stats.text.lexicon import small_words, written_words
from cx280.stats.text.tokens import cleaned, pieces_of, words_of

# How much a word speaks for a language, in natural log odds: so much for a small word of one
# language alone, at most so much for another word by its looks, and the page's own as a start.
_SMALL, _LOOKS, _LETTER, _PRIOR, _ENOUGH = 2.0, 1.5, 1.5, 2.0, 1.5
_ONLY_SPANISH = "ñ¿¡áíóú"
_SMOOTHING, _WEIGHT = 0.5, 0.35


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (`en`, `es`, or the page's own when the words do not tell) and how sure.

    odds: natural log odds for the language over the other, ≥ 0. told: whether the words told,
    and not the page alone.
    """

    language: str
    odds: float
    told: bool


def language_of(text: str, page: str = "") -> Guess:
    """The language of a text of any length; page: of the page it was written on, a hint.

    A page in a third language is believed unless the words clearly are English or Spanish. Words
    are weighed by hand-kept lists, as naive Bayes would with equal chances (Cavnar and Trenkle
    1994 and later work use far more text than a comment has).
    """
    odds = _odds(text)
    if page not in {"en", "es"}:
        clear = abs(odds) >= _ENOUGH + 1
        return Guess(("es" if odds > 0 else "en") if clear else page or "en", abs(odds), clear)
    weighed = odds + (_PRIOR if page == "es" else -_PRIOR)
    found = "es" if weighed > 0 else "en"
    return Guess(found, abs(weighed), abs(odds) >= _ENOUGH)


def _odds(text: str) -> float:
    """Log odds of Spanish over English."""
    lists = _lists()
    odds = 0.0
    for word in words_of(text):
        english, spanish = word in lists["en"], word in lists["es"]
        if english != spanish:
            odds += _SMALL if spanish else -_SMALL
        elif not english and word != "#":
            odds += min(max(_looks(word), -_LOOKS), _LOOKS)
    whole = cleaned(text)
    return odds + _LETTER * any(letter in whole for letter in _ONLY_SPANISH)


def _looks(word: str) -> float:
    """Log odds of Spanish over English by the runs of three letters in a word."""
    runs = _runs()
    return _WEIGHT * sum(runs.get(run, 0.0) for run in pieces_of([word], 3, 3))


@cache
def _runs() -> dict[str, float]:
    """{three letters: log odds}, as the words of the lists have them, each word counted once."""
    counted = {
        language: Counter(pieces_of([*_lists()[language], *_listed(language)], 3, 3))
        for language in ("en", "es")
    }
    whole = {language: sum(found.values()) for language, found in counted.items()}
    every = set(counted["en"]) | set(counted["es"])
    shift = math.log(whole["es"] / whole["en"])
    return {
        run: math.log((counted["es"][run] + _SMOOTHING) / (counted["en"][run] + _SMOOTHING)) - shift
        for run in every
    }


def _listed(language: str) -> list[str]:
    listed = " ".join(written_words(language))
    return sorted(set(words_of(listed)) - _lists()[language])


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {language: frozenset(small_words(language)) for language in ("en", "es")}
