"""Whether somebody's words cannot wait: a life in danger, a threat, somebody being hurt.

English and Spanish; Chinese, Vietnamese, Korean and Tagalog in words that no native speaker has
read yet. Idioms ("this line is killing me") are taken out first; what is left must say
who is meant. It errs toward telling a person: a few lines too many cost minutes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.responses.rules import urgent_words, urgent_words_more


class UrgencyKind(Word):
    """What a comment that cannot wait speaks of."""

    CRISIS = "crisis", "Suicide or self-harm"
    THREAT = "threat", "A threat of violence"
    HARM = "harm", "Abuse or an emergency"


@dataclass(frozen=True, slots=True)
class Urgency:
    """Why a comment cannot wait; `why` is a sentence of ours and holds none of its words."""

    kind: UrgencyKind
    why: str


# A day, nights and weekends too: what cannot wait is not handled on Monday.
DUE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class InTime:
    """Of those that were due, how many were handled in time."""

    within: int
    due: int


@implements("280.8-b7")
def in_time(cases: Iterable[tuple[datetime, datetime | None]], now: datetime) -> InTime:
    """How many of (found, handled) were handled within a day; those that have more time do not
    count yet. A case has an office and no person to write to: nobody knows who wrote."""
    due = [(found, handled) for found, handled in cases if handled is not None or now > found + DUE]
    within = sum(handled is not None and handled <= found + DUE for found, handled in due)
    return InTime(within, len(due))


_WHY = {
    UrgencyKind.CRISIS: "The words may be about ending a life or hurting oneself.",
    UrgencyKind.THREAT: "The words may announce violence against people or a place.",
    UrgencyKind.HARM: "The words may tell that somebody is abused, or in danger now.",
}
# Where words speak of several, the first decides who is told what.
_PATTERNS = (
    (UrgencyKind.CRISIS, re.compile("|".join(urgent_words.CRISIS))),
    (UrgencyKind.THREAT, re.compile("|".join(urgent_words.THREAT))),
    (UrgencyKind.HARM, re.compile("|".join(urgent_words.HARM))),
)
_IDIOM = re.compile("|".join(urgent_words.IDIOMS))
# Every pattern holds one of these; most comments hold none and are done after one look.
_WORTH_A_LOOK = re.compile("|".join(urgent_words.WORTH_A_LOOK))
_MORE = tuple(
    (kind, re.compile("|".join(listed)))
    for kind, listed in (
        (UrgencyKind.CRISIS, urgent_words_more.CRISIS),
        (UrgencyKind.THREAT, urgent_words_more.THREAT),
        (UrgencyKind.HARM, urgent_words_more.HARM),
    )
)
_MORE_IDIOM = re.compile("|".join(urgent_words_more.IDIOMS))
_MORE_WORTH_A_LOOK = re.compile("|".join(urgent_words_more.WORTH_A_LOOK))
_LONGEST = 20_000


def urgency_of(text: str) -> Urgency | None:
    """Why these words cannot wait, or None. text: as written, before anything is taken out.

    Only the first 20,000 characters are read.
    """
    part = text[:_LONGEST]
    found = _found(_plain(part), _WORTH_A_LOOK, _IDIOM, _PATTERNS)
    more = _found(_composed(part), _MORE_WORTH_A_LOOK, _MORE_IDIOM, _MORE)
    kinds = [each for each in (found, more) if each is not None]
    return min(kinds, key=lambda each: list(UrgencyKind).index(each.kind)) if kinds else None


def _found(
    said: str,
    worth: re.Pattern[str],
    idiom: re.Pattern[str],
    patterns: tuple[tuple[UrgencyKind, re.Pattern[str]], ...],
) -> Urgency | None:
    if not worth.search(said):
        return None
    said = idiom.sub(" … ", said)
    for kind, pattern in patterns:
        if pattern.search(said):
            return Urgency(kind, _WHY[kind])
    return None


def _composed(text: str) -> str:
    """Small letters with their accents, each in one piece, without runs of space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).lower())


def _plain(text: str) -> str:
    """Small letters without accents, apostrophes or runs of space, as the patterns are written."""
    small = text.lower().replace("’", "'").replace("`", "'")
    if not small.isascii():
        parts = unicodedata.normalize("NFD", small)
        small = "".join(each for each in parts if not unicodedata.combining(each))
    return re.sub(r"\s+", " ", small.replace("'", ""))
