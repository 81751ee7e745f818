"""Drivers that people tap: what low raters tap and what high raters do, never a mean (INC-15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cx280.circular.implements import implements
from cx280.measures.rules.comparability import Key
from cx280.measures.rules.driver_document import left_out_data, told
from cx280.measures.rules.drivers import (
    ASSOCIATION,
    names_of,
    patterns_in,
    quarters_of,
    refusal_words,
)
from cx280.measures.rules.patterns import tap_column
from cx280.measures.rules.pooling import Column, LeftOut, Pool
from cx280.measures.rules.scores import polarity_of, scale_of
from cx280.stats.drivers import TapAnalysis, TooThin, analyse_taps
from cx280.stats.drivers.taps import TapMode, TappedDriver, TapShare
from cx280.surveys.rules.codes import option_codes
from cx280.surveys.rules.document import Question
from cx280.surveys.rules.vocabulary import DriverMode


@dataclass(frozen=True, slots=True)
class TapFinding:
    """What is tapped under low and under high ratings of an outcome, or why that cannot be told.

    question: the words over the taps; rating: those of the rating; texts: {name: the option's
    words}. The other fields as of `Finding`.
    """

    outcome: str
    question: str
    rating: str
    key: str
    quarters: tuple[str, ...]
    answers: int
    analysis: TapAnalysis | None
    texts: Mapping[str, str]
    refusal: str
    needed: int | None
    left_out: tuple[LeftOut, ...]
    overrides: tuple[str, ...]
    self_selected: bool


def tapped_columns(question: Question, key: Key) -> tuple[Column, ...]:
    """A column for each option: what people could tap, and what it stands for.

    Two surveys share an option only when its words and its driver are the same.
    """
    return tuple(
        Column(
            tap_column(question.id, code),
            replace(key, construct=option.driver or "other", statement=option.words()),
            option.words(),
        )
        for code, option in zip(option_codes(question), question.options, strict=True)
    )


@implements("INC-15", "INC-42", "280.4-f2")
def tap_finding_of(pool: Pool, outcome: str, question: Question, *, smallest: int) -> TapFinding:
    """How tapping each driver goes with the rating above it, in a pool."""
    patterns = patterns_in(pool)
    names = list(patterns.names[1:])
    low, high = (_codes(pool.outcome.key.scale, side) for side in ("low", "high"))
    mode: TapMode = "tapping" if question.mode is DriverMode.TAPPING else "multiple_choice"
    analysis, thin = None, None
    try:
        analysis = analyse_taps(patterns, patterns.names[0], names, mode=mode, low=low, high=high)
    except TooThin as problem:
        thin = problem
    return TapFinding(
        outcome=outcome,
        question=question.words(),
        rating=pool.outcome.text,
        key=pool.outcome.key.written,
        quarters=quarters_of(pool),
        answers=pool.answers,
        analysis=analysis,
        texts={
            name: column.text
            for name, column in zip(names_of(pool.drivers), pool.drivers, strict=True)
        },
        refusal=refusal_words(thin, smallest) if thin else "",
        needed=thin.needed if thin else None,
        left_out=pool.left_out,
        overrides=pool.overrides,
        self_selected=any(part.self_selected for part in pool.parts),
    )


def _codes(response: str, side: str) -> list[int]:
    """The codes of a scale that count as low, or as high."""
    codes = scale_of(response).codes
    return [code for code in codes if polarity_of(code, response) == side]


@implements("280.4-f2")
def tap_document_of(finding: TapFinding, *, smallest: int) -> dict[str, Any]:
    """The finding as plain JSON values; every document carries the note on association."""
    analysis = finding.analysis
    return {
        "outcome": finding.outcome,
        "question": finding.question,
        "rating": finding.rating,
        "key": finding.key,
        "quarters": list(finding.quarters),
        "answers": told(finding.answers, smallest),
        "low_raters": analysis.low if analysis else None,
        "high_raters": analysis.high if analysis else None,
        "taps": [_tap(each, finding) for each in analysis.drivers] if analysis else [],
        "refused": finding.refusal,
        "needed": finding.needed,
        "left_out": [left_out_data(each, smallest) for each in finding.left_out],
        "overrides": list(finding.overrides),
        "self_selected": finding.self_selected,
        "notes": list(analysis.notes) if analysis else [],
        "association": ASSOCIATION,
    }


def _tap(tapped: TappedDriver, finding: TapFinding) -> dict[str, Any]:
    return {
        "driver": tapped.driver,
        "option": finding.texts[tapped.driver],
        "under_low": _share(tapped.under_low),
        "under_high": _share(tapped.under_high),
        "difference": round(tapped.difference.difference, 4),
        "low": round(tapped.difference.low, 4),
        "high": round(tapped.difference.high, 4),
        "side": tapped.side,
    }


def _share(share: TapShare) -> dict[str, Any]:
    return {
        "share": round(share.share, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
        "n": share.shown,
    }


def more_under_low(analysis: TapAnalysis) -> Sequence[TappedDriver]:
    """What low raters tap more than high raters, the widest difference first."""
    return [each for each in analysis.drivers if each.side == "penalty"]
