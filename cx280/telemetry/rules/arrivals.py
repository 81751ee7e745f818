"""What arrives now, in steps of time that no few people can be told from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.telemetry.rules.funnels import SMALLEST_IN_EXPORTS

# The last half hour, told by the minute where enough people come, else by five or fifteen.
WINDOW = 1800
GRAINS = (60, 300, 900)
ALWAYS = 10**11  # seconds of a step that everything is in
_WITHIN = (
    "service = $service AND NOT bot AND day >= $first_day AND day <= $last_day "
    'AND "at" >= $start AND "at" < $end'
)
# Whole steps of $seconds since 1970; people without a visit are told by their visitor number.
ARRIVALS = f"""SELECT CAST(floor(epoch("at") / $seconds) AS BIGINT) AS step, count(*) AS events,
  count(DISTINCT CASE WHEN visit <> '' THEN visit
    WHEN visitor <> 0 THEN CAST(visitor AS VARCHAR) END) AS visits
FROM events WHERE {_WITHIN} GROUP BY 1 ORDER BY 1"""  # noqa: S608  # constants only


@dataclass(frozen=True, slots=True)
class Step:
    """Events and distinct visits of one step of time, which begins at `step` times its seconds."""

    step: int
    events: int
    visits: int

    @property
    def is_few(self) -> bool:
        """Whether it tells of fewer than five people, as far as it can be known."""
        return 0 < (self.visits or self.events) < SMALLEST_IN_EXPORTS


def may_be_shown(steps: Sequence[Step]) -> bool:
    """Whether no step is few.

    One few among many would be found by taking the others from the sum, so all are made coarser.
    """
    return not any(each.is_few for each in steps)


def in_words(count: int) -> str:
    """`1,204`, or `fewer than 5` of a count that is not zero."""
    few = 0 < count < SMALLEST_IN_EXPORTS
    return f"fewer than {SMALLEST_IN_EXPORTS}" if few else f"{count:,}"
