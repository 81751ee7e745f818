"""The questions asked of the lake: SQL over one relation, `events`, with $named parameters.

Written for DuckDB in what Spark's dialect has too, so that the same text is translated for a
cluster: no unsigned numbers, no approximate figures. Bots are never counted. An event counts on
the day it happened (`at`), however late it came. Every question takes `service`; `start`, `end`,
`first_day` and `last_day` come from `rules.periods`. `"at"` is quoted: DuckDB keeps the word.
"""

# ruff: noqa: S608 (the texts are constants and checked names; what people give is a parameter)
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.telemetry.rules.periods import Offset

DIMENSIONS = ("kind", "name", "flow", "step", "page", "device", "unit", "channel", "language")
_MICROS = 1_000_000
_WITHIN = (
    "service = $service AND NOT bot AND day >= $first_day AND day <= $last_day "
    'AND "at" >= $start AND "at" < $end'
)
# Figures of 280.7-g2; those of values are null where no event carries one.
_FIGURES = {
    "events": "count(*)",
    "measured": "count(value)",
    "total": "sum(value)",
    "mean": "avg(value)",
    "median": "median(value)",
    "least": "min(value)",
    "greatest": "max(value)",
    "p90": "quantile_cont(value, 0.9)",
    "p95": "quantile_cont(value, 0.95)",
    "visits": "count(DISTINCT CASE WHEN visit <> '' THEN visit END)",
}
EVERY_FIGURE = tuple(_FIGURES)

_ALL: Mapping[str, int] = MappingProxyType({})


@implements("280.7-g2")
def facts_by_hour(
    by: Sequence[str] = (),
    only: Mapping[str, int] = _ALL,
    figures: Sequence[str] = EVERY_FIGURE,
) -> str:
    """Figures for each UTC hour and each combination of the dimensions `by`.

    only: dimensions and how many values of each are let through; they are the parameters `page_1`
    … `page_N`. figures: those wanted; medians and distinct visits cost most.

    Columns: hour, the dimensions, and of the figures events, measured (events with a value), total,
    mean, median, least, greatest, p90, p95 (interpolated), visits (distinct). Raises Unusable for a
    dimension that is not in DIMENSIONS, and a figure not in EVERY_FIGURE.
    """
    number = f'epoch_us("at") // {3600 * _MICROS}'
    begun = "date_trunc('hour', min(\"at\"))"
    return _facts(number, begun, "hour", by, only, _columns(figures))


def facts_whole(
    by: str = "", only: Mapping[str, int] = _ALL, figures: Sequence[str] = EVERY_FIGURE
) -> str:
    """The same for the whole period at once, without hour: for each value of one dimension, those
    with most events first, and before them, with null for the value, for all values together.
    events are always among the figures."""
    narrowed = _narrowed((by,) if by else (), only)
    told = f"{by}, " if by else ""
    grouped = f" GROUP BY GROUPING SETS (({by}), ()) ORDER BY events DESC, {by} NULLS FIRST"
    return (
        f"SELECT {told}{_columns(('events', *figures))} FROM events WHERE {_WITHIN}{narrowed}"
        f"{grouped if by else ''}"
    )


def _columns(figures: Sequence[str]) -> str:
    strange = [each for each in figures if each not in _FIGURES]
    if strange:
        raise Unusable(f"{strange[0]!r} is no figure; use {EVERY_FIGURE}.")
    return ", ".join(f"{_FIGURES[each]} AS {each}" for each in dict.fromkeys(figures))


def facts_by_day(
    offsets: Sequence[Offset],
    by: Sequence[str] = (),
    only: Mapping[str, int] = _ALL,
    figures: Sequence[str] = EVERY_FIGURE,
) -> str:
    """The same for each local day: neither medians nor distinct visits add up from hours.

    offsets: of the period asked about, so that a day when clocks change has 23 or 25 hours.
    """
    number = number_of_day(offsets)
    local = _of_its_offset(offsets, 'min("at")', _shifted)
    return _facts(number, f"CAST({local} AS DATE)", "local_day", by, only, _columns(figures))


def number_of_day(offsets: Sequence[Offset], moment: str = '"at"') -> str:
    """The number of the local day of a moment, counted from the first day of 1970."""
    return _of_its_offset(offsets, moment, _number_of_day)


def _of_its_offset(
    offsets: Sequence[Offset], moment: str, written: Callable[[str, int], str]
) -> str:
    """What is written of a moment and the offset that was in force then."""
    *changes, last = offsets
    cases = " ".join(
        f"WHEN {moment} < CAST('{each.until.isoformat(sep=' ')}' AS TIMESTAMPTZ) "
        f"THEN {written(moment, each.seconds)}"
        for each in changes
    )
    otherwise = written(moment, last.seconds)
    return f"CASE {cases} ELSE {otherwise} END" if cases else otherwise


def _number_of_day(moment: str, seconds: int) -> str:
    return f"(epoch_us({moment}) + {int(seconds) * _MICROS}) // {86_400 * _MICROS}"


def _shifted(moment: str, seconds: int) -> str:
    return f"{moment} {'-' if seconds < 0 else '+'} INTERVAL '{abs(int(seconds))}' SECOND"


def _narrowed(by: Sequence[str], only: Mapping[str, int]) -> str:
    """The further conditions of `only`, once all dimensions are known to be some."""
    strange = [each for each in (*by, *only) if each not in DIMENSIONS]
    if strange:
        raise Unusable(f"Events cannot be told apart by {strange[0]!r}; use {DIMENSIONS}.")
    return "".join(
        f" AND {each} IN ({', '.join(f'${each}_{at}' for at in range(1, values + 1))})"
        for each, values in only.items()
    )


def _facts(
    number: str, period: str, name: str, by: Sequence[str], only: Mapping[str, int], figures: str
) -> str:
    """Events are put together by the number of their hour or day, and that is named once a group.

    Sums of whole numbers; the calendar of a time zone asked for each event took half of the time.
    """
    within = f"{_WITHIN}{_narrowed(by, only)}"
    inner = f"SELECT *, {number} AS {name}_number FROM events WHERE {within}"
    return (
        f"SELECT {', '.join((f'{period} AS {name}', *by))}, {figures} FROM ({inner}) AS counted "
        f"GROUP BY {', '.join((f'{name}_number', *by))} ORDER BY {', '.join((name, *by))}"
    )


# (name, condition) of the marks a flow is made of.
START = "kind = 'transaction_start'"
COMPLETE = "kind = 'transaction_complete'"
_STEP = "kind = 'other' AND name = 'step'"


def funnel(steps: int, *, ends: bool) -> str:
    """How many visits got how far, in order: place 0 is the start, then each step, then the end.

    Columns: place, visits, median_seconds (on the way from the place before; null at the start).
    Parameters besides those of all: flow, step_1 … step_N, within (seconds a visit may take from
    one place to the next), settled (visits that began later have not had their time and are left
    out). A visit counts by the first time it starts, then by the first time it reaches each place
    at or after the place before: joins on first times, which every engine does well. ends: whether
    completing the flow is the last place.
    """
    marks = [START, *(f"{_STEP} AND step = $step_{at}" for at in range(1, steps + 1))]
    marks += [COMPLETE] if ends else []
    cases = " ".join(f"WHEN {mark} THEN {place}" for place, mark in enumerate(marks))
    parts = [
        f'marks AS (SELECT visit, "at", CASE {cases} ELSE -1 END AS place FROM events '
        f"WHERE {_WITHIN} AND flow = $flow AND visit <> '')",
        'place_0 AS (SELECT visit, min("at") AS reached FROM marks WHERE place = 0 '
        'GROUP BY visit HAVING min("at") < $settled)',
        *(_next_place(place) for place in range(1, len(marks))),
    ]
    rows = ["SELECT 0 AS place, count(*) AS visits, CAST(NULL AS DOUBLE) AS median_seconds "
            "FROM place_0"]  # fmt: skip
    rows += [
        f"SELECT {place} AS place, count(*) AS visits, median(seconds) AS median_seconds "
        f"FROM place_{place}"
        for place in range(1, len(marks))
    ]
    return f"WITH {', '.join(parts)} SELECT * FROM ({' UNION ALL '.join(rows)}) AS f ORDER BY place"


def _next_place(place: int) -> str:
    """The first time at this place after the first time at the one before, in time."""
    taken = 'epoch(marks."at") - epoch(before.reached)'
    return (
        f'place_{place} AS (SELECT before.visit, min(marks."at") AS reached, '
        f"min({taken}) AS seconds FROM place_{place - 1} AS before "
        f"JOIN marks ON marks.visit = before.visit AND marks.place = {place} "
        f'AND marks."at" >= before.reached AND {taken} <= $within GROUP BY before.visit)'
    )


# The steps of a flow by their mean place among the steps of a visit.
STEPS = f"""WITH begun AS (SELECT visit, min("at") AS reached FROM events
    WHERE {_WITHIN} AND flow = $flow AND visit <> '' AND {START} GROUP BY visit),
  seen AS (SELECT e.visit, e.step, min(epoch(e."at") - epoch(b.reached)) AS taken
    FROM (SELECT visit, step, "at" FROM events
      WHERE {_WITHIN} AND flow = $flow AND visit <> '' AND {_STEP} AND step <> '') AS e
    JOIN begun AS b ON b.visit = e.visit AND e."at" >= b.reached GROUP BY e.visit, e.step)
SELECT step, count(*) AS visits, avg(place) AS place FROM (
  SELECT step, row_number() OVER (PARTITION BY visit ORDER BY taken, step) AS place FROM seen
) AS placed GROUP BY step ORDER BY place, visits DESC, step"""

# What people came to do: visits that started each flow, and that finished it in the same visit.
THINGS = f"""WITH begun AS (SELECT flow, visit, min("at") AS reached FROM events
    WHERE {_WITHIN} AND flow <> '' AND visit <> '' AND {START}
    GROUP BY flow, visit HAVING min("at") < $settled),
  ended AS (SELECT e.flow, e.visit, min(epoch(e."at") - epoch(b.reached)) AS taken
    FROM (SELECT flow, visit, "at" FROM events WHERE {_WITHIN} AND flow <> '' AND {COMPLETE}) AS e
    JOIN begun AS b ON b.flow = e.flow AND b.visit = e.visit AND e."at" >= b.reached
    GROUP BY e.flow, e.visit)
SELECT b.flow, count(*) AS started, count(e.visit) AS finished,
  median(e.taken) AS median_seconds,
  quantile_cont(e.taken, 0.9) AS p90_seconds
FROM begun AS b LEFT JOIN ended AS e ON e.flow = b.flow AND e.visit = b.visit
GROUP BY b.flow ORDER BY started DESC, b.flow"""

# Flows that ever told of their end: only they have a completion rate (280.4-e1).
OUTCOMES = f"""SELECT flow, count(*) AS events FROM events
WHERE service = $service AND NOT bot AND flow <> '' AND {COMPLETE} GROUP BY flow ORDER BY flow"""

# The steps between pages, most taken first; a reload of the same page is no step.
NEXT_PAGES = f"""WITH views AS (SELECT visit, page,
    lead(page) OVER (PARTITION BY visit ORDER BY "at", id) AS next_page FROM events
    WHERE {_WITHIN} AND kind = 'page_view' AND visit <> '')
SELECT page, next_page, count(DISTINCT visit) AS visits FROM views
WHERE next_page IS NOT NULL AND next_page <> page
GROUP BY page, next_page ORDER BY visits DESC, page, next_page LIMIT 20"""

# Bounds of good and poor (web.dev, Web Vitals): milliseconds for lcp and inp, a score for cls.
VITALS = {"lcp": (2500.0, 4000.0), "inp": (200.0, 500.0), "cls": (0.1, 0.25)}


def _speed() -> str:
    good = " ".join(f"WHEN name = '{name}' THEN {bounds[0]}" for name, bounds in VITALS.items())
    poor = " ".join(f"WHEN name = '{name}' THEN {bounds[1]}" for name, bounds in VITALS.items())
    timed = f"kind = 'other' AND name IN ('lcp', 'inp', 'cls') AND value IS NOT NULL AND {_WITHIN}"
    return f"""WITH top_pages AS (SELECT page, count(*) AS loads FROM events WHERE {timed}
    GROUP BY page ORDER BY loads DESC, page LIMIT 25)
SELECT e.page, e.name, count(*) AS loads, quantile_cont(e.value, 0.75) AS p75,
  sum(CASE WHEN e.value <= e.good THEN 1 ELSE 0 END) AS good,
  sum(CASE WHEN e.value > e.poor THEN 1 ELSE 0 END) AS poor
FROM (SELECT page, name, value, CASE {good} END AS good, CASE {poor} END AS poor
  FROM events WHERE {timed}) AS e
JOIN top_pages AS t ON t.page = e.page GROUP BY e.page, e.name ORDER BY e.page, e.name"""


# The pages with most measured loads first found, then measured: two passes, few groups.
SPEED = _speed()

# What happens now, minute by minute.
# When the newest event of each site came in, of those of the last days.
NEWEST = """SELECT site, max(received) AS received, count(*) AS events FROM events
WHERE service = $service AND NOT bot AND day >= $first_day GROUP BY site ORDER BY site"""
