"""What the lake is asked to count local days of many services at once: figures, speed, ways.

SQL for DuckDB and for a cluster, as in `rules.questions`, over `events`. The days are
`LocalDays`, which give every parameter but `crossing`: visits that were there on more days than
one. Rows come back with `service` and `local_day`, the number of the day.

A visit counts on the local day on which it first did the thing, looking one day back: of those
who did it on the day or the day before, those who did it the day before are taken away. Only
visits that cross midnight can be among them, so of the day before only theirs are read.
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
from cx280.telemetry.rules.local_days import LocalDays, number_of
from cx280.telemetry.rules.questions import VITALS, number_of_day
from cx280.telemetry.rules.vocabulary import EventKind

HOUR = 3600 * 1_000_000
# Told apart whatever else is: pages ask for them by name.
OURS = ("step", "abandon", "lcp", "cls", "inp", "helpful", "download", "outbound")
_LAKE_DAYS = "NOT bot AND day >= $first_day AND day <= $last_day"
_CROSSING = """crossing AS (
  SELECT visit FROM (SELECT unnest($crossing) AS visit) AS given WHERE visit <> '')"""
# What is no number has no sum and no bucket; it is counted as an event without a value.
_VALUE = "CASE WHEN abs(value) <= 1e300 THEN value END"

# Rows of each service by UTC hour of some UTC days, robots left out: what a count was made of.
ROWS_BY_HOUR = f"""SELECT service, epoch_us("at") // {HOUR} AS hour, count(*) AS events
FROM events WHERE {_LAKE_DAYS} GROUP BY service, epoch_us("at") // {HOUR}"""


def of(services: Iterable[int]) -> str:
    """The condition that an event is of one of these services."""
    numbers = sorted({int(each) for each in services})
    if not numbers:
        raise Unusable("Events of no service are asked for.")
    return f"service IN ({', '.join(map(str, numbers))})"


def crossing(services: Iterable[int], days: LocalDays) -> str:
    """Visits that told something on more than one of the days, that before the first included."""
    number = number_of_day(days.offsets)
    return f"""SELECT DISTINCT visit FROM (SELECT service, visit FROM events
WHERE {of(services)} AND {_LAKE_DAYS} AND "at" >= $before AND "at" < $end AND visit <> ''
GROUP BY service, visit HAVING min({number}) < max({number})) AS met"""


def _around(services: Iterable[int], days: LocalDays, columns: str, only: str = "") -> str:
    """Events of the days, and once more those of visits that go on into the day after.

    `is_before` tells the second from the first: they stand with the day after, and their values
    are null, so that none is summed.
    """
    within = f"{of(services)} AND {_LAKE_DAYS}{f' AND {only}' if only else ''}"
    number = number_of_day(days.offsets)
    if days.first == days.last:
        number, before = str(number_of(days.first)), str(number_of(days.first) - 1)
    else:
        before = number
    return f"""around AS (
  SELECT service, {number} AS local_day, {columns}, {_VALUE} AS value, visit, "at", 0 AS is_before
  FROM events WHERE {within} AND "at" >= $start AND "at" < $end
  UNION ALL
  SELECT service, {before} + 1 AS local_day, {columns}, CAST(NULL AS DOUBLE) AS value, visit, "at",
    1 AS is_before
  FROM events WHERE {within} AND "at" >= $before AND "at" < $final
    AND visit IN (SELECT visit FROM crossing))"""


def _placed(services: Iterable[int], days: LocalDays, part: str) -> str:
    """The events with whole numbers for what tells them apart, as those are twice as fast to
    group by; `_NAMED` gives them their words back.

    Names and values have their place among the largest of a day; 0 is the empty one, and all
    beyond the largest have one number together.
    """
    if part != TOTALS and part not in DIMENSIONS:
        raise Unusable(f"Events are not counted by {part!r}.")
    told, most = ("''", 1) if part == TOTALS else (part, MOST[part])
    ours = ", ".join(f"'{each}'" for each in OURS)
    by_hour = min(MOST_BY_HOUR, most)
    day = "service, local_day"
    return f"""{_CROSSING}, {_around(services, days, f"kind, name, {told} AS told")},
sorts AS (SELECT {day}, kind, name, told, {_kind_number()} AS kind_number,
    count(CASE WHEN is_before = 0 THEN 1 END) AS events
  FROM around GROUP BY {day}, kind, name, told),
names AS (SELECT {day}, name, row_number() OVER (
    PARTITION BY {day} ORDER BY ours DESC, events DESC, name) AS place
  FROM (SELECT {day}, name, sum(events) AS events,
      max(CASE WHEN name IN ({ours}) THEN 1 ELSE 0 END) AS ours
    FROM sorts WHERE name <> '' GROUP BY {day}, name) AS named),
largest AS (SELECT {day}, told, row_number() OVER (
    PARTITION BY {day} ORDER BY events DESC, told) AS place
  FROM (SELECT {day}, told, sum(events) AS events
    FROM sorts WHERE told <> '' GROUP BY {day}, told) AS valued WHERE events > 0),
numbers AS (SELECT s.service, s.local_day, s.kind, s.name, s.told, s.kind_number,
    {_number("s.name", "n.place", MOST_NAMES)} AS name_number,
    {_number("s.told", "v.place", most)} AS told_number,
    {_number("s.told", "v.place", by_hour)} AS told_by_hour
  FROM sorts AS s
  LEFT JOIN names AS n
    ON n.service = s.service AND n.local_day = s.local_day AND n.name = s.name
  LEFT JOIN largest AS v
    ON v.service = s.service AND v.local_day = s.local_day AND v.told = s.told),
placed AS (SELECT a.service, a.local_day, n.kind_number, n.name_number, n.told_number,
    n.told_by_hour, a.value, a.visit, a.is_before, epoch_us(a."at") // {HOUR} AS hour
  FROM around AS a JOIN numbers AS n ON n.service = a.service AND n.local_day = a.local_day
    AND n.kind = a.kind AND n.name = a.name AND n.told = a.told)"""


def _kind_number() -> str:
    """Kinds are few and known; one of a later version counts as other."""
    cases = " ".join(f"WHEN kind = '{each}' THEN {at}" for at, each in enumerate(EventKind, 1))
    return f"CASE {cases} ELSE {list(EventKind).index(EventKind.OTHER) + 1} END"


def _kind_word(number: str) -> str:
    """The kind of a number; null where the number is."""
    cases = " ".join(f"WHEN {number} = {at} THEN '{each}'" for at, each in enumerate(EventKind, 1))
    return f"CASE {cases} END"


def _number(word: str, place: str, most: int) -> str:
    return f"CASE WHEN {word} = '' THEN 0 WHEN {place} <= {most} THEN {place} ELSE {most + 1} END"


def _in_words(number: str, word: str, most: int) -> str:
    """The word of a number; null where the number is, as the figure tells all of them together."""
    return (
        f"CASE WHEN {number} = 0 THEN '' WHEN {number} = {most + 1} THEN '{OTHER}' ELSE {word} END"
    )


def _named(part: str, figures: str, *, hours: bool) -> str:
    """Rows of `counted` with their words."""
    most = 1 if part == TOTALS else MOST[part]
    by_hour = min(MOST_BY_HOUR, most)
    number = "COALESCE(c.told_number, c.told_by_hour)" if hours else "c.told_number"
    told = _in_words("c.told_number", "v.told", most)
    more = f", c.hour, {_in_words('c.told_by_hour', 'v.told', by_hour)} AS told_by_hour"
    return f"""SELECT c.service, c.local_day, {_kind_word("c.kind_number")} AS kind,
  {_in_words("c.name_number", "n.name", MOST_NAMES)} AS name, {told} AS told{more * hours},
  {figures}
FROM counted AS c
LEFT JOIN names AS n
  ON n.service = c.service AND n.local_day = c.local_day AND n.place = c.name_number
LEFT JOIN largest AS v
  ON v.service = c.service AND v.local_day = c.local_day AND v.place = {number}"""


_NEW_VISITS = """count(DISTINCT CASE WHEN visit <> '' THEN visit END)
    - count(DISTINCT CASE WHEN is_before = 1 THEN visit END)"""


@implements("280.7-g2")
def figures(services: Iterable[int], days: LocalDays, part: str) -> str:
    """The figures of a part (`totals`, or a dimension): by name, kind, whole; by hour too.

    Columns: service, local_day, kind and name (null where told together), told and hour (null in
    figures of the day), told_by_hour (null there too), and those of `facts.Figure`, with
    `quantiles`: median, p90 and p95, null without values.
    """
    day, hour = "service, local_day", "service, local_day, hour"
    told = ("events", "measured", "total", "mean", "quantiles", "least", "greatest", "visits")
    return f"""WITH {_placed(services, days, part)},
counted AS (SELECT {day}, kind_number, name_number, told_number, hour, told_by_hour,
    count(CASE WHEN is_before = 0 THEN 1 END) AS events, count(value) AS measured,
    sum(value) AS total, avg(value) AS mean, quantile_cont(value, [0.5, 0.9, 0.95]) AS quantiles,
    min(value) AS least, max(value) AS greatest, {_NEW_VISITS} AS visits
  FROM placed GROUP BY GROUPING SETS (({day}, kind_number, name_number, told_number),
    ({day}, kind_number, told_number), ({day}, told_number),
    ({hour}, kind_number, told_by_hour), ({hour}, told_by_hour))
  HAVING count(CASE WHEN is_before = 0 THEN 1 END) > 0)
{_named(part, ", ".join(f"c.{each}" for each in told), hours=True)}"""


def spreads(services: Iterable[int], days: LocalDays, part: str) -> str:
    """How the values of each kind, name and value of the part are spread over the buckets."""
    day, numbers = "service, local_day", "kind_number, name_number, told_number"
    return f"""WITH {_placed(services, days, part)},
counted AS (SELECT {day}, {numbers}, bucket, count(*) AS events
  FROM (SELECT {day}, {numbers}, {bucket_in_sql("value")} AS bucket
    FROM placed WHERE value IS NOT NULL) AS measured
  GROUP BY {day}, {numbers}, bucket)
{_named(part, "c.bucket, c.events", hours=False)}"""


def speed(services: Iterable[int], days: LocalDays) -> str:
    """Measured loads of the pages that have most, by measure; and how they are spread.

    Columns: service, local_day, page, name, bucket (null in the figures), loads, p75, good, poor.
    """
    good = " ".join(f"WHEN name = '{name}' THEN {bounds[0]}" for name, bounds in VITALS.items())
    poor = " ".join(f"WHEN name = '{name}' THEN {bounds[1]}" for name, bounds in VITALS.items())
    names = ", ".join(f"'{each}'" for each in VITALS)
    key = "l.service, l.local_day, l.page, l.name"
    number = number_of_day(days.offsets)
    return f"""WITH loads AS (SELECT service, {number} AS local_day, page, name, value,
    {bucket_in_sql("value")} AS bucket,
    CASE WHEN value <= CASE {good} END THEN 1 ELSE 0 END AS good,
    CASE WHEN value > CASE {poor} END THEN 1 ELSE 0 END AS poor
  FROM events WHERE {of(services)} AND {_LAKE_DAYS} AND "at" >= $start AND "at" < $end
    AND kind = 'other' AND name IN ({names}) AND abs(value) <= 1e300),
largest AS (SELECT service, local_day, page, row_number() OVER (
    PARTITION BY service, local_day ORDER BY loads DESC, page) AS place
  FROM (SELECT service, local_day, page, count(*) AS loads FROM loads
    GROUP BY service, local_day, page) AS counted)
SELECT {key}, l.bucket, count(*) AS loads, quantile_cont(l.value, 0.75) AS p75,
  sum(l.good) AS good, sum(l.poor) AS poor
FROM loads AS l JOIN largest AS t
  ON t.service = l.service AND t.local_day = l.local_day AND t.page = l.page
WHERE t.place <= {MOST_SPEED}
GROUP BY GROUPING SETS (({key}), ({key}, l.bucket))"""


def ways(services: Iterable[int], days: LocalDays) -> str:
    """The ways from page to page that most visits took first on the day; a reload is no way.

    A way is taken when the next page is opened. Columns: service, local_day, page, next_page,
    visits.
    """
    viewed = "kind = 'page_view' AND visit <> ''"
    day = "service, local_day"
    following = f'OVER (PARTITION BY {day}, visit ORDER BY "at", id)'
    return f"""WITH {_CROSSING}, {_around(services, days, "page, id", viewed)},
steps AS (SELECT {day}, visit, page, lead(page) {following} AS next_page,
    lead(is_before) {following} AS is_before FROM around),
taken AS (SELECT {day}, page, next_page, {_NEW_VISITS} AS visits FROM steps
  WHERE next_page IS NOT NULL AND next_page <> page GROUP BY {day}, page, next_page),
placed AS (SELECT {day}, page, next_page, visits, row_number() OVER (
    PARTITION BY {day} ORDER BY visits DESC, page, next_page) AS place
  FROM taken WHERE visits > 0)
SELECT {day}, page, next_page, visits FROM placed WHERE place <= {MOST_WAYS}
ORDER BY {day}, place"""
