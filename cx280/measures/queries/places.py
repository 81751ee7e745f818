"""Where people answered, quarter by quarter, and which places are too small to look at alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from cx280.kernel.quarter import Quarter
from cx280.measures.models import Fact
from cx280.measures.rules.suppression import Table, is_too_few, suppress
from cx280.services.models import Service

Place = tuple[int | None, str]  # (unit, channel); None and "" are all


@dataclass(slots=True)
class Places:
    """How many answered in each place in a quarter: units, channels, versions, and all of them."""

    quarter: Quarter
    counts: dict[Place, dict[int, int]] = field(default_factory=dict)  # by version

    @property
    def units(self) -> list[int]:
        """The units that answered."""
        return sorted({unit for unit, _ in self.counts if unit is not None})

    @property
    def channels(self) -> list[str]:
        """The channels that people answered over."""
        return sorted({channel for _, channel in self.counts if channel})

    @property
    def versions(self) -> set[int]:
        """The versions that were answered."""
        return set(self.counts.get((None, ""), {}))

    def answers(
        self, units: frozenset[int] | None = None, channel: str = "", version: int | None = None
    ) -> int:
        """How many answered in these units together (None: everywhere), over the channel."""
        at = [None] if units is None else sorted(units)
        cells = [self.counts.get((unit, channel), {}) for unit in at]
        if version is not None:
            return sum(cell.get(version, 0) for cell in cells)
        return sum(sum(cell.values()) for cell in cells)

    def hides(
        self,
        units: frozenset[int] | None = None,
        channel: str = "",
        version: int | None = None,
        *,
        smallest: int = 10,
    ) -> bool:
        """Whether what these people answered is not shown: too few, or it would tell of too few.

        A single unit is looked up in the table of units and channels. Of a version, what is left
        of the place without it must not be too few either.
        """
        n = self.answers(units, channel)
        if is_too_few(n, smallest):
            return True
        if units is None or len(units) == 1:
            unit = next(iter(units)) if units else None
            if self._table_hides(unit, channel, smallest):
                return True
        if version is None:
            return False
        part = self.answers(units, channel, version)
        return is_too_few(part, smallest) or is_too_few(n - part, smallest)

    def _table_hides(self, unit: int | None, channel: str, smallest: int) -> bool:
        units, channels = self.units, self.channels
        row = units.index(unit) if unit in units else len(units) + 1
        column = channels.index(channel) if channel in channels else len(channels)
        if unit is not None and unit not in units:
            return False
        return self._table(units, channels, smallest).hides(row, column)

    def _table(self, units: list[int], channels: list[str], smallest: int) -> Table:
        """Units by channels; the last row holds the answers that named no unit."""
        rows = [[self.answers(frozenset({unit}), each) for each in channels] for unit in units]
        rows.append(
            [
                self.answers(channel=each) - sum(row[at] for row in rows)
                for at, each in enumerate(channels)
            ]
        )
        return _suppressed(tuple(tuple(row) for row in rows), smallest)


@lru_cache(maxsize=512)
def _suppressed(rows: tuple[tuple[int, ...], ...], smallest: int) -> Table:
    """Remembered by its counts: quarters that are over do not change."""
    return suppress(rows, smallest)


def places(service: Service) -> dict[Quarter, Places]:
    """Where people answered in each quarter, oldest first; one reading for all quarters."""
    rows = (
        Fact.objects.filter(service=service, question="")
        .order_by("starts_on")
        .values_list("starts_on", "unit_id", "channel", "version_id", "answered")
    )
    found: dict[Quarter, Places] = {}
    for starts_on, unit, channel, version, answered in rows:
        quarter = Quarter.of(starts_on)
        cells = found.setdefault(quarter, Places(quarter)).counts
        cells.setdefault((unit, channel), {})[version] = answered
    return found
