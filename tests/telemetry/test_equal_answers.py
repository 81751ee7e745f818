"""Every question has one definition: DuckDB here and a cluster of two workers answer it alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest

from cx280.lake.engines import DuckDB, Rows, SparkConnect
from cx280.lake.tables import Lake
from cx280.telemetry.rules import (
    fact_questions,
    flow_questions,
    paths,
    questions,
    visit_questions,
)
from cx280.telemetry.rules.arrivals import ARRIVALS
from cx280.telemetry.rules.local_days import counted_days
from cx280.telemetry.rules.periods import local_days
from cx280.telemetry.rules.seen import SITE_HOURS
from tests.dashboards.online import a_flow, happening, some_loads
from tests.lake.test_equal_answers import cluster
from tests.telemetry.happened import SERVICE, an_event, kept

__all__ = ["cluster"]
NOW = datetime(2026, 3, 12, 18, tzinfo=UTC)
# The clock jumps on March 8.
WEEKS = local_days(date(2026, 3, 1), date(2026, 3, 12), "America/New_York")
ASKED: dict[str, object] = {
    "service": SERVICE,
    **WEEKS.parameters,
    "flow": "renew-permit",
    "place": "/renew-permit",
    "kind_1": "page_view",
    "page_1": "/",
    "page_2": "/renew-permit",
    "step_1": "who-you-are",
    "step_2": "your-boat",
    "step_3": "pay",
    "within": 1800.0,
    "visits": [f"renew-permit-{each}" for each in range(20)] + ["it's nobody's"],
    "settled": NOW - timedelta(minutes=30),
    "seconds": 300,
}
QUESTIONS = {
    "hours": questions.facts_by_hour(["kind", "page"]),
    "days": questions.facts_by_day(WEEKS.offsets, ["name"]),
    "whole": questions.facts_whole("page", {"kind": 1}),
    "few": questions.facts_whole("device", {"kind": 1}, ["visits", "median"]),
    "all": questions.facts_whole(only={"kind": 1, "page": 2}),
    "some hours": questions.facts_by_hour(["page"], {"page": 2}),
    "some days": questions.facts_by_day(WEEKS.offsets, ["device"], {"kind": 1, "page": 2}),
    "site hours": SITE_HOURS,
    "around a page": paths.around(of_a_flow=False),
    "around a step": paths.around(of_a_flow=True),
    "whole ways": paths.WAYS,
    "funnel": questions.funnel(3, ends=True),
    "steps": questions.STEPS,
    "things": questions.THINGS,
    "outcomes": questions.OUTCOMES,
    "ways": questions.NEXT_PAGES,
    "speed": questions.SPEED,
    "arrivals": ARRIVALS,
    "newest": questions.NEWEST,
    "marks": visit_questions.MARKS,
    "seen": visit_questions.SEEN,
}
# Asked to count days into facts: on one of them some visits have not had their half hour.
DAYS = counted_days(date(2026, 3, 7), date(2026, 3, 9), "America/New_York")
TO_COUNT: dict[str, object] = {
    **DAYS.parameters(datetime(2026, 3, 9, 17, 50, tzinfo=UTC)),
    "crossing": [f"night-{each}" for each in range(9)],
    "orders": flow_questions.in_orders(
        {(SERVICE, "renew-permit"): ("who-you-are", "pay"), (SERVICE, "report"): ()}
    ),
}
ABOUT = ([SERVICE, 99], DAYS)
COUNTS = {
    "rows by hour": fact_questions.ROWS_BY_HOUR,
    "crossing": fact_questions.crossing(*ABOUT),
    "totals": fact_questions.figures(*ABOUT, "totals"),
    "pages": fact_questions.figures(*ABOUT, "page"),
    "steps of flows": fact_questions.figures(*ABOUT, "step"),
    "spreads": fact_questions.spreads(*ABOUT, "page"),
    "speed": fact_questions.speed(*ABOUT),
    "ways": fact_questions.ways(*ABOUT),
    "things": flow_questions.things(*ABOUT),
    "steps": flow_questions.steps(*ABOUT),
    "funnels": flow_questions.reached(*ABOUT, 3),
    "unsettled": flow_questions.unsettled(*ABOUT),
}
# What counting asks for comes in any order; rows are told apart by what is no measured value.
MEASURED = ("total", "mean", "quantiles", "least", "greatest", "median", "p90", "p75", "places")


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with two flows, page speed and page views."""
    folder = tmp_path_factory.mktemp("questions") / "lake"
    flows = a_flow(SERVICE, NOW, (60, 55, 48, 24, 22))
    other = a_flow(SERVICE, NOW, (30, 20, 12), "report", steps=("where", "what"), ends=False)
    night = [
        an_event(datetime(2026, 3, 9, 3, 59, 50 + n, tzinfo=UTC) + timedelta(seconds=n * m),
                 visit=f"night-{n}", page=f"/{m}")
        for n in range(9) for m in range(4)
    ]  # fmt: skip
    loads = some_loads(SERVICE, NOW - timedelta(days=3), 20)
    kept(
        folder,
        chain(night, loads, flows, other, some_loads(SERVICE, NOW, 20), happening(SERVICE, NOW)),
    )
    return Lake(folder)


@pytest.fixture(scope="module")
def spark(lake: Lake, cluster: str) -> Iterator[SparkConnect]:
    """The cluster that reads the same lake."""
    made = SparkConnect(lake, cluster)
    yield made
    made.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_both_engines_answer_every_question_alike(
    lake: Lake, spark: SparkConnect, name: str
) -> None:
    sql = QUESTIONS[name]
    given = {each: value for each, value in ASKED.items() if f"${each}" in sql}
    if name == "around a step":
        given["place"] = "pay"

    alike(DuckDB(lake).answer(sql, **given), spark.answer(sql, **given))


@pytest.mark.parametrize("name", COUNTS)
def test_both_engines_count_every_part_of_days_alike(
    lake: Lake, spark: SparkConnect, name: str
) -> None:
    sql = COUNTS[name]
    given = {each: TO_COUNT[each] for each in re.findall(r"\$(\w+)", sql)}

    here, there = DuckDB(lake).answer(sql, **given), spark.answer(sql, **given)

    alike(in_order(here), in_order(there))


def in_order(rows: Rows) -> Rows:
    """The rows by all that was not measured."""
    exact = [name for name in rows[0] if name not in MEASURED] if rows else []
    return sorted(rows, key=lambda row: [str(row[name]) for name in exact])


def alike(here: Rows, there: Rows) -> None:
    """Fails where the answers are not the same, floats to nine digits."""
    assert here
    assert len(here) == len(there)
    for mine, theirs in zip(here, there, strict=True):
        assert mine.keys() == theirs.keys()
        for column, value in mine.items():
            if isinstance(value, (float, list)):
                assert theirs[column] == pytest.approx(value, rel=1e-9), column
            else:
                assert theirs[column] == value, column
