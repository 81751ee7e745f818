"""What somebody types into a search, as the two databases want it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_SHORTEST = 4  # letters
_OF_GENDER = ("a", "o", "e")
MOST_WORDS = 12


def folded(text: str) -> str:
    """Small letters without accents: who types `renovacion` finds `renovación`."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in apart if not unicodedata.combining(each))


def words_in(typed: str) -> list[str]:
    """The words typed, folded, without signs that a database would read as commands."""
    words = [each.strip("_") for each in _WORD.findall(folded(typed))]
    return [each for each in words if each][:MOST_WORDS]


def forms_of(word: str) -> list[str]:
    """The word, and how it begins in its other Spanish forms: `nuevas` also as `nuev`.

    The databases know English endings themselves. A beginning of fewer than four letters would
    find too much, so it is left out.
    """
    one = _singular(word)
    root = one[:-1] if one[-1:] in _OF_GENDER else one
    if root.endswith("s"):  # the databases would take it for an English plural, and cut it again
        root = one
    begins = [each for each in (one, root) if len(each) >= _SHORTEST]
    return list(dict.fromkeys([word, *begins[-1:]]))


def _singular(word: str) -> str:
    if word.endswith("ces"):
        return f"{word[:-3]}z"
    if word.endswith("es") and word[-3:-2] in "lnrdjsy":
        return word[:-2]
    return word.removesuffix("s")


def for_sqlite(words: Iterable[str]) -> str:
    """All words in any form, each also as the beginning of a longer one, for FTS5."""
    return " AND ".join(
        "(" + " OR ".join(f'"{form}"*' for form in forms_of(each)) + ")" for each in words
    )


def for_postgresql(words: Iterable[str]) -> str:
    """The same for `to_tsquery`."""
    return " & ".join(
        "(" + " | ".join(f"{form}:*" for form in forms_of(each)) + ")" for each in words
    )
