"""Questions asked of the lake by the record: when a flow was first seen, what a service sends.

In the SQL of DuckDB that Spark's dialect has too, like `rules.questions`; bots are never counted.
"""

# From a week before the launch on, so that a rehearsal counts and old partitions stay closed.
FIRST_EVENTS = """SELECT flow, min("at") AS first FROM events
WHERE service = $service AND NOT bot AND flow <> '' AND day >= $first_day GROUP BY flow"""

_WINDOW = "service = $service AND NOT bot AND day >= $first_day AND day <= $last_day"

COUNTS = f"""SELECT count(*) AS events, count(DISTINCT day) AS days,
  count(DISTINCT CASE WHEN visit <> '' THEN visit END) AS visits
FROM events WHERE {_WINDOW}"""  # noqa: S608  # constants only

TYPES = f"""SELECT kind, name, flow, step FROM events WHERE {_WINDOW}
GROUP BY kind, name, flow, step"""  # noqa: S608  # constants only

SPAN = """SELECT min(day) AS first, max(day) AS last FROM events
WHERE service = $service AND NOT bot"""

# Events of every site by UTC hour (hours since 1970), for those that watch for silence.
SITE_HOURS = """SELECT site, CAST(floor(epoch("at") / 3600) AS BIGINT) AS hour, count(*) AS events
FROM events WHERE NOT bot AND day >= $first_day GROUP BY 1, 2 ORDER BY 1, 2"""
