"""An alarm in one text message: 160 characters of the alphabet that every phone has."""

from __future__ import annotations

from cx280.alarms.rules.message import Message, Told, shortened
from cx280.delivery.rules.gsm import length_of, plain
from cx280.kernel.problem import Unusable

LONGEST = 160
_SHORTEST_HEADLINE = 24


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


def _cut(text: str, most: int) -> str:
    """Shortened until it fits, double characters counted; three dots take three."""
    for room in range(most - 2, 0, -1):
        cut = plain(shortened(text, room))
        if length_of(cut) <= most:
            return cut
    return ""
