"""What goes with trust or satisfaction, from pooled patterns: figures, scores, what to fix first.

Everything here is association. A driver that goes with trust need not cause it, and the note that
says so stands in every file (280.4-f2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.circular.implements import implements
from cx280.measures.rules.key_words import construct_words
from cx280.measures.rules.patterns import CODES
from cx280.measures.rules.pooling import Column, LeftOut, Part, Pool
from cx280.measures.rules.scores import Share, share_agreeing
from cx280.measures.rules.suppression import is_too_few
from cx280.stats.drivers import (
    DriverAnalysis,
    DriverImportance,
    Patterns,
    TooThin,
    analyse,
    check_order,
    readiness,
)
from cx280.stats.drivers.notes import beyond_chance
from cx280.stats.drivers.readiness import LEAST_PEOPLE, answered_outcome
from cx280.surveys.rules.vocabulary import Construct

ENOUGH = LEAST_PEOPLE
ASSOCIATION = (
    "Associated with, not caused by: people who rate a driver higher also rate the outcome higher. "
    "Other things, such as earlier visits or the weather, may move both."
)
NO_MORE_THAN_CHANCE = (
    "All drivers together go with {outcome} no more than chance alone would make them."
)
TOO_FEW = "Too few people answered to tell drivers apart."


@dataclass(frozen=True, slots=True)
class Driver:
    """A driver with its importance and its score.

    name: short and unlike the others'. found: its part of R², with intervals and ranks. score: the
    share agreeing. fix_first: more than an even part of what is explained, and a score below those
    of half the drivers, both with the whole interval.
    """

    name: str
    construct: str
    text: str
    found: DriverImportance
    score: Share
    fix_first: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What goes with an outcome, or why that cannot be told.

    outcome: trust or satisfaction; measured: which kind of it (trust_level); question and key: as
    it was asked. drivers: most important first; empty with a `refusal`, whose `needed` says how
    many answers would do, where more of them would. answers: everybody pooled, with an answer to
    the outcome or without. even_part, middle_score: the lines that `fix_first` is held against.
    ordinal: what a model that takes answers as ordered, not as numbers, says of the order.
    """

    outcome: str
    measured: str
    question: str
    key: str
    quarters: tuple[str, ...]
    answers: int
    drivers: tuple[Driver, ...]
    leading: tuple[str, ...]
    analysis: DriverAnalysis | None
    refusal: str
    needed: int | None
    left_out: tuple[LeftOut, ...]
    overrides: tuple[str, ...]
    self_selected: bool
    middle_score: float | None
    ordinal: str

    @property
    def even_part(self) -> float:
        """What each driver would have if all mattered alike."""
        return 1 / len(self.drivers) if self.drivers else 1.0

    @property
    def fix_first(self) -> tuple[Driver, ...]:
        """The drivers that matter most among those people agree with least."""
        return tuple(each for each in self.drivers if each.fix_first)


@implements("280.10-a3", "280.4-f2", "INC-42", "INC-09")
def finding_of(pool: Pool, outcome: str, *, smallest: int) -> Finding:
    """What goes with the outcome in a pool, or why that cannot be told.

    smallest: fewer people than this are never counted out loud.
    """
    patterns = patterns_in(pool)
    names = list(patterns.names[1:])
    thin = readiness(patterns, patterns.names[0], names)
    analysis = None
    if thin is None:
        try:
            analysis = analyse(patterns, patterns.names[0], names)
        except TooThin as problem:
            thin = problem
    refusal = refusal_words(thin, smallest) if thin else ""
    if analysis and not _tells(patterns, analysis):
        analysis, refusal = None, NO_MORE_THAN_CHANCE.format(outcome=outcome)
    drivers = _drivers(pool, patterns, analysis) if analysis else ()
    return Finding(
        outcome=outcome,
        measured=pool.outcome.key.construct,
        question=pool.outcome.text,
        key=pool.outcome.key.written,
        quarters=quarters_of(pool),
        answers=pool.answers,
        drivers=drivers,
        leading=analysis.leading if analysis else (),
        analysis=analysis,
        refusal=refusal,
        needed=thin.needed if thin else None,
        left_out=pool.left_out,
        overrides=pool.overrides,
        self_selected=any(part.self_selected for part in pool.parts),
        middle_score=_middle([each.score for each in drivers]),
        ordinal=check_order(patterns, analysis).sentence if analysis else "",
    )


def _tells(patterns: Patterns, analysis: DriverAnalysis) -> bool:
    """Whether the drivers go with the outcome more than chance alone would make them."""
    used = answered_outcome(patterns, patterns.names[0], patterns.names[1:])
    return beyond_chance(used, analysis.r2)


def refusal_words(thin: TooThin, smallest: int) -> str:
    """Why not, without telling of fewer than `smallest` people."""
    return TOO_FEW if thin.n is not None and is_too_few(thin.n, smallest) else str(thin)


def quarters_of(pool: Pool) -> tuple[str, ...]:
    """The quarters that are pooled, oldest first."""
    return tuple(str(each) for each in sorted({part.quarter for part in pool.parts}))


def names_of(columns: Sequence[Column]) -> list[str]:
    """A short name for each driver; its words too where two ask about the same."""
    labels = [_label(each.key.construct) for each in columns]
    often = Counter(labels)
    return [
        label if often[label] == 1 else f"{label}: {column.text}"
        for label, column in zip(labels, columns, strict=True)
    ]


def _label(construct: str) -> str:
    """The short name of what a driver measures; a tapped option may stand for the two of one."""
    known = {each.value: each.label for each in Construct}
    return known.get(construct) or construct.replace("_", " or ").capitalize()


def patterns_in(pool: Pool) -> Patterns:
    """The pooled answers as the library takes them: the outcome first, NaN where nobody answered.

    The outcome's name is what it measures in words.
    """
    wanted = [pool.outcome, *pool.drivers]
    values = [_values(part, wanted) for part in pool.parts]
    people = [np.fromiter(part.patterns.values(), np.float64) for part in pool.parts]
    names = (outcome_name(pool.outcome), *names_of(pool.drivers))
    return Patterns(names, np.concatenate(values), np.concatenate(people)).compressed()


def outcome_name(outcome: Column) -> str:
    """`trust`, `satisfaction`, `confidence`: the outcome as it stands in a sentence."""
    measured = outcome.key.construct
    return "trust" if measured.startswith("trust") else construct_words(measured)


def _values(part: Part, wanted: Sequence[Column]) -> NDArray[np.float64]:
    """(P, k) the codes of these questions in a part's patterns."""
    width = len(part.columns)
    letters = np.frombuffer("".join(part.patterns).encode("ascii"), np.uint8).reshape(-1, width)
    by_key = {part.outcome.key: part.outcome, **{each.key: each for each in part.drivers}}
    asked = [part.outcome, *(by_key[each.key] for each in wanted[1:])]
    places = [part.columns.index(each.id) for each in asked]
    found: NDArray[np.float64] = _CODE_OF[letters[:, places]]
    return found


def _code_table() -> NDArray[np.float64]:
    table = np.full(256, np.nan)
    for code, character in enumerate(CODES):
        table[ord(character)] = code
    return table


_CODE_OF = _code_table()


def _drivers(pool: Pool, patterns: Patterns, analysis: DriverAnalysis) -> tuple[Driver, ...]:
    columns = dict(zip(patterns.names[1:], pool.drivers, strict=True))
    scores = {name: _score(patterns, name, column) for name, column in columns.items()}
    middle = _middle(list(scores.values()))
    even = 1 / len(analysis.drivers)
    return tuple(
        Driver(
            name=each.driver,
            construct=columns[each.driver].key.construct,
            text=columns[each.driver].text,
            found=each,
            score=scores[each.driver],
            fix_first=middle is not None
            and each.share_low > even
            and scores[each.driver].high < middle,
        )
        for each in analysis.drivers
    )


def _score(patterns: Patterns, name: str, column: Column) -> Share:
    """The share agreeing, of everybody pooled who answered this driver."""
    answers = patterns.column(name)
    given = ~np.isnan(answers)
    people = np.bincount(answers[given].astype(np.int64), patterns.people[given])
    counts = {str(code): round(n) for code, n in enumerate(people.tolist()) if n}
    return share_agreeing(counts, column.key.scale)


def _middle(scores: Sequence[Share]) -> float | None:
    """The line that half of the drivers score below; no mean of different questions."""
    known = sorted(each.share for each in scores if each.share is not None)
    if not known:
        return None
    at = len(known) // 2
    return known[at] if len(known) % 2 else (known[at - 1] + known[at]) / 2
