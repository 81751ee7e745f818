"""How many comments each theme has: in a quarter by rating, and over the quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cx280.kernel.quarter import Quarter
from cx280.measures.models import ThemeFact
from cx280.measures.queries.cuts import WHOLE, Cut, within
from cx280.services.models import Service


@dataclass(slots=True)
class ThemeCounts:
    """Comments by rating (`low`, `middle`, `high`, "" for not rated): all, and of each theme."""

    all: Counter[str] = field(default_factory=Counter)
    themes: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many comments there are."""
        return self.all.total()

    def of(self, code: str) -> int:
        """How many comments have a theme."""
        return self.themes.get(code, Counter()).total()


def theme_counts(
    service: Service, quarter: Quarter, cut: Cut = WHOLE, *, rating: str = "", language: str = ""
) -> ThemeCounts:
    """The comments of a quarter within a cut, with that rating and language where given."""
    rows = within(ThemeFact.objects.filter(service=service), cut).filter(
        starts_on=quarter.first_day
    )
    return _added(rows.values_list("counts", flat=True), rating, language)


def themes_by_quarter(
    service: Service, cut: Cut = WHOLE, *, rating: str = "", language: str = ""
) -> dict[Quarter, ThemeCounts]:
    """The same for every quarter with a comment, oldest first."""
    found: dict[Quarter, list[Mapping[str, int]]] = {}
    rows = within(ThemeFact.objects.filter(service=service), cut).order_by("starts_on")
    for starts_on, counts in rows.values_list("starts_on", "counts"):
        found.setdefault(Quarter.of(starts_on), []).append(counts)
    added = {quarter: _added(parts, rating, language) for quarter, parts in found.items()}
    return {quarter: counts for quarter, counts in added.items() if counts.total}


def _added(parts: Iterable[Mapping[str, int]], rating: str, language: str) -> ThemeCounts:
    total = ThemeCounts()
    for counts in parts:
        for key, n in counts.items():
            code, rated, spoken = key.split("@")
            if (rating and rated != rating) or (language and spoken != language):
                continue
            into = total.themes.setdefault(code, Counter()) if code else total.all
            into[rated] += n
    return total
