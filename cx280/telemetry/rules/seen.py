"""Questions asked of the lake: what a day of a service is made of, and which hours sites sent.

In the SQL of DuckDB that Spark's dialect has too, like `rules.questions`; bots are never counted.
"""

# ruff: noqa: S608 (the texts are constants and whole numbers)
from __future__ import annotations

from collections.abc import Iterable

from cx280.telemetry.rules.fact_questions import of
from cx280.telemetry.rules.fact_types import MOST_TYPES
from cx280.telemetry.rules.local_days import LocalDays
from cx280.telemetry.rules.questions import number_of_day

_WITHIN = 'NOT bot AND day >= $first_day AND day <= $last_day AND "at" >= $start AND "at" < $end'

# Events of every site by UTC hour (hours since 1970), for those that watch for silence.
SITE_HOURS = """SELECT site, CAST(floor(epoch("at") / 3600) AS BIGINT) AS hour, count(*) AS events
FROM events WHERE NOT bot AND day >= $first_day GROUP BY 1, 2 ORDER BY 1, 2"""


def types(services: Iterable[int], days: LocalDays) -> str:
    """The types of events of each local day that most events have, by service."""
    told = "service, local_day, kind, name, flow, step"
    number = number_of_day(days.offsets)
    return f"""SELECT {told}, events FROM (SELECT *, row_number() OVER (
    PARTITION BY service, local_day ORDER BY events DESC, kind, name, flow, step) AS place
  FROM (SELECT {told}, count(*) AS events FROM (
      SELECT *, {number} AS local_day FROM events WHERE {of(services)} AND {_WITHIN}) AS dated
    GROUP BY {told}) AS counted) AS placed
WHERE place <= {MOST_TYPES} ORDER BY service, local_day, place"""


def sites(services: Iterable[int], days: LocalDays) -> str:
    """The sites that sent events of each local day; received: of the newest, in microseconds since
    1970."""
    number = number_of_day(days.offsets)
    return f"""SELECT service, local_day, site, count(*) AS events,
  epoch_us(max(received)) AS received
FROM (SELECT service, site, received, {number} AS local_day FROM events
  WHERE {of(services)} AND {_WITHIN}) AS dated
GROUP BY service, local_day, site ORDER BY service, local_day, site"""
