"""What a poster says; nothing here draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.delivery.rules.words import LANGUAGES, day_in_words, words


@dataclass(frozen=True, slots=True)
class Poster:
    """One office's poster.

    address: what the code opens. short: what people type. languages: of the survey.
    control_number, expires_on: "" and None without a clearance. minutes: None where not known.
    """

    agency: str
    office: str
    service: str
    address: str
    short: str
    languages: Sequence[str]
    control_number: str = ""
    expires_on: date | None = None
    minutes: float | None = None
    simulated: bool = False

    @property
    def is_long(self) -> bool:
        """Whether its words need smaller letters to stay on the page."""
        return len(self.office) > 50 or len(self.service) > 34 or len(self.short) > 40


@dataclass(frozen=True, slots=True)
class Side:
    """What a poster says in one language."""

    language: str
    headline: str
    lead: str
    length: str
    scan: str
    type_it: str
    foot: tuple[str, ...]
    simulated: str


@implements("280.8-b9")
def sides(poster: Poster) -> list[Side]:
    """The words in each language that both the survey and cx280 speak, English first.

    English where they share none. Who asks, how long it takes, that nobody must, and by what
    number: before anybody takes out a telephone.
    """
    bases = {each.split("-")[0] for each in poster.languages}
    shared = [each for each in LANGUAGES if each in bases]
    return [_side(poster, language) for language in shared or LANGUAGES[:1]]


def _side(poster: Poster, language: str) -> Side:
    said = words(language)["poster"]
    return Side(
        language=language,
        headline=said["headline"],
        lead=said["lead"].format(service=poster.service),
        length=_length(said, poster.minutes),
        scan=said["scan"],
        type_it=said["type"],
        foot=_foot(poster, said, language),
        simulated=said["simulated"] if poster.simulated else "",
    )


def _length(said: dict[str, str], minutes: float | None) -> str:
    if minutes is None:
        return ""
    if minutes < 1:
        return said["under_one"]
    return said["one_minute"] if round(minutes) == 1 else said["minutes"].format(n=round(minutes))


def _foot(poster: Poster, said: dict[str, str], language: str) -> tuple[str, ...]:
    voluntary = said["voluntary"]
    if not poster.control_number or poster.expires_on is None:
        return (voluntary,)
    expires = day_in_words(poster.expires_on, language, year=True)
    return (voluntary, said["control"].format(number=poster.control_number, expires=expires))
