"""The alphabet that every phone has, GSM 7-bit, and how much room a text takes in it."""

from __future__ import annotations

import unicodedata

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
    if letter in _ALPHABET or letter in _DOUBLE:
        return letter
    if letter in _PLAIN:
        return _PLAIN[letter]
    bare = unicodedata.normalize("NFKD", letter)[0]
    return bare if bare in _ALPHABET else "?"
