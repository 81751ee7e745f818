"""What is modernized first: by impact, and high-impact services before others (280.17-e4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Modernized:
    """One item. score: its impact, None for unscored. is_hisp: of a designated service.

    key: the line it stands in.
    """

    name: str
    score: Decimal | None
    is_hisp: bool
    key: int = 0


@implements("280.17-e4")
def in_order(items: Iterable[Modernized]) -> list[Modernized]:
    """Highest score first; at the same score services of a HISP; without a score last."""

    def key(each: Modernized) -> tuple[bool, Decimal, bool, str]:
        score = each.score if each.score is not None else Decimal(0)
        return each.score is None, -score, not each.is_hisp, each.name.casefold()

    return sorted(items, key=key)
