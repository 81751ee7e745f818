"""How far an action has come, drawn from its measure and never typed (280.17-f1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Reading:
    """What the measure says now: a share with how sure we are, of how many, for which period.

    value is None where too few answered, or nobody did: `why` says which.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    period: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the way from baseline to target is gone; `reached` only when we are sure.

    part: 0 at the baseline, 1 at the target, below 0 when it got worse; None when not known.
    """

    part: float | None
    reached: bool
    words: str


@implements("280.17-f1")
def progress(baseline: float | None, target: float | None, reading: Reading) -> Progress:
    """The progress in points and in words. A target is reached when the whole interval is there;
    a value beyond it whose interval is not says so.
    """
    if baseline is None or target is None or baseline == target:
        return Progress(None, False, "No baseline and target to compare with.")
    if reading.value is None:
        return Progress(None, False, reading.why or "Nothing is measured yet.")
    up = target > baseline
    part = (reading.value - baseline) / (target - baseline)
    moved = (reading.value - baseline) * 100
    said = f"{_points(moved)} of {_points((target - baseline) * 100)} points"
    beyond = reading.value >= target if up else reading.value <= target
    edge = reading.low if up else reading.high
    sure = beyond and edge is not None and (edge >= target if up else edge <= target)
    if sure:
        return Progress(part, True, f"Target reached: {said}.")
    if beyond:
        return Progress(part, False, f"At the target, and not yet sure of it: {said}.")
    inside = reading.low is not None and reading.high is not None
    if inside and reading.low <= baseline <= reading.high:  # type: ignore[operator]
        return Progress(part, False, f"No sure change yet: {said}.")
    return Progress(part, False, f"{'Moved' if part > 0 else 'Got worse'}: {said}.")


def _points(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def is_overdue(ends_on: date | None, status: str, today: date) -> bool:
    """Whether the end has passed and the action is neither done nor stopped."""
    return ends_on is not None and today > ends_on and status in {"planned", "underway"}
