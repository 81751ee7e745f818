"""What somebody types into a search, as the two databases want it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
MOST_WORDS = 12


def words_in(typed: str) -> list[str]:
    """The words typed, in small letters, without signs that a database would read as commands."""
    return [each.lower().strip("_") for each in _WORD.findall(typed) if each.strip("_")][
        :MOST_WORDS
    ]


def for_sqlite(words: Iterable[str]) -> str:
    """All words, each also as the beginning of a longer one, for FTS5."""
    return " ".join(f'"{each}"*' for each in words)


def for_postgresql(words: Iterable[str]) -> str:
    """The same for `to_tsquery`."""
    return " & ".join(f"{each}:*" for each in words)
