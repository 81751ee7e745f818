"""Which ways people go: what came before and after a place, and whole ways through a flow.

In the SQL of DuckDB that Spark's dialect has too, like `rules.questions`; bots are never counted. A
place is a page that was viewed, or, of a flow, its start, a step, an error, its end. The same place
twice in a row, as after a reload, is told once.
"""

# ruff: noqa: S608 (the texts are constants; what people give is a parameter)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

START, FINISH, LEFT = "(start)", "(finish)", "(left)"
FARTHEST = 3  # places before and after that are told
LONGEST = 8  # places of a way that are told
MOST = 20  # ways of each ending

_WITHIN = (
    "service = $service AND NOT bot AND day >= $first_day AND day <= $last_day "
    'AND "at" >= $start AND "at" < $end AND visit <> \'\''
)
_OF_PAGES = f"""SELECT visit, page AS place, kind, "at", id FROM events
  WHERE {_WITHIN} AND kind = 'page_view'"""
_OF_A_FLOW = f"""SELECT visit, CASE WHEN kind = 'transaction_start' THEN '{START}'
    WHEN kind = 'transaction_complete' THEN '{FINISH}'
    WHEN kind = 'error' THEN concat('error ', name)
    WHEN name = 'abandon' THEN '{LEFT}' ELSE step END AS place, kind, "at", id
  FROM events WHERE {_WITHIN} AND flow = $flow AND (kind IN ('transaction_start',
    'transaction_complete', 'error') OR (kind = 'other' AND name IN ('step', 'abandon')))"""


def _walked(told: str) -> str:
    """The places of each visit in order, each with its number; a reload is no place of its own."""
    return f"""moved AS (SELECT visit, place, kind, "at", id,
    lag(place) OVER (PARTITION BY visit ORDER BY "at", id) AS came_from FROM {told}),
  walked AS (SELECT visit, place, kind,
    row_number() OVER (PARTITION BY visit ORDER BY "at", id) AS nth
    FROM moved WHERE came_from IS NULL OR came_from <> place)"""


def around(*, of_a_flow: bool) -> str:
    """What visits did before and after they first came to a place.

    Columns: away (-3 … 3; 0 is the place itself), place, visits. Parameters besides those of all
    questions: place, and flow where it is a place of one.
    """
    every = _OF_A_FLOW if of_a_flow else _OF_PAGES
    # Only visits that were there are put in order: that takes most of the time.
    return f"""WITH every AS ({every}),
  there AS (SELECT DISTINCT visit FROM every WHERE place = $place),
  told AS (SELECT e.visit, e.place, e.kind, e."at", e.id FROM every AS e
    JOIN there AS t ON t.visit = e.visit), {_walked("told")},
  came AS (SELECT visit, min(nth) AS nth FROM walked WHERE place = $place GROUP BY visit)
SELECT w.nth - c.nth AS away, w.place, count(*) AS visits FROM walked AS w
JOIN came AS c ON c.visit = w.visit AND w.nth >= c.nth - {FARTHEST} AND w.nth <= c.nth + {FARTHEST}
GROUP BY w.nth - c.nth, w.place ORDER BY away, visits DESC, w.place"""


def _ways() -> str:
    names = [f"place_{at}" for at in range(1, LONGEST + 1)]
    listed = ", ".join(names)
    picked = ", ".join(
        f"coalesce(max(CASE WHEN w.nth = {at} THEN w.place END), '') AS {name}"
        for at, name in enumerate(names, start=1)
    )
    return f"""WITH all_told AS ({_OF_A_FLOW}),
  begun AS (SELECT visit, min("at") AS reached FROM all_told WHERE kind = 'transaction_start'
    GROUP BY visit HAVING min("at") < $settled),
  told AS (SELECT t.visit, t.place, t.kind, t."at", t.id FROM all_told AS t
    JOIN begun AS b ON b.visit = t.visit AND t."at" >= b.reached),
  {_walked("told")},
  lasts AS (SELECT visit, max(nth) AS nth FROM walked GROUP BY visit),
  ways AS (SELECT w.visit, {picked}, max(w.nth) AS places,
      max(CASE WHEN w.kind = 'transaction_complete' THEN 2
        WHEN w.kind = 'error' AND w.nth = l.nth THEN 1 ELSE 0 END) AS ended
    FROM walked AS w JOIN lasts AS l ON l.visit = w.visit GROUP BY w.visit),
  counted AS (SELECT ended, {listed}, CASE WHEN places > {LONGEST} THEN 1 ELSE 0 END AS goes_on,
      count(*) AS visits FROM ways
    GROUP BY ended, {listed}, CASE WHEN places > {LONGEST} THEN 1 ELSE 0 END),
  ranked AS (SELECT *, row_number() OVER (PARTITION BY ended
      ORDER BY visits DESC, {listed}, goes_on) AS place_in_order,
    CAST(sum(visits) OVER (PARTITION BY ended) AS BIGINT) AS of_ended FROM counted)
SELECT ended, {listed}, goes_on, visits, of_ended, place_in_order FROM ranked
WHERE place_in_order <= {MOST} ORDER BY ended, place_in_order"""


# The ways that most visits took through a flow, by how they ended: 2 told of the outcome, 1 had an
# error last, 0 went away. Parameters: flow, settled (see `questions.funnel`).
WAYS = _ways()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A place so many places before (negative) or after, and the visits that were there."""

    away: int
    place: str
    visits: int


@dataclass(frozen=True, slots=True)
class Side:
    """All that visits did so many places away: places with counts, and visits that had none.

    n: visits that came to the chosen place. ended: those that had left by then, or had not come.
    """

    away: int
    places: tuple[Neighbour, ...]
    ended: int
    n: int


def sides(found: Sequence[Neighbour]) -> list[Side]:
    """What is known of each distance, nearest first, before and then after; [] when nobody came."""
    n = sum(each.visits for each in found if each.away == 0)
    if not n:
        return []
    made = []
    for far in range(1, FARTHEST + 1):
        for away in (-far, far):
            here = tuple(each for each in found if each.away == away)
            made.append(Side(away, here, n - sum(each.visits for each in here), n))
    return made


@dataclass(frozen=True, slots=True)
class Way:
    """A way through a flow: its places in order, the visits that took it, and `of` all that ended
    so. goes_on: there are more places than told."""

    places: tuple[str, ...]
    visits: int
    of: int
    goes_on: bool = False
