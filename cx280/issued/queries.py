"""Templates that may be used in a year, the best first."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from cx280.circular.implements import implements
from cx280.issued.models import IssuedTemplate

Kept = TypeVar("Kept", bound=IssuedTemplate)


@implements("280.13-b8", "INC-16", "INC-45")
def usable_in(kept: QuerySet[Kept], fiscal_year: int) -> list[Kept]:
    """Those for the year: OMB’s before ours, then the newest version."""
    found = kept.filter(first_year__lte=fiscal_year, last_year__gte=fiscal_year)
    return sorted(found, key=lambda each: (not each.document["official"], -each.version, each.code))
