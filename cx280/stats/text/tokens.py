"""Words of a text: lower-case, without what redaction took out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

# A word, also with an inner apostrophe or hyphen: `don't`, `sign-in`.
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+", re.UNICODE)
_REDACTED = re.compile(r"\[[a-z][a-z \-]{1,30}\]")


def cleaned(text: str) -> str:
    """The text in lower case and one form (NFC), without the labels `[phone]` of redaction.

    Any string, also empty; unicode 15, annex 15 (normal forms).
    """
    one = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return _REDACTED.sub(" ", one)


def words_of(text: str) -> list[str]:
    """The words in their order, lower-case; numbers become `#`; an empty list for no words."""
    found = _WORD.findall(cleaned(text))
    return ["#" if each[0].isdigit() else each for each in found]


def pairs_of(words: Sequence[str]) -> Iterator[str]:
    """Each two words that stand side by side, joined by a space: n - 1 of n words."""
    return (f"{first} {second}" for first, second in pairwise(words))


def pieces_of(words: Sequence[str], shortest: int = 2, longest: int = 5) -> Iterator[str]:
    """Every run of `shortest` to `longest` characters in each word, with a space at its ends.

    They find misspelled words and other endings of one word, in any language written in letters
    (Cavnar and Trenkle 1994, N-gram-based text categorization).
    """
    for word in words:
        padded = f" {word} "
        for length in range(shortest, min(longest, len(padded)) + 1):
            for at in range(len(padded) - length + 1):
                yield padded[at : at + length]


def plain(word: str) -> str:
    """The word without accents, so that `rapido` finds `rápido`; ñ stays its own letter."""
    kept = word.replace("ñ", "\0")
    bare = unicodedata.normalize("NFD", kept)
    return "".join(each for each in bare if not unicodedata.combining(each)).replace("\0", "ñ")
