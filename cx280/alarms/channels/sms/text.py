"""An alarm in one text message: 160 characters of the alphabet that every phone has."""

from __future__ import annotations

import unicodedata

from cx280.alarms.rules.message import Message, Told, shortened
from cx280.kernel.problem import Unusable

LONGEST = 160
_SHORTEST_HEADLINE = 24

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


def text_of(message: Message) -> str:
    """The text with the link to the alarm. Where it is too long, figures go before the headline.

    Raises Unusable where the link alone leaves no room for words.
    """
    room = LONGEST - length_of(message.address) - 1
    opening = "SIMULATED. " if message.simulated else ""
    opening += "" if message.kind is Told.OPENED else f"{message.kind.label}: "
    if room < len(opening) + _SHORTEST_HEADLINE:
        raise Unusable(
            "The web address of cx280 is too long for a text message.",
            field="CX280_ADDRESS",
            fix="Give cx280 a shorter address (CX280_ADDRESS).",
        )
    for words in (f"{message.what}. {message.how_bad}", message.what):
        said = f"{opening}{plain(words)}"
        if length_of(said) <= room:
            return f"{said} {message.address}"
    return f"{_cut(said, room)} {message.address}"


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


def _cut(text: str, most: int) -> str:
    """Shortened until it fits, double characters counted; three dots take three."""
    for room in range(most - 2, 0, -1):
        cut = plain(shortened(text, room))
        if length_of(cut) <= most:
            return cut
    return ""
