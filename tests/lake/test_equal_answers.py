"""One query, two engines: DuckDB here and a cluster of two workers give equal answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cx280.kernel.problem import Unusable
from cx280.lake.dialects import in_spark
from cx280.lake.engines import DuckDB, SparkConnect, engine
from cx280.lake.tables import Lake, arrow_of
from tests.lake.rows import DAY, NOON, SECOND, event
from tests.lake.servers import sail

KINDS = ["page_view", "click", "transaction_start", "transaction_complete", "error"]
QUERIES = {
    "counts by day and kind": """
        SELECT day, kind, count(*) AS n FROM events GROUP BY day, kind ORDER BY day, kind""",
    "sum, mean, median, least, most and quantiles": """
        SELECT service, sum(value) AS total, avg(value) AS mean, median(value) AS middle,
            min(value) AS least, max(value) AS most, quantile_cont(value, 0.9) AS p90,
            quantile_cont(value, 0.95) AS p95
        FROM events WHERE value IS NOT NULL GROUP BY service ORDER BY service""",
    "distinct visits by hour": """
        SELECT date_trunc('hour', events.at) AS hour, count(DISTINCT visit) AS visits
        FROM events WHERE NOT bot AND visit <> '' GROUP BY hour ORDER BY hour""",
    "shares of a total": """
        SELECT device, count(*) FILTER (WHERE kind = 'error') / count(*) AS share
        FROM events GROUP BY device ORDER BY device""",
    "what one service saw in some days": """
        SELECT page, count(*) AS n FROM events
        WHERE service = $service AND day BETWEEN $first AND $last AND language = $language
        GROUP BY page ORDER BY n DESC, page LIMIT 5""",
    "a funnel as joins on first times": """
        WITH a AS (SELECT visit, min(events.at) AS t FROM events
                   WHERE service = $service AND kind = 'page_view' GROUP BY visit),
             b AS (SELECT visit, min(events.at) AS t FROM events JOIN a USING (visit)
                   WHERE service = $service AND kind = 'transaction_start' AND events.at > a.t
                   GROUP BY visit),
             c AS (SELECT visit, min(events.at) AS t FROM events JOIN b USING (visit)
                   WHERE service = $service AND kind = 'transaction_complete' AND events.at > b.t
                   GROUP BY visit)
        SELECT count(*) AS first, count(b.t) AS second, count(c.t) AS third,
            median(epoch(b.t) - epoch(a.t)) AS seconds, min(a.t) AS earliest
        FROM a LEFT JOIN b USING (visit) LEFT JOIN c USING (visit)""",
    "the last page of each visit": """
        SELECT visit, max_by(page, events.at) AS page FROM events WHERE service = $service
        GROUP BY visit ORDER BY visit LIMIT 20""",
    "quotes and backslashes stay text": """
        SELECT count(*) AS n, $text AS said FROM events WHERE name = $text""",
    "sessions by the time since the event before": """
        SELECT visit, count(*) AS n FROM (
            SELECT visit, epoch(events.at) - lag(epoch(events.at)) OVER
                (PARTITION BY visit ORDER BY events.at, id) AS gap FROM events) AS steps
        WHERE gap > 1800 GROUP BY visit ORDER BY visit""",
}
GIVEN: dict[str, object] = {
    "service": 2,
    "first": date(2024, 2, 29),
    "last": date(2024, 3, 2),
    "language": "es",
    "text": 'it\'s a \\ "name"',
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    made = Lake(tmp_path_factory.mktemp("answers") / "lake")
    chance = random.Random(280)
    for turn in range(4):
        rows = [
            event(
                f"{turn}-{number}",
                NOON + chance.randrange(4 * DAY),
                service=chance.randint(1, 3),
                kind=chance.choice(KINDS),
                name=chance.choice(["", 'it\'s a \\ "name"']),
                page=f"/{chance.randrange(20)}",
                visit=str(chance.randrange(60)),
                value=chance.choice([None, chance.expovariate(0.01)]),
                device=chance.choice(["phone", "desktop"]),
                language=chance.choice(["en", "es"]),
                bot=chance.random() < 0.1,
            )
            for number in range(500)
        ]
        made.append(arrow_of(rows))
    return made


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with sail() as address:
        yield address


@pytest.fixture(scope="module")
def spark(lake: Lake, cluster: str) -> Iterator[SparkConnect]:
    made = engine(lake, cluster)
    assert isinstance(made, SparkConnect)
    yield made
    made.close()


@pytest.mark.parametrize("name", QUERIES)
def test_both_engines_give_equal_answers(lake: Lake, spark: SparkConnect, name: str) -> None:
    sql = QUERIES[name]
    given = {each: value for each, value in GIVEN.items() if f"${each}" in sql}

    here, there = DuckDB(lake).answer(sql, **given), spark.answer(sql, **given)

    assert here
    assert len(here) == len(there)
    for mine, theirs in zip(here, there, strict=True):
        assert mine.keys() == theirs.keys()
        for column, value in mine.items():
            if isinstance(value, float):
                assert theirs[column] == pytest.approx(value, rel=1e-9)
            else:
                assert theirs[column] == value


def test_the_cluster_sees_what_was_appended_since(tmp_path: Path, cluster: str) -> None:
    lake = Lake(tmp_path / "lake")
    lake.append(arrow_of([event("a")]))
    spark = SparkConnect(lake, cluster)
    assert spark.answer("SELECT count(*) AS n FROM events") == [{"n": 1}]

    lake.append(arrow_of([event("b", NOON + SECOND)]))

    assert spark.answer("SELECT count(*) AS n FROM events") == [{"n": 2}]
    spark.close()


def test_what_stands_inside_a_quantile_is_translated_too() -> None:
    spark = in_spark("SELECT median(epoch(events.at) + $more) FROM events", {"more": 1})

    assert spark == (
        "SELECT PERCENTILE((CAST(UNIX_MICROS(events.at) AS DOUBLE) / 1000000.0) + 1, 0.5)"
        " FROM events"
    )


def test_a_value_that_is_not_given_is_named() -> None:
    with pytest.raises(Unusable, match="“first”"):
        in_spark("SELECT 1 FROM events WHERE day = $first", {})


def test_an_engine_nobody_knows_is_refused(lake: Lake) -> None:
    with pytest.raises(Unusable, match="mysql"):
        engine(lake, "mysql://")
