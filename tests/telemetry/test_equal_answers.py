"""Every question has one definition: DuckDB here and a cluster of two workers answer it alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest

from cx280.lake.engines import DuckDB, SparkConnect
from cx280.lake.tables import Lake
from cx280.telemetry.rules import paths, questions, visit_questions
from cx280.telemetry.rules.arrivals import ARRIVALS
from cx280.telemetry.rules.periods import local_days
from cx280.telemetry.rules.seen import SITE_HOURS
from tests.dashboards.online import a_flow, happening, some_loads
from tests.lake.test_equal_answers import cluster
from tests.telemetry.happened import SERVICE, kept

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


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake with two flows, page speed and page views."""
    folder = tmp_path_factory.mktemp("questions") / "lake"
    flows = a_flow(SERVICE, NOW, (60, 55, 48, 24, 22))
    other = a_flow(SERVICE, NOW, (30, 20, 12), "report", steps=("where", "what"), ends=False)
    kept(folder, chain(flows, other, some_loads(SERVICE, NOW, 20), happening(SERVICE, NOW)))
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

    here, there = DuckDB(lake).answer(sql, **given), spark.answer(sql, **given)

    assert here
    assert len(here) == len(there)
    for mine, theirs in zip(here, there, strict=True):
        assert mine.keys() == theirs.keys()
        for column, value in mine.items():
            if isinstance(value, float):
                assert theirs[column] == pytest.approx(value, rel=1e-9), column
            else:
                assert theirs[column] == value, column
