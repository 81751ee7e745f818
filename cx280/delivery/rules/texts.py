"""A survey as a text message: who writes, the agency's words, the link, and how to stop.

The agency writes the middle; what a text must say stands around it, so that nobody can leave it
out. The control number stands on the page, for which a text has no room.
"""

from __future__ import annotations

from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.delivery.rules.gsm import in_gsm_where_it_can
from cx280.delivery.rules.letters import About, address_of
from cx280.delivery.rules.words import language_of, words
from cx280.kernel.problem import Unusable

MOST_PARTS = 3
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be sent. language: of its words, which may not be the customer's."""

    words: str
    language: str


@implements("280.10-k4")
def text_of(about: About, sender: str, written: dict[str, str]) -> Text:
    """The text for somebody who speaks `about.language`.

    written: the agency's words by language; English where theirs has none. The usual ones stand
    in where the agency wrote nothing. The link opens the page in the customer's own language.
    """
    language = spoken(about.language, written)
    said = words(language)["text"]
    middle = written.get(language) or said["ask"]
    middle = middle.replace("{service}", about.service)
    opening = said["reminder"] if about.is_reminder else ""
    parts = (f"{sender}:", opening, middle, address_of(about), said["stop"])
    return Text(
        in_gsm_where_it_can(" ".join(" ".join(parts).split())),
        language,
    )


def spoken(language: str, written: dict[str, str]) -> str:
    """The language a text is in for somebody who speaks that one: English where nobody wrote it."""
    base = language.lower().split("-")[0]
    return base if base in written else language_of(base)


def check_words(said: str) -> str:
    """The agency's words on one line; raises Unusable for what would break the text.

    A link or a STOP of its own would stand beside ours.
    """
    line = " ".join(said.split())
    if len(line) > LONGEST_WORDS:
        raise Unusable(f"These words are longer than {LONGEST_WORDS} letters.", fix="Shorten them.")
    if "://" in line or "www." in line.casefold():
        raise Unusable("There is a link in these words.", fix="Leave it out: ours is added.")
    if "{" in line.replace("{service}", "") or "}" in line.replace("{service}", ""):
        raise Unusable("Only {service} stands for something.", fix="Leave out other brackets.")
    return line
