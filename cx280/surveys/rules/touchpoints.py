"""How many touchpoints of a service are measured, and how many with a trust question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A step where the customer meets the Government, with the surveys open about it.

    surveys: their titles; with_trust: whether one of them asks for trust.
    """

    journey: str
    step: str
    is_moment: bool = False
    surveys: tuple[str, ...] = ()
    with_trust: bool = False

    @property
    def is_measured(self) -> bool:
        """Whether at least one survey about it is open."""
        return bool(self.surveys)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a service's touchpoints is measured: counts, and the ones nobody asks about."""

    touchpoints: int
    measured: int
    with_trust: int
    unmeasured: tuple[Touchpoint, ...]

    @property
    def share(self) -> float | None:
        """Measured touchpoints of all, in [0, 1]; None where no touchpoint is drawn."""
        return self.measured / self.touchpoints if self.touchpoints else None

    @property
    def trust_share(self) -> float | None:
        """Touchpoints with a trust question of all, in [0, 1]; None where none is drawn."""
        return self.with_trust / self.touchpoints if self.touchpoints else None


@implements("280.10-a1", "280.3-b1")
def coverage(touchpoints: Iterable[Touchpoint]) -> Coverage:
    """The coverage of some touchpoints; those nobody asks about in their order."""
    listed = list(touchpoints)
    return Coverage(
        len(listed),
        sum(each.is_measured for each in listed),
        sum(each.with_trust for each in listed),
        tuple(each for each in listed if not each.is_measured),
    )
