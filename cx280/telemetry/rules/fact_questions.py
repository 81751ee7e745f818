"""What the lake is asked to count a local day of many services at once: figures, speed, ways.

SQL for DuckDB and for a cluster, as in `rules.questions`, over `events`. Every question takes
`start` and `end` of the local day, `before` (the start of the day before), `first_day` and
`last_day` (the UTC days that hold all of it) and `crossing`: visits that were there on both days.

A visit counts on the local day on which it first did the thing, looking one day back: of those
who did it on either day, those who did it the day before are taken away. Only visits that cross
midnight can be among them, so of the day before only theirs is read.
"""

# ruff: noqa: S608 (the texts are constants, checked names and whole numbers)
from __future__ import annotations

from collections.abc import Iterable

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.telemetry.rules.facts import (
    DIMENSIONS,
    MOST,
    MOST_BY_HOUR,
    MOST_NAMES,
    MOST_SPEED,
    MOST_WAYS,
    OTHER,
    TOTALS,
)
from cx280.telemetry.rules.histograms import bucket_in_sql
from cx280.telemetry.rules.questions import VITALS

HOUR = 3600 * 1_000_000
# Told apart whatever else is: pages ask for them by name.
OURS = ("step", "abandon", "lcp", "cls", "inp", "helpful", "download", "outbound")
_DAYS = "NOT bot AND day >= $first_day AND day <= $last_day"
_CROSSING = "crossing AS (SELECT unnest($crossing) AS visit)"
# What is no number has no sum and no bucket; it is counted as an event without a value.
_VALUE = "CASE WHEN abs(value) <= 1e300 THEN value END"

# Rows of each service by UTC hour of some UTC days, robots left out: what a count was made of.
ROWS_BY_HOUR = f"""SELECT service, epoch_us("at") // {HOUR} AS hour, count(*) AS events
FROM events WHERE {_DAYS} GROUP BY service, epoch_us("at") // {HOUR}"""


def of(services: Iterable[int]) -> str:
    """The condition that an event is of one of these services."""
    numbers = sorted({int(each) for each in services})
    if not numbers:
        raise Unusable("Events of no service are asked for.")
    return f"service IN ({', '.join(map(str, numbers))})"


def crossing(services: Iterable[int]) -> str:
    """Visits that told something on the day and on the day before."""
    return f"""SELECT DISTINCT visit FROM (SELECT service, visit FROM events
WHERE {of(services)} AND {_DAYS} AND "at" >= $before AND "at" < $end AND visit <> ''
GROUP BY service, visit HAVING min("at") < $start AND max("at") >= $start) AS met"""


def _around(services: Iterable[int], columns: str, only: str = "") -> str:
    """Events of the day, and of the day before those of visits that cross into it.

    `is_before` tells them apart; values of the day before are null, so that none is summed.
    """
    within = f"{of(services)} AND {_DAYS}{f' AND {only}' if only else ''}"
    return f"""around AS (
  SELECT service, {columns}, {_VALUE} AS value, visit, "at", 0 AS is_before
  FROM events WHERE {within} AND "at" >= $start AND "at" < $end
  UNION ALL
  SELECT service, {columns}, CAST(NULL AS DOUBLE) AS value, visit, "at", 1 AS is_before
  FROM events WHERE {within} AND "at" >= $before AND "at" < $start
    AND visit IN (SELECT visit FROM crossing))"""


def _placed(services: Iterable[int], part: str) -> str:
    """The events with names and values beyond the largest of a service put together as others."""
    if part != TOTALS and part not in DIMENSIONS:
        raise Unusable(f"Events are not counted by {part!r}.")
    told, most = ("''", 1) if part == TOTALS else (part, MOST[part])
    ours = ", ".join(f"'{each}'" for each in OURS)
    by_day, by_hour = most, min(MOST_BY_HOUR, most)
    return f"""{_CROSSING}, {_around(services, f"kind, name, {told} AS told")},
names AS (SELECT service, name, row_number() OVER (
    PARTITION BY service ORDER BY ours DESC, events DESC, name) AS place
  FROM (SELECT service, name, count(*) AS events,
      max(CASE WHEN name IN ({ours}) THEN 1 ELSE 0 END) AS ours
    FROM around WHERE is_before = 0 AND name <> '' GROUP BY service, name) AS named),
largest AS (SELECT service, told, row_number() OVER (
    PARTITION BY service ORDER BY events DESC, told) AS place
  FROM (SELECT service, told, count(*) AS events
    FROM around WHERE is_before = 0 AND told <> '' GROUP BY service, told) AS valued),
placed AS (SELECT a.service, a.kind, a.value, a.visit, a.is_before,
    epoch_us(a."at") // {HOUR} AS hour,
    CASE WHEN a.name = '' OR n.place <= {MOST_NAMES} THEN a.name ELSE '{OTHER}' END AS name,
    CASE WHEN a.told = '' OR v.place <= {by_day} THEN a.told ELSE '{OTHER}' END AS told,
    CASE WHEN a.told = '' OR v.place <= {by_hour} THEN a.told ELSE '{OTHER}' END AS told_by_hour
  FROM around AS a
  LEFT JOIN names AS n ON n.service = a.service AND n.name = a.name
  LEFT JOIN largest AS v ON v.service = a.service AND v.told = a.told)"""


_NEW_VISITS = """count(DISTINCT CASE WHEN visit <> '' THEN visit END)
    - count(DISTINCT CASE WHEN is_before = 1 THEN visit END)"""


@implements("280.7-g2")
def figures(services: Iterable[int], part: str) -> str:
    """The figures of a part (`totals`, or a dimension): by name, kind, whole; by hour too.

    Columns: service, kind and name (null where told together), told and hour (null in figures of
    the day), told_by_hour (null there too), and those of `facts.Figure`.
    """
    return f"""WITH {_placed(services, part)}
SELECT service, kind, name, told, hour, told_by_hour,
  count(CASE WHEN is_before = 0 THEN 1 END) AS events, count(value) AS measured,
  sum(value) AS total, avg(value) AS mean, median(value) AS median,
  min(value) AS least, max(value) AS greatest,
  quantile_cont(value, 0.9) AS p90, quantile_cont(value, 0.95) AS p95, {_NEW_VISITS} AS visits
FROM placed GROUP BY GROUPING SETS ((service, kind, name, told), (service, kind, told),
  (service, told), (service, hour, kind, told_by_hour), (service, hour, told_by_hour))
HAVING count(CASE WHEN is_before = 0 THEN 1 END) > 0"""


def spreads(services: Iterable[int], part: str) -> str:
    """How the values of each kind, name and value of the part are spread over the buckets."""
    return f"""WITH {_placed(services, part)}
SELECT service, kind, name, told, {bucket_in_sql("value")} AS bucket, count(*) AS events
FROM placed WHERE value IS NOT NULL
GROUP BY service, kind, name, told, {bucket_in_sql("value")}"""


def speed(services: Iterable[int]) -> str:
    """Measured loads of the pages that have most, by measure; and how they are spread.

    Columns: service, page, name, bucket (null in the figures), loads, p75, good, poor.
    """
    good = " ".join(f"WHEN name = '{name}' THEN {bounds[0]}" for name, bounds in VITALS.items())
    poor = " ".join(f"WHEN name = '{name}' THEN {bounds[1]}" for name, bounds in VITALS.items())
    names = ", ".join(f"'{each}'" for each in VITALS)
    return f"""WITH loads AS (SELECT service, page, name, value, {bucket_in_sql("value")} AS bucket,
    CASE WHEN value <= CASE {good} END THEN 1 ELSE 0 END AS good,
    CASE WHEN value > CASE {poor} END THEN 1 ELSE 0 END AS poor
  FROM events WHERE {of(services)} AND {_DAYS} AND "at" >= $start AND "at" < $end
    AND kind = 'other' AND name IN ({names}) AND abs(value) <= 1e300),
largest AS (SELECT service, page, row_number() OVER (
    PARTITION BY service ORDER BY loads DESC, page) AS place
  FROM (SELECT service, page, count(*) AS loads FROM loads GROUP BY service, page) AS counted)
SELECT l.service, l.page, l.name, l.bucket, count(*) AS loads,
  quantile_cont(l.value, 0.75) AS p75, sum(l.good) AS good, sum(l.poor) AS poor
FROM loads AS l JOIN largest AS t ON t.service = l.service AND t.page = l.page
WHERE t.place <= {MOST_SPEED}
GROUP BY GROUPING SETS ((l.service, l.page, l.name), (l.service, l.page, l.name, l.bucket))"""


def ways(services: Iterable[int]) -> str:
    """The ways from page to page that most visits took first on the day; a reload is no way.

    A way is taken when the next page is opened. Columns: service, page, next_page, visits.
    """
    viewed = "kind = 'page_view' AND visit <> ''"
    return f"""WITH {_CROSSING}, {_around(services, "page, id", viewed)},
steps AS (SELECT service, visit, page, lead(page) OVER (
      PARTITION BY service, visit ORDER BY "at", id) AS next_page,
    lead(is_before) OVER (PARTITION BY service, visit ORDER BY "at", id) AS is_before
  FROM around),
taken AS (SELECT service, page, next_page, {_NEW_VISITS} AS visits FROM steps
  WHERE next_page IS NOT NULL AND next_page <> page GROUP BY service, page, next_page),
placed AS (SELECT service, page, next_page, visits, row_number() OVER (
    PARTITION BY service ORDER BY visits DESC, page, next_page) AS place
  FROM taken WHERE visits > 0)
SELECT service, page, next_page, visits FROM placed WHERE place <= {MOST_WAYS}
ORDER BY service, place"""
