"""The scorecard of practices: fourteen, each with a verdict and its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.telemetry.queries.evidence import evidence_of
from cx280.telemetry.rules.scorecard import Evidence, Verdict, scorecard
from tests.builders import a_service
from tests.telemetry.builders import a_flow, a_metric, a_site
from tests.telemetry.counted import days_counted

PASS, FAIL, OUT = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE
FOURTEEN = ["c1", "c2", "d1", "e1", "e2", "e3", "f1", "f2", "g1", "g2", "h1", "h3", "i1", "i2"]
BEST = Evidence(
    questions=2,
    metrics=3,
    sites_enabled=1,
    events=9000,
    kinds=frozenset({"page_view", "click"}),
    visits=800,
    days=30,
    span_days=400,
    kept_days=400,
    watched=2,
    alarms=1,
    flows=2,
    flows_changed=1,
)


def verdicts(evidence: Evidence) -> dict[str, Verdict]:
    return {each.rule.removeprefix("280.7-"): each.verdict for each in scorecard(evidence)}


@pytest.mark.proves("280.7-b2")
def test_the_scorecard_lists_the_fourteen_practices_each_with_evidence() -> None:
    for evidence in (BEST, Evidence(), Evidence(is_digital=False)):
        found = scorecard(evidence)

        assert [each.rule.removeprefix("280.7-") for each in found] == FOURTEEN
        assert all(each.verdict in {PASS, FAIL, OUT} and each.evidence for each in found)


def test_a_service_that_does_everything_passes_everywhere() -> None:
    assert set(verdicts(BEST).values()) == {PASS}


@pytest.mark.proves("280.7-b2")
def test_what_nobody_counted_is_no_evidence() -> None:
    found = {each.rule: each for each in scorecard(Evidence(sites_enabled=1))}

    assert found["280.7-e1"].verdict is FAIL
    assert found["280.7-e1"].evidence == "Events of this service have not been counted yet."
    assert found["280.7-i1"].verdict is OUT


@pytest.mark.parametrize(
    ("change", "falls"),
    [
        ({"untraced": 1}, {"c1"}),
        ({"metrics_without_action": 1}, {"c2"}),
        ({"questions": 0}, {"c1", "c2"}),
        ({"kinds": frozenset()}, {"d1"}),
        ({"visits": 0}, {"e2"}),
        ({"span_days": 90}, {"e3"}),
        ({"days": 29}, {"f1"}),
        ({"kept_days": 0}, {"f2"}),
        ({"events": 0}, {"d1", "e1", "e2", "e3", "f1", "f2", "g1", "g2"}),
        ({"watched": 0}, {"h1"}),
        ({"alarms": None}, {"h3"}),
        ({"flows_without_events": 1}, {"i1"}),
        ({"flows_changed_unmarked": 1}, {"i2"}),
    ],
)
def test_each_practice_falls_with_its_own_evidence(
    change: dict[str, object], falls: set[str]
) -> None:
    found = verdicts(replace(BEST, **change))  # type: ignore[arg-type]

    assert {rule for rule, verdict in found.items() if verdict is FAIL} == falls


@given(st.builds(Evidence, is_digital=st.just(False)))
def test_a_service_without_a_digital_channel_is_judged_nowhere(evidence: Evidence) -> None:
    assert set(verdicts(evidence).values()) == {OUT}


@pytest.mark.django_db
def test_the_evidence_is_what_the_record_holds() -> None:
    service = a_service()
    a_metric(service)
    a_metric(service, planned_action="", threshold=None)
    a_site(service, enabled=True)
    a_flow(service, first_event_on=date(2022, 3, 1))
    a_flow(service, key="renew", state="optimised")

    found = evidence_of(service, date(2022, 6, 1))

    assert (found.questions, found.metrics, found.metrics_without_action) == (2, 2, 1)
    assert (found.sites_enabled, found.untraced) == (1, 1)
    assert (found.flows, found.flows_without_events) == (2, 1)
    assert (found.flows_changed, found.flows_changed_unmarked) == (1, 1)


@pytest.mark.django_db
def test_days_of_kept_sums_count_from_the_first_of_them() -> None:
    service = a_service()
    days_counted(service, [(date(2022, 5, 1), 10)])

    assert evidence_of(service, date(2022, 5, 10)).kept_days == 10
    assert evidence_of(service, date(2022, 4, 30)).kept_days == 0
