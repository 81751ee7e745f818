"""Reported rows of earlier quarters, as the 92-column file writes them."""

from __future__ import annotations

from collections.abc import Iterator

from cx280.kernel.quarter import Quarter
from cx280.reporting.models import ReportedRow
from cx280.reporting.rules.history.columns import COLUMNS_92


def rows_of(quarter: Quarter, provider: str = "") -> Iterator[list[str]]:
    """The rows of a quarter under COLUMNS_92, every cell as it was read; by source order.

    provider: a provider's code or name; blank means all.
    """
    rows = ReportedRow.objects.filter(
        fiscal_year=quarter.fiscal_year, quarter=quarter.number
    ).order_by("pk")
    if provider:
        named = rows.filter(hisp__name__iexact=provider)
        rows = named if named.exists() else rows.filter(hisp__code=provider)
    for row in rows.iterator(chunk_size=500):
        yield [str(row.raw.get(name, "")) for name in COLUMNS_92]
