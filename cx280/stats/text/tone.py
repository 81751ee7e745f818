"""The tone of a comment: its words of praise and of complaint weighed against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cx280.stats.text import lexicon
from cx280.stats.text.tokens import plain, words_of

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
_REACH = 3  # how many words a `not` reaches forward
_TURNED, _STRONGER, _LEAST = -0.7, 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Tone:
    """`negative`, `neutral` or `positive`; the balance, any number, 0 even; the words that told."""

    tone: str
    balance: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    single: dict[str, float]
    phrases: dict[tuple[str, ...], float]
    turning: frozenset[str]
    stronger: frozenset[str]


def tone_of(text: str, language: str = "en") -> Tone:
    """The tone of a text in English or Spanish; neutral, with no words, in any other language.

    A word counts with its weight, more after `very`, turned round and weaker within three words
    after `not` (Taboada and others 2011, Lexicon-based methods for sentiment analysis). It says
    how the words sound, and nothing about who is right.
    """
    known = _words(language)
    words = [plain(word) for word in words_of(text)]
    balance, told, at = 0.0, [], 0
    while at < len(words):
        length, weight = _weight_at(known, words, at)
        if weight:
            balance += weight * _shift(known, words, at)
            told.append(" ".join(words[at : at + length]))
        at += length
    tone = POSITIVE if balance >= _LEAST else NEGATIVE if balance <= -_LEAST else NEUTRAL
    return Tone(tone, balance, tuple(told))


def _weight_at(known: _Words, words: Sequence[str], at: int) -> tuple[int, float]:
    """How many words the longest entry at this place has, and its weight; (1, 0) for none."""
    for length in (4, 3, 2):
        phrase = tuple(words[at : at + length])
        if phrase in known.phrases:
            return length, known.phrases[phrase]
    return 1, known.single.get(words[at], 0.0)


def _shift(known: _Words, words: Sequence[str], at: int) -> float:
    before = words[max(0, at - _REACH) : at]
    factor = _STRONGER if before and before[-1] in known.stronger else 1.0
    return factor * (_TURNED if any(word in known.turning for word in before) else 1.0)


@cache
def _words(language: str) -> _Words:
    return _Words(
        lexicon.tone_words(language),
        lexicon.phrases(language),
        lexicon.turning_words(language),
        lexicon.stronger_words(language),
    )
