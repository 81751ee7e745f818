"""In which order services are modernized: the highest impact first, providers before others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Work:
    """A service to modernize: why, what its impact is, whether a HISP gives it.

    score: 0 to 1, None where nothing of its impact is known; such services come last.
    """

    code: str
    name: str
    hisp: str  # the provider's name, "" for none
    score: float | None
    why: tuple[str, ...]


@implements("280.17-e4")
def in_order(work: Iterable[Work]) -> list[Work]:
    """The highest score first; at the same score those of High-Impact Service Providers first."""
    return sorted(
        work, key=lambda each: (each.score is None, -(each.score or 0), not each.hisp, each.name)
    )
