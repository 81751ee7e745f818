"""Who was asked, who began, who finished, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.models import OfferFact
from cx280.measures.queries.cuts import WHOLE, Cut, within
from cx280.measures.rules.scores import (
    ResponseRate,
    response_rate,
)
from cx280.services.models import Service


@dataclass(frozen=True, slots=True)
class Offers:
    """Offered, started and completed; the response rate or why there is none; the time it took."""

    offered: int | None
    started: int | None
    completed: int
    rate: ResponseRate
    median_seconds: float | None
    p90_seconds: float | None


@implements("INC-33")
def offers(service: Service, quarter: Quarter, cut: Cut = WHOLE) -> Offers:
    """Offered, started, completed over the versions of a quarter; unknown once any part is."""
    rows = list(
        within(OfferFact.objects.filter(service=service), cut).filter(starts_on=quarter.first_day)
    )
    offered = _sum_known([row.offered for row in rows])
    started = _sum_known([row.started for row in rows])
    completed = sum(row.completed for row in rows)
    # Medians cannot be added up: of several rows, none is told.
    alone = rows[0] if len(rows) == 1 else None
    return Offers(
        offered,
        started,
        completed,
        response_rate(offered, completed),
        alone.median_seconds if alone else None,
        alone.p90_seconds if alone else None,
    )


def _sum_known(parts: Sequence[int | None]) -> int | None:
    known = [each for each in parts if each is not None]
    return sum(known) if known and len(known) == len(parts) else None
