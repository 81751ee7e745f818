"""When an insight has to be confirmed again, or retired."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
from cx280.research.rules.periods import months_before
from cx280.research.rules.vocabulary import Freshness


@implements("280.9-e4")
def freshness(confirmed_on: date, retired_on: date | None, months: int, today: date) -> Freshness:
    """Stale once it was last confirmed more than so many months ago; retired stays retired."""
    if retired_on is not None:
        return Freshness.RETIRED
    return Freshness.STALE if is_stale_since(confirmed_on, months, today) else Freshness.FRESH


def is_stale_since(confirmed_on: date, months: int, today: date) -> bool:
    """Whether the period has gone by; on its last day it has not."""
    return confirmed_on < months_before(today, months)
