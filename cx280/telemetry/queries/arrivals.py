"""Asks the lake what arrived in the last half hour, as finely as few people allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules.arrivals import ALWAYS, ARRIVALS, GRAINS, WINDOW, Step, may_be_shown
from cx280.telemetry.rules.periods import between


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Steps of `seconds` that are over, empty ones too, each with when it began.

    None at all where even the longest would tell of few. `total` is of the whole half hour.
    """

    seconds: int
    steps: Sequence[tuple[datetime, Step]]
    total: Step


def arrivals(service: int, now: datetime) -> Arrivals:
    """What came in the last half hour, as finely as it may be told; bots are not counted."""
    found = _asked(service, now - timedelta(seconds=WINDOW), now, ALWAYS)
    total = found[0] if found else Step(0, 0, 0)
    for seconds in GRAINS:
        running = int(now.timestamp()) // seconds  # not over yet, so it would look like a fall
        first = running - WINDOW // seconds
        start, end = (datetime.fromtimestamp(at * seconds, UTC) for at in (first, running))
        came = _asked(service, start, end, seconds)
        if may_be_shown(came) and not total.is_few:
            by_step = {each.step: each for each in came}
            steps = [by_step.get(at, Step(at, 0, 0)) for at in range(first, running)]
            times = [datetime.fromtimestamp(each.step * seconds, UTC) for each in steps]
            return Arrivals(seconds, list(zip(times, steps, strict=True)), total)
    return Arrivals(WINDOW, [], total)


def _asked(service: int, start: datetime, end: datetime, seconds: int) -> list[Step]:
    rows = ask(ARRIVALS, service=service, seconds=seconds, **between(start, end))
    return msgspec.convert(rows, list[Step])
