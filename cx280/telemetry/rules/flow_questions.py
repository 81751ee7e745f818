"""What the lake is asked to count the flows of local days of many services at once.

As in `rules.fact_questions`; besides, visits that began on a day are followed for some hours of
the next, and those that began at `settled` or later have not had their time and are left out.
"""

# ruff: noqa: S608 (the texts are constants, checked names and whole numbers)
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cx280.circular.implements import implements
from cx280.telemetry.rules.fact_questions import of
from cx280.telemetry.rules.histograms import bucket_in_sql
from cx280.telemetry.rules.local_days import AHEAD, LocalDays, number_of
from cx280.telemetry.rules.questions import COMPLETE, START, number_of_day

# A step that fewer of those who started ever reach is a side way, not a part of the flow.
LEAST_OF_STARTS = 0.05
MOST_STEPS = 12
_STEP = "kind = 'other' AND name = 'step' AND step <> ''"
_VISIT = "service, flow, visit"
_LAKE_DAYS = "NOT bot AND day >= $first_day AND day <= $last_day_ahead"
Orders = Mapping[tuple[int, str], Sequence[str]]


def _begun(services: Iterable[int], days: LocalDays) -> str:
    """Marks of flows, and when each visit first began each flow on a day, but not the day before.

    `latest_day`: a mark is of visits that began on this day or later; further on they are not
    followed.
    """
    number = number_of_day(days.offsets)
    seconds = int(AHEAD.total_seconds())
    latest = number_of_day(days.offsets, f"(\"at\" - INTERVAL '{seconds}' SECOND)")
    first, last = number_of(days.first), number_of(days.last)
    return f"""marks AS (SELECT {_VISIT}, kind, step, "at", {number} AS local_day,
    {latest} AS latest_day
  FROM events WHERE {of(services)} AND {_LAKE_DAYS} AND "at" >= $before AND "at" < $ahead
    AND flow <> '' AND visit <> '' AND ({START} OR {COMPLETE} OR ({_STEP}))),
starts AS (SELECT {_VISIT}, local_day, min("at") AS reached FROM marks WHERE {START}
  GROUP BY {_VISIT}, local_day),
begun AS (SELECT s.service, s.flow, s.visit, s.local_day, s.reached
  FROM starts AS s LEFT JOIN starts AS b ON b.service = s.service AND b.flow = s.flow
    AND b.visit = s.visit AND b.local_day = s.local_day - 1
  WHERE b.visit IS NULL AND s.local_day >= {first} AND s.local_day <= {last}
    AND s.reached < $settled)"""


_SAME = "m.service = b.service AND m.flow = b.flow AND m.visit = b.visit"
_FOLLOWED = 'm."at" >= b.reached AND m.latest_day <= b.local_day'
_TAKEN = 'epoch(m."at") - epoch(b.reached)'
_BEGAN = "b.service, b.flow, b.visit, b.local_day"


def unsettled(services: Iterable[int], days: LocalDays) -> str:
    """When the first of those that had not had their time began, by service and day."""
    number = number_of_day(days.offsets)
    return f"""SELECT service, local_day, min("at") AS first
FROM (SELECT service, {number} AS local_day, "at" FROM events
  WHERE {of(services)} AND {_LAKE_DAYS} AND "at" >= $settled AND "at" >= $start AND "at" < $end
    AND flow <> '' AND visit <> '' AND {START}) AS late
GROUP BY service, local_day"""


@implements("280.7-e2")
def things(services: Iterable[int], days: LocalDays) -> str:
    """Visits that began each flow first on the day, and that finished it later; how long it took.

    Columns: service, local_day, flow, bucket (null in the figures; else of those who finished, by
    seconds taken), started, finished, median, p90.
    """
    key = "service, local_day, flow"
    return f"""WITH {_begun(services, days)},
ended AS (SELECT {_BEGAN}, min({_TAKEN}) AS taken
  FROM begun AS b JOIN marks AS m ON {_SAME} AND {_FOLLOWED} AND m.kind = 'transaction_complete'
  GROUP BY {_BEGAN}),
told AS (SELECT {_BEGAN}, e.taken,
    CASE WHEN e.taken IS NOT NULL THEN {bucket_in_sql("e.taken")} END AS bucket
  FROM begun AS b LEFT JOIN ended AS e ON e.service = b.service AND e.flow = b.flow
    AND e.visit = b.visit AND e.local_day = b.local_day)
SELECT {key}, CAST(NULL AS BIGINT) AS bucket, count(*) AS started, count(taken) AS finished,
  median(taken) AS median, quantile_cont(taken, 0.9) AS p90
FROM told GROUP BY {key}
UNION ALL
SELECT {key}, bucket, count(*) AS started, count(taken) AS finished,
  CAST(NULL AS DOUBLE) AS median, CAST(NULL AS DOUBLE) AS p90
FROM told WHERE bucket IS NOT NULL GROUP BY {key}, bucket"""


def steps(services: Iterable[int], days: LocalDays) -> str:
    """The steps that visits took after their start, and the sum of their places in each visit.

    Columns: service, local_day, flow, step, visits, places.
    """
    return f"""WITH {_begun(services, days)},
seen AS (SELECT {_BEGAN}, m.step, min({_TAKEN}) AS taken
  FROM begun AS b JOIN marks AS m ON {_SAME} AND {_FOLLOWED} AND m.kind = 'other'
  GROUP BY {_BEGAN}, m.step)
SELECT service, local_day, flow, step, count(*) AS visits, CAST(sum(place) AS DOUBLE) AS places
FROM (SELECT service, local_day, flow, step, row_number() OVER (
    PARTITION BY service, local_day, flow, visit ORDER BY taken, step) AS place FROM seen) AS placed
GROUP BY service, local_day, flow, step"""


@implements("280.7-e2")
def reached(services: Iterable[int], days: LocalDays, longest: int) -> str:
    """How many visits got to each place of each flow in its order, and how long the way took.

    The parameter `orders` comes from `in_orders`; longest: the place of the last end in them. A
    visit counts by the first time it starts, then by the first time it reaches each place at or
    after the place before, within `within` seconds.

    Columns: service, local_day, flow, place, bucket (null in the figures), visits, median, p90.
    """
    parts = [
        _begun(services, days),
        """orders AS (SELECT CAST(split_part(told, '|', 1) AS BIGINT) AS service,
    split_part(told, '|', 2) AS flow, CAST(split_part(told, '|', 3) AS BIGINT) AS place,
    split_part(told, '|', 4) AS step FROM (SELECT unnest($orders) AS told) AS given)""",
        f"""ordered AS (SELECT m.service, m.flow, m.visit, m."at", m.latest_day, o.place
  FROM (SELECT {_VISIT}, "at", latest_day, CASE WHEN {COMPLETE} THEN '' ELSE step END AS step
    FROM marks WHERE NOT ({START})) AS m
  JOIN orders AS o ON o.service = m.service AND o.flow = m.flow AND o.step = m.step)""",
        "place_0 AS (SELECT service, flow, visit, local_day, reached FROM begun)",
        *(_next_place(place) for place in range(1, longest + 1)),
    ]
    told = " UNION ALL ".join(
        f"SELECT service, local_day, flow, {place} AS place, seconds FROM place_{place}"
        for place in range(1, longest + 1)
    )
    bucket = bucket_in_sql("seconds")
    key = "service, local_day, flow, place"
    return f"""WITH {", ".join(parts)}, told AS ({told})
SELECT {key}, CAST(NULL AS BIGINT) AS bucket, count(*) AS visits,
  median(seconds) AS median, quantile_cont(seconds, 0.9) AS p90
FROM told GROUP BY {key}
UNION ALL
SELECT {key}, {bucket} AS bucket, count(*) AS visits,
  CAST(NULL AS DOUBLE) AS median, CAST(NULL AS DOUBLE) AS p90
FROM told GROUP BY {key}, {bucket}"""


def _next_place(place: int) -> str:
    """The first time at this place after the first time at the one before, in time."""
    return f"""place_{place} AS (SELECT {_BEGAN}, min(m."at") AS reached, min({_TAKEN}) AS seconds
  FROM place_{place - 1} AS b JOIN ordered AS m
    ON {_SAME} AND m.place = {place} AND {_FOLLOWED} AND {_TAKEN} <= $within
  GROUP BY {_BEGAN})"""


def in_orders(orders: Orders) -> list[str]:
    """The parameter `orders` of `reached`: `service|flow|place|step`, the end last, as ""."""
    return [
        f"{service}|{flow}|{place}|{step}"
        for (service, flow), steps in sorted(orders.items())
        for place, step in enumerate((*steps, ""), start=1)
    ]
