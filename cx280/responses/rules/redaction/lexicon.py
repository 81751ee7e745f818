"""What kind of name a word can be: given name, surname, or a word and place besides.

Read once from names.txt beside this file, whose head says where the names come from.
"""

from __future__ import annotations

import unicodedata
from enum import IntFlag
from functools import cache
from importlib.resources import files


class Name(IntFlag):
    """What a word can be; a word of several kinds carries several."""

    GIVEN = 1
    GIVEN_OR_WORD = 2  # Grace, Mark, Austin: believed only beside something that says "a person"
    SURNAME = 4
    SURNAME_OR_WORD = 8  # Brown, Price, Lincoln
    WORD_WHEN_SMALL = 16  # Rosa, Jack: a given name with a capital, a word without
    COMMON = 32  # among the five hundred given names that most people carry


_SECTIONS = {
    "given": Name.GIVEN,
    "given, also words or places": Name.GIVEN_OR_WORD,
    "given, a word without a capital": Name.WORD_WHEN_SMALL,
    "surnames": Name.SURNAME,
    "surnames, also words or places": Name.SURNAME_OR_WORD,
}


_COMMON = 500


@cache
def lexicon() -> dict[str, int]:
    """Every name, folded, with what it can be as bits of `Name`."""
    found: dict[str, int] = {}
    kind = Name.GIVEN
    text = files(__package__).joinpath("names.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            kind = _SECTIONS[line.strip("[]")]
        elif not line.startswith("#"):
            for name in line.split():
                common = Name.COMMON if kind is Name.GIVEN and len(found) < _COMMON else 0
                found[name] = found.get(name, 0) | int(kind) | int(common)
    return found


def folded(word: str) -> str:
    """The word in small letters without accents, as the lexicon writes it."""
    small = word.lower()
    if small.isascii():
        return small
    parts = unicodedata.normalize("NFD", small)
    return "".join(each for each in parts if not unicodedata.combining(each))


def kind_of(word: str) -> int:
    """What the word can be, as bits of `Name`; 0 when it is no name we know.

    `Garcia-Lopez` is what its first part is.
    """
    table = lexicon()
    plain = folded(word)
    known = table.get(plain)
    if known is None and ("-" in plain or "'" in plain or "’" in plain):
        parts = plain.replace("’", "'").replace("'", "-").split("-")
        known = table.get("".join(parts)) or _joined([table.get(each, 0) for each in parts])
    return known or 0


def _joined(kinds: list[int]) -> int:
    """Two names with a hyphen; `Winston-Salem`, one of them a place, is no certain name."""
    unsure = int(Name.GIVEN_OR_WORD | Name.SURNAME_OR_WORD)
    if any(each & unsure for each in kinds):
        return int(Name.SURNAME_OR_WORD)
    return max(kinds, default=0)
