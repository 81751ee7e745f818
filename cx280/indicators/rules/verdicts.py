"""How a year's figure stands to its target."""

from __future__ import annotations

from cx280.circular.implements import implements
from cx280.indicators.rules.vocabulary import Direction, Verdict
from cx280.indicators.rules.years import Figure
from cx280.measures.rules.comparability import first_difference, read_key


@implements("280.12-a1")
def verdict_of(figure: Figure, target: float | None, direction: str) -> Verdict:
    """Met or missed; `unsure` where the interval of the figure holds the target, so that chance
    alone could have decided. A count or a figure without an interval is as it is.
    """
    if figure.value is None:
        return Verdict.NO_FIGURE
    if target is None:
        return Verdict.NO_TARGET
    up = Direction.of(direction) is Direction.UP
    met = figure.value >= target if up else figure.value <= target
    unsure = (
        figure.low is not None and figure.high is not None and figure.low < target < figure.high
    )
    if met:
        return Verdict.MET_UNSURE if unsure else Verdict.MET
    return Verdict.MISSED_UNSURE if unsure else Verdict.MISSED


@implements("INC-05")
def break_between(before: Figure, after: Figure, changed: str = "") -> str:
    """Why two years must not be compared; "" where they may.

    changed: what was changed in the definition between them. Equal keys may stand side by side.
    """
    if changed:
        return changed
    if before.key and after.key and before.key != after.key:
        one, other = read_key(before.key), read_key(after.key)
        return first_difference(one, other) or "It was asked in another way."
    if before.value is not None and after.value is not None and before.stated != after.stated:
        return "One is drawn from a measure, the other stated."
    return ""
