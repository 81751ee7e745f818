"""What the lake is asked to count the flows of a local day of many services at once.

As in `rules.fact_questions`; besides, `ahead` (until when visits that began on the day are
followed) and `settled`: visits that began at that moment or later have not had their time.
"""

# ruff: noqa: S608 (the texts are constants, checked names and whole numbers)
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from cx280.circular.implements import implements
from cx280.telemetry.rules.fact_questions import of
from cx280.telemetry.rules.histograms import bucket_in_sql
from cx280.telemetry.rules.questions import COMPLETE, START

# How long a visit may take from one step to the next, as a visit ends in most counts of the web.
WITHIN = timedelta(minutes=30)
# How far into the next day a visit that began before midnight is followed.
AHEAD = timedelta(hours=4)
# A step that fewer of those who started ever reach is a side way, not a part of the flow.
LEAST_OF_STARTS = 0.05
MOST_STEPS = 12
_STEP = "kind = 'other' AND name = 'step' AND step <> ''"
_KEYS = "service, flow, visit"
Orders = Mapping[tuple[int, str], Sequence[str]]


def _begun(services: Iterable[int]) -> str:
    """Marks of flows, and when each visit first began each flow: of those that did on the day."""
    return f"""marks AS (SELECT service, flow, visit, kind, step, "at" FROM events
  WHERE {of(services)} AND NOT bot AND day >= $first_day AND day <= $last_day
    AND "at" >= $before AND "at" < $ahead AND flow <> '' AND visit <> ''
    AND ({START} OR {COMPLETE} OR ({_STEP}))),
begun AS (SELECT {_KEYS}, min("at") AS reached FROM marks WHERE {START}
  GROUP BY {_KEYS} HAVING min("at") >= $start AND min("at") < $settled)"""


def unsettled(services: Iterable[int]) -> str:
    """When the first of those that had not had their time began, by service."""
    return f"""SELECT service, min("at") AS first FROM events
WHERE {of(services)} AND NOT bot AND day >= $first_day AND day <= $last_day
  AND "at" >= $settled AND "at" < $end AND flow <> '' AND visit <> '' AND {START}
GROUP BY service"""


@implements("280.7-e2")
def things(services: Iterable[int]) -> str:
    """Visits that began each flow first on the day, and that finished it later; how long it took.

    Columns: service, flow, bucket (null in the figures; else of those who finished, by seconds
    taken), started, finished, median, p90.
    """
    return f"""WITH {_begun(services)},
ended AS (SELECT e.service, e.flow, e.visit, min(epoch(e."at") - epoch(b.reached)) AS taken
  FROM (SELECT {_KEYS}, "at" FROM marks WHERE {COMPLETE}) AS e
  JOIN begun AS b ON b.service = e.service AND b.flow = e.flow AND b.visit = e.visit
    AND e."at" >= b.reached
  GROUP BY e.service, e.flow, e.visit),
told AS (SELECT b.service, b.flow, e.taken,
    CASE WHEN e.taken IS NOT NULL THEN {bucket_in_sql("e.taken")} END AS bucket
  FROM begun AS b LEFT JOIN ended AS e
    ON e.service = b.service AND e.flow = b.flow AND e.visit = b.visit)
SELECT service, flow, CAST(NULL AS BIGINT) AS bucket, count(*) AS started,
  count(taken) AS finished, median(taken) AS median, quantile_cont(taken, 0.9) AS p90
FROM told GROUP BY service, flow
UNION ALL
SELECT service, flow, bucket, count(*) AS started, count(taken) AS finished,
  CAST(NULL AS DOUBLE) AS median, CAST(NULL AS DOUBLE) AS p90
FROM told WHERE bucket IS NOT NULL GROUP BY service, flow, bucket"""


def steps(services: Iterable[int]) -> str:
    """The steps that visits took after their start, and the sum of their places in each visit.

    Columns: service, flow, step, visits, places.
    """
    return f"""WITH {_begun(services)},
seen AS (SELECT e.service, e.flow, e.visit, e.step,
    min(epoch(e."at") - epoch(b.reached)) AS taken
  FROM (SELECT {_KEYS}, step, "at" FROM marks WHERE step <> '' AND kind = 'other') AS e
  JOIN begun AS b ON b.service = e.service AND b.flow = e.flow AND b.visit = e.visit
    AND e."at" >= b.reached
  GROUP BY e.service, e.flow, e.visit, e.step)
SELECT service, flow, step, count(*) AS visits, CAST(sum(place) AS DOUBLE) AS places FROM (
  SELECT service, flow, step, row_number() OVER (
    PARTITION BY {_KEYS} ORDER BY taken, step) AS place FROM seen) AS placed
GROUP BY service, flow, step"""


@implements("280.7-e2")
def reached(services: Iterable[int], longest: int) -> str:
    """How many visits got to each place of each flow in its order, and how long the way took.

    The orders are the parameters `services`, `flows`, `steps` and `places`, lists of one length
    that `order_parameters` makes; the end of a flow stands in them with the step "". longest: the
    place of the last of them. A visit counts by the first time it starts, then by the first time
    it reaches each place at or after the place before, within `within` seconds.

    Columns: service, flow, place, bucket (null in the figures), visits, median, p90.
    """
    parts = [
        _begun(services),
        """orders AS (SELECT CAST(split_part(told, '|', 1) AS BIGINT) AS service,
    split_part(told, '|', 2) AS flow, CAST(split_part(told, '|', 3) AS BIGINT) AS place,
    split_part(told, '|', 4) AS step FROM (SELECT unnest($orders) AS told) AS given)""",
        f"""ordered AS (SELECT m.service, m.flow, m.visit, m."at", o.place
  FROM (SELECT {_KEYS}, "at", CASE WHEN {COMPLETE} THEN '' ELSE step END AS step
    FROM marks WHERE NOT ({START})) AS m
  JOIN orders AS o ON o.service = m.service AND o.flow = m.flow AND o.step = m.step)""",
        f"place_0 AS (SELECT {_KEYS}, reached FROM begun)",
        *(_next_place(place) for place in range(1, longest + 1)),
    ]
    told = " UNION ALL ".join(
        f"SELECT service, flow, {place} AS place, seconds FROM place_{place}"
        for place in range(1, longest + 1)
    )
    bucket = bucket_in_sql("seconds")
    return f"""WITH {", ".join(parts)}, told AS ({told})
SELECT service, flow, place, CAST(NULL AS BIGINT) AS bucket, count(*) AS visits,
  median(seconds) AS median, quantile_cont(seconds, 0.9) AS p90
FROM told GROUP BY service, flow, place
UNION ALL
SELECT service, flow, place, {bucket} AS bucket, count(*) AS visits,
  CAST(NULL AS DOUBLE) AS median, CAST(NULL AS DOUBLE) AS p90
FROM told GROUP BY service, flow, place, {bucket}"""


def _next_place(place: int) -> str:
    """The first time at this place after the first time at the one before, in time."""
    taken = 'epoch(m."at") - epoch(b.reached)'
    return f"""place_{place} AS (SELECT b.service, b.flow, b.visit, min(m."at") AS reached,
    min({taken}) AS seconds
  FROM place_{place - 1} AS b JOIN ordered AS m
    ON m.service = b.service AND m.flow = b.flow AND m.visit = b.visit AND m.place = {place}
    AND m."at" >= b.reached AND {taken} <= $within
  GROUP BY b.service, b.flow, b.visit)"""


def in_orders(orders: Orders) -> list[str]:
    """The parameter `orders` of `reached`: `service|flow|place|step`, the end last, as ""."""
    return [
        f"{service}|{flow}|{place}|{step}"
        for (service, flow), steps in sorted(orders.items())
        for place, step in enumerate((*steps, ""), start=1)
    ]
