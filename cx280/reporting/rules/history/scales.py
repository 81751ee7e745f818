"""The scale a reported question was asked on, whatever it was folded into for the report."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TEN = re.compile(
    r"\b10[- ]?point\b|\b1 (?:to|through|-) ?10\b|scale of \d+ to 10\b|\b10 ?(?:=|means|being)"
    r"|[“\"']10[”\"'] ?(?:=|means)",
    re.I,
)
_SEVEN = re.compile(r"\b7[- ]?point\b|\b1 (?:to|through|-) ?7\b", re.I)
_STARS = re.compile(r"\b(?:5|five)[- ]?stars?\b|\bstars\b", re.I)
_YES_NO = re.compile(
    r"yes (?:or|/) ?no|^(?:did|were|was|do|does|have|has|are|is|would) (?:you|your|the)\b", re.I
)
_AGREES = re.compile(r"\bagree(?:ment)?\b", re.I)
_RATES = re.compile(
    r"\?|^\W*(?:how|what|which|please|rate|overall,? how)\b|\b(?:please rate|to what extent)\b"
    r"|\bhow (?:would|satisfied|likely|easy|well|professional)\b|\brate\b.*\bon\b|\blevel of\b",
    re.I,
)
_SMALLEST_FOR_SHAPE = 20


def scale_of(text: str, counts: Sequence[int]) -> str:
    """agree10, agree7, stars5, yesno, agree5 or rating5 (five points that are not agreement).

    A statement is agreed with; a question or a call to rate is not. counts: answers for 1 to 5.
    A five-point question answered only at both ends by at least 20 people is a yes or no coded
    as 5 and 1.
    """
    words = " ".join(text.split())
    if _TEN.search(words):
        return "agree10"
    if _SEVEN.search(words):
        return "agree7"
    if _STARS.search(words):
        return "stars5"
    if _YES_NO.search(words) or only_extremes(counts):
        return "yesno"
    return "rating5" if _RATES.search(words) and not _AGREES.search(words) else "agree5"


def only_extremes(counts: Sequence[int]) -> bool:
    """Whether at least 20 people answered and every one of them chose 1 or 5, both chosen."""
    first, *middle, last = counts
    return first > 0 and last > 0 and not any(middle) and first + last >= _SMALLEST_FOR_SHAPE
