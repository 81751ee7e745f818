"""Templates: those of this package, and those that were loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cx280.capacity.models import TemplateVersion
from cx280.capacity.rules.vocabulary import Kind
from cx280.issued.queries import usable_in

LIBRARY = Path(__file__).parents[1] / "library"


def shipped() -> Iterator[str]:
    """The texts of the templates that come with cx280."""
    for each in sorted(LIBRARY.glob("*.toml")):
        yield each.read_text(encoding="utf-8")


def templates_for(kind: Kind, fiscal_year: int) -> list[TemplateVersion]:
    """Those that may be used in the year: OMB’s before ours, then the newest version."""
    return usable_in(TemplateVersion.objects.filter(kind=kind.value), fiscal_year)
