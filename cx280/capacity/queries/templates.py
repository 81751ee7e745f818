"""Templates: those of this package, and those that were loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cx280.capacity.models import TemplateVersion
from cx280.capacity.rules.vocabulary import Kind
from cx280.circular.implements import implements

LIBRARY = Path(__file__).parents[1] / "library"


def shipped() -> Iterator[str]:
    """The texts of the templates that come with cx280."""
    for each in sorted(LIBRARY.glob("*.toml")):
        yield each.read_text(encoding="utf-8")


@implements("280.13-b8", "INC-16", "INC-45")
def templates_for(kind: Kind, fiscal_year: int) -> list[TemplateVersion]:
    """Those that may be used in the year: OMB’s before ours, then the newest version."""
    found = TemplateVersion.objects.filter(
        kind=kind.value, first_year__lte=fiscal_year, last_year__gte=fiscal_year
    )
    return sorted(found, key=lambda each: (not each.document["official"], -each.version, each.code))
