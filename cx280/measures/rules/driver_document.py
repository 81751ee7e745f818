"""What goes with an outcome as a document for programs: the API and the page's JSON file."""

from __future__ import annotations

from typing import Any

from cx280.circular.implements import implements
from cx280.measures.rules.drivers import ASSOCIATION, Driver, Finding
from cx280.measures.rules.pooling import LeftOut
from cx280.measures.rules.suppression import is_too_few

OVERRIDDEN = "Pooled although not comparable, because the user asked for it."
SELF_SELECTED = (
    "People chose to answer from a link: no figure has a range, for there is no margin of sampling "
    "error. Ranks say what chance would do among those who answered."
)


@implements("280.4-f2", "280.3-a5")
def document_of(finding: Finding, *, smallest: int) -> dict[str, Any]:
    """The finding as plain JSON values; every document carries the note on association.

    Shares are 0 to 1, to four decimals. Of fewer than `smallest` people left out, no count.
    """
    analysis = finding.analysis
    return {
        "outcome": finding.outcome,
        "measured": finding.measured,
        "question": finding.question,
        "key": finding.key,
        "quarters": list(finding.quarters),
        "answers": told(finding.answers, smallest),
        "analysed": analysis.n if analysis else None,
        "complete": analysis.complete if analysis else None,
        "explained": round(analysis.r2, 4) if analysis else None,
        "leading": list(finding.leading),
        "drivers": [_driver(each) for each in finding.drivers],
        "refused": finding.refusal,
        "needed": finding.needed,
        "left_out": [left_out_data(each, smallest) for each in finding.left_out],
        "overrides": list(finding.overrides),
        "self_selected": finding.self_selected,
        "notes": notes_of(finding),
        "association": ASSOCIATION,
    }


def without_margins(document: dict[str, Any]) -> dict[str, Any]:
    """The document with no interval at all where people found the survey by themselves."""
    if not document["self_selected"]:
        return document
    return {key: _bare(value) for key, value in document.items()}


def _bare(value: Any) -> Any:  # noqa: ANN401  JSON is anything
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: None if key in _MARGINS else _bare(each) for key, each in value.items()}


_MARGINS = frozenset({"low", "high", "agree_low", "agree_high"})


def notes_of(finding: Finding) -> list[str]:
    """What a reader must know beside the figures, one sentence each."""
    notes = list(finding.analysis.notes) if finding.analysis else []
    if finding.ordinal:
        notes.append(finding.ordinal)
    if finding.self_selected:
        notes = [each for each in notes if not each.startswith("Intervals")]
        notes.append(SELF_SELECTED)
    notes += [f"{OVERRIDDEN} {each}" for each in finding.overrides]
    return notes


def _driver(driver: Driver) -> dict[str, Any]:
    found, score = driver.found, driver.score
    return {
        "driver": driver.name,
        "construct": driver.construct,
        "statement": driver.text,
        "part": round(found.share, 4),
        "low": round(found.share_low, 4),
        "high": round(found.share_high, 4),
        "rank_from": found.rank_low,
        "rank_to": found.rank_high,
        "agree": None if score.share is None else round(score.share, 4),
        "agree_low": round(score.low, 4),
        "agree_high": round(score.high, 4),
        "n": score.n,
        "fix_first": driver.fix_first,
    }


def left_out_data(left: LeftOut, smallest: int) -> dict[str, Any]:
    """Answers that were not pooled, as plain JSON values."""
    return {
        "survey": left.source,
        "quarters": list(left.quarters),
        "answers": told(left.answers, smallest),
        "reason": left.reason,
    }


def told(n: int, smallest: int) -> int | None:
    """A count of people, or None where it is too small to tell."""
    return None if is_too_few(n, smallest) else n
