"""One measure of one service over its quarters, broken where the question changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.kernel.quarter import Quarter
from cx280.opendata.rules.pooling import Pool, by_key, pool
from cx280.opendata.rules.published import Published, figures_about
from cx280.reporting.rules.comparing import why_apart


@dataclass(frozen=True, slots=True)
class Step:
    """One quarter of a line; pool: None where nothing was asked or reported.

    differs: why it is not joined to the figure before it; "" when it is.
    """

    quarter: Quarter
    pool: Pool | None
    differs: str = ""

    @property
    def is_suppressed(self) -> bool:
        """Whether the question was asked and too few answered to show it."""
        return bool(
            self.pool
            and self.pool.share is None
            and any(each.figure.is_suppressed for each in self.pool.left_out)
        )

    @property
    def share(self) -> float | None:
        """The share who agree, 0 to 1, or None."""
        return self.pool.share if self.pool else None


@dataclass(frozen=True, slots=True)
class Line:
    """A construct over every quarter from the first report to the last, without gaps."""

    construct: str
    steps: tuple[Step, ...]

    @property
    def latest(self) -> Step | None:
        """The last step with a share, or None."""
        return next((each for each in reversed(self.steps) if each.share is not None), None)

    @property
    def breaks(self) -> list[Step]:
        """The steps that are not joined to what stands before them."""
        return [each for each in self.steps if each.differs]

    @property
    def still_comparable(self) -> tuple[Step, ...]:
        """The steps since the question last changed."""
        start = max((i for i, each in enumerate(self.steps) if each.differs), default=0)
        return self.steps[start:]


def line_of(construct: str, reports: Sequence[Published]) -> Line | None:
    """The line of a construct through a service's reports; None where it was never asked.

    A quarter with several keys shows the one that most quarters have, else its largest.
    """
    asked: dict[Quarter, dict[str, Pool]] = {}
    for each in reports:
        groups = by_key(figures_about(construct, [each]))
        if groups:
            asked.setdefault(each.quarter, {}).update(
                {key: pool(key, figures) for key, figures in groups.items()}
            )
    if not asked:
        return None
    usual = _usual(asked)
    steps: list[Step] = []
    before = ""
    quarter, last = min(asked), max(asked)
    while quarter <= last:
        chosen = _chosen(asked.get(quarter, {}), usual)
        steps.append(Step(quarter, chosen, _differs(before, chosen)))
        before = chosen.key if chosen and chosen.n else before
        quarter = quarter.next
    return Line(construct, tuple(steps))


def _usual(asked: dict[Quarter, dict[str, Pool]]) -> list[str]:
    """The keys, those of most quarters first, then those of most answers."""
    weight: dict[str, tuple[int, int]] = {}
    for pools in asked.values():
        for key, each in pools.items():
            quarters, n = weight.get(key, (0, 0))
            weight[key] = (quarters + bool(each.n), n + each.n)
    return sorted(weight, key=lambda key: weight[key], reverse=True)


def _chosen(pools: dict[str, Pool], usual: list[str]) -> Pool | None:
    answered = [pools[key] for key in usual if key in pools and pools[key].n]
    return next(iter(answered or pools.values()), None)


def _differs(before: str, chosen: Pool | None) -> str:
    if not before or chosen is None or not chosen.n:
        return ""
    return why_apart(before, chosen.key) or ""
