"""The alphabet that every phone has, GSM 7-bit, and how much room a text takes in it."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

# GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), and its extension, which counts double.
_ALPHABET = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = set("^{}\\[~]|€")
_PLAIN = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...",
    "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
}  # fmt: skip


def plain(text: str) -> str:
    """The text in letters that every phone has: `“Pay”` as `"Pay"`, `Ł` as `?`."""
    return "".join(_letter(each) for each in text)


def length_of(text: str) -> int:
    """How many of the 160 characters a text takes."""
    return sum(2 if each in _DOUBLE else 1 for each in text)


def _letter(letter: str) -> str:
    if _in_gsm(letter):
        return letter
    if letter in _PLAIN:
        return _PLAIN[letter]
    bare = unicodedata.normalize("NFKD", letter)[0]
    return bare if bare in _ALPHABET else "?"


class Size(NamedTuple):
    """What a text takes on its way: a phone joins its parts, the agency pays for each.

    used: characters, of `room` in that many parts. strange: the letters that made it UCS-2, in
    which a part holds 70 instead of 160; "" in GSM.
    """

    used: int
    parts: int
    room: int
    strange: str

    @property
    def is_gsm(self) -> bool:
        """Whether every letter is in the alphabet of phones."""
        return not self.strange

    @property
    def many_strange(self) -> bool:
        """Whether more than a few letters are not in it: another script, say."""
        return len(self.strange) > 6


def size_of(text: str) -> Size:
    """How long a text is as networks count it (3GPP TS 23.040, 9.2.3.24.1)."""
    strange = "".join(dict.fromkeys(each for each in text if not _in_gsm(each)))
    if strange:
        units = [len(each.encode("utf-16-le")) // 2 for each in text]
        return _size(units, 70, 67, strange)
    return _size([length_of(each) for each in text], 160, 153, "")


def in_gsm_where_it_can(text: str) -> str:
    """The text with quotes, dashes and blanks that every phone has; letters stay as they are."""
    return "".join(_PLAIN.get(each, each) for each in text)


def _in_gsm(letter: str) -> bool:
    return letter in _ALPHABET or letter in _DOUBLE


def _size(units: list[int], whole: int, part: int, strange: str) -> Size:
    """Parts are filled letter by letter: one that takes two places is never cut in two."""
    used = sum(units)
    if used <= whole:
        return Size(used, 1, whole, strange)
    parts, filled = 1, 0
    for each in units:
        if filled + each > part:
            parts, filled = parts + 1, 0
        filled += each
    return Size(used, parts, parts * part, strange)
