"""Patterns: which answers stood together in one response, as short text that can be counted.

A score needs each question's counts; what drives an outcome needs to know which answers came
from one person. Likert answers repeat: ten thousand responses are a few thousand different ones.
So equal ones are counted together, and nobody has to read the answers again.

A pattern has one character for each column: the code (1 to 9, A for 10, 0 for a thumb down),
`-` where the question was skipped, `.` where it was not shown. Ratings and taps are two kinds of
patterns and never share one (INC-15).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cx280.circular.implements import implements
from cx280.measures.rules.comparability import construct_of, has_score
from cx280.surveys.rules.codes import option_codes
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, Construct

SKIPPED, NOT_SHOWN = "-", "."
CODES = "0123456789A"
OUTCOMES = (Construct.TRUST.value, Construct.SATISFACTION.value)
_DRIVERS = frozenset(each.value for each in DRIVER_CONSTRUCTS)


@dataclass(frozen=True, slots=True)
class Block:
    """Questions whose answers are kept together.

    tapped: the id of the question in which drivers are tapped; "" for outcomes and drivers asked
    on a scale. ratings: ids of the questions on a scale. options: codes of what can be tapped.
    """

    tapped: str
    ratings: tuple[str, ...]
    options: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """What each character of a pattern is about: question ids, then what could be tapped."""
        return [*self.ratings, *(tap_column(self.tapped, each) for each in self.options)]

    def pattern_of(self, answers: Mapping[str, Any]) -> str | None:
        """How somebody answered these questions; None when none of them was shown.

        A tap nobody made is 0: the statement was on the screen. `answers` as in Response.answers.
        """
        rated = "".join(_rated(answers, each) for each in self.ratings)
        if not self.tapped:
            return rated if rated.strip(NOT_SHOWN) else None
        if self.tapped not in answers:
            return None
        given = answers[self.tapped] or ()
        tapped = {given} if isinstance(given, str) else set(given)
        return rated + "".join("1" if each in tapped else "0" for each in self.options)


def tap_column(question: str, option: str) -> str:
    """The column of an option: `why=ease`, which is never a question's id."""
    return f"{question}={option}"


def _rated(answers: Mapping[str, Any], question: str) -> str:
    if question not in answers:
        return NOT_SHOWN
    code = answers[question]
    return CODES[code] if isinstance(code, int) and 0 <= code < len(CODES) else SKIPPED


def code_in(character: str) -> int | None:
    """The code a character of a pattern stands for; None where nobody answered."""
    return CODES.index(character) if character in CODES else None


@implements("INC-15", "INC-42")
def blocks_of(document: SurveyDocument) -> tuple[Block, ...]:
    """What is kept together of a survey: outcomes with drivers on a scale, and each set of taps.

    Tapped drivers stand under the rating they belong to; without one, under both outcomes.
    """
    scored = [each for each in document.questions if has_score(each)]
    outcomes = [each.id for each in scored if construct_of(each) in OUTCOMES]
    drivers = [each.id for each in scored if construct_of(each) in _DRIVERS]
    found = [Block("", (*outcomes, *drivers))] if outcomes and drivers else []
    for question in document.questions:
        if question.mode is not None:
            ratings = _under(question, document) or tuple(outcomes)
            if ratings:
                found.append(Block(question.id, ratings, tuple(option_codes(question))))
    return tuple(found)


def _under(tapped: Question, document: SurveyDocument) -> tuple[str, ...]:
    parent = document.question(tapped.parent) if tapped.parent else None
    return (parent.id,) if parent is not None and has_score(parent) else ()


def digest_of(patterns: Mapping[str, int]) -> str:
    """The same for the same patterns with the same counts, in any order."""
    said = ";".join(f"{pattern}:{n}" for pattern, n in sorted(patterns.items()))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def parts_digest(digests: Iterable[str]) -> str:
    """One digest for several."""
    return hashlib.sha256("|".join(sorted(digests)).encode()).hexdigest()[:32]
