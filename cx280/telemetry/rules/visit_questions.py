"""What the lake is asked about visits it is given by name: a bounded list, never a search.

The same SQL as in `rules.questions`, for DuckDB and for a cluster. Every question takes `service`,
the days (`rules.periods`) and `visits`, a list of names.
"""

from __future__ import annotations

from cx280.telemetry.rules.questions import COMPLETE, START

_GIVEN = """WITH given AS (SELECT unnest($visits) AS visit)"""
_WITHIN = (
    "service = $service AND NOT bot AND day >= $first_day AND day <= $last_day "
    'AND "at" >= $start AND "at" < $end AND visit IN (SELECT visit FROM given)'
)

# When each visit started the flow, reached its steps and its end. Columns: visit, kind, step,
# at (seconds since 1970). Parameter besides: flow.
MARKS = f"""{_GIVEN} SELECT visit, kind, step, epoch("at") AS moment FROM events
WHERE {_WITHIN} AND flow = $flow
  AND ({START} OR {COMPLETE} OR (kind = 'other' AND name = 'step' AND step <> ''))
ORDER BY visit, moment, kind, step"""  # noqa: S608  (constants; what people give is a parameter)

# How many pages each visit opened and how many errors it saw.
SEEN = f"""{_GIVEN} SELECT visit,
  sum(CASE WHEN kind = 'page_view' THEN 1 ELSE 0 END) AS pages,
  sum(CASE WHEN kind = 'error' THEN 1 ELSE 0 END) AS errors
FROM events WHERE {_WITHIN} GROUP BY visit ORDER BY visit"""  # noqa: S608
