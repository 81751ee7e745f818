"""Series: what a watch looks at, one entry for each hour or day that is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Series:
    """Periods in a row, none left out.

    starts: aware, by the clocks of those who come; the period lasts until the next start (days
    around a clock change are longer or shorter). step: the usual length. seen: counts. of: for
    shares, what they are of; None for counts. closed: whether each lies on a day that holidays make
    quiet.
    """

    starts: Sequence[datetime]
    step: timedelta
    seen: Sequence[int]
    closed: Sequence[bool]
    of: Sequence[int] | None = None

    def end(self, at: int) -> datetime:
        """When the period at that place is over."""
        if at + 1 < len(self.starts):
            return self.starts[at + 1]
        start = self.starts[at]
        if self.step < DAY:  # an hour is an hour, also when the clock is put forward in it
            return (start.astimezone(UTC) + self.step).astimezone(start.tzinfo)
        # By the clock of the place: a day with a clock change has 23 or 25 hours.
        return start + self.step

    @property
    def clock(self) -> list[datetime]:
        """The starts as the clock shows them: days follow each other at equal distances.

        Hours keep their zone, as one comes twice when clocks are set back.
        """
        if self.step < DAY:
            return list(self.starts)
        return [each.replace(tzinfo=None) for each in self.starts]
