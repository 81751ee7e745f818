"""Questions asked of the lake: what a day of a service is made of, and which hours sites sent.

In the SQL of DuckDB that Spark's dialect has too, like `rules.questions`; bots are never counted.
"""

# ruff: noqa: S608 (the texts are constants and whole numbers)
from __future__ import annotations

from collections.abc import Iterable

from cx280.telemetry.rules.fact_questions import of
from cx280.telemetry.rules.fact_types import MOST_TYPES

_DAY = 'NOT bot AND day >= $first_day AND day <= $last_day AND "at" >= $start AND "at" < $end'

# Events of every site by UTC hour (hours since 1970), for those that watch for silence.
SITE_HOURS = """SELECT site, CAST(floor(epoch("at") / 3600) AS BIGINT) AS hour, count(*) AS events
FROM events WHERE NOT bot AND day >= $first_day GROUP BY 1, 2 ORDER BY 1, 2"""


def types(services: Iterable[int]) -> str:
    """The types of events of a local day that most events have, by service."""
    return f"""SELECT service, kind, name, flow, step, events FROM (
  SELECT *, row_number() OVER (
    PARTITION BY service ORDER BY events DESC, kind, name, flow, step) AS place
  FROM (SELECT service, kind, name, flow, step, count(*) AS events FROM events
    WHERE {of(services)} AND {_DAY} GROUP BY service, kind, name, flow, step) AS counted) AS placed
WHERE place <= {MOST_TYPES} ORDER BY service, place"""


def sites(services: Iterable[int]) -> str:
    """The sites that sent events of a local day; received: of the newest, microseconds since 1970.

    Robots are counted nowhere else, and are not heard here either.
    """
    return f"""SELECT service, site, count(*) AS events, epoch_us(max(received)) AS received
FROM events WHERE {of(services)} AND {_DAY} GROUP BY service, site ORDER BY service, site"""
