"""The measurement plan: from a question to an action, and what is missing between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.finding import Severity
from cx280.lake.counts import CountRow, Counts, lake_address
from cx280.services.models import ServiceChannel
from cx280.telemetry.models import Question
from cx280.telemetry.queries.plan import plan_document, plan_of, plan_rows
from cx280.telemetry.rules.plan import Event, Plan, PlannedMetric, PlannedQuestion, findings
from cx280.telemetry.rules.vocabulary import EventKind
from tests.builders import a_service
from tests.telemetry.builders import a_flow, a_metric, a_site

TODAY = date(2022, 6, 1)
FINISHED = Event("transaction_complete", flow="apply")


def metric(**fields: Any) -> PlannedMetric:
    return PlannedMetric(
        **{
            "name": "Share who finish",
            "counts": FINISHED,
            "planned_action": "Watch five people.",
            "threshold": Decimal(60),
            **fields,
        }
    )


def plan(*metrics: PlannedMetric, **fields: Any) -> Plan:
    question = PlannedQuestion("Where do people stop?", "The step where most leave.", metrics)
    return Plan(**{"questions": (question,), "flows": ("apply",), **fields})


def said(plan: Plan) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in findings(plan)]


def test_a_whole_plan_lacks_nothing() -> None:
    assert findings(plan(metric())) == []


@pytest.mark.proves("280.7-c2")
def test_a_metric_without_planned_action_is_warned_of() -> None:
    found = findings(plan(metric(planned_action=" ")))

    assert [(each.rule, each.severity, each.where) for each in found] == [
        ("280.7-c2", Severity.WARN, "questions[0].metrics[0]")
    ]


@pytest.mark.proves("280.7-c2")
def test_a_metric_without_threshold_is_warned_of_and_zero_is_a_threshold() -> None:
    assert [each.rule for each in findings(plan(metric(threshold=None)))] == ["280.7-c2"]
    assert findings(plan(metric(threshold=Decimal(0)))) == []


@pytest.mark.proves("280.7-c1")
def test_a_flow_or_an_event_that_answers_no_question_is_warned_of() -> None:
    started = Event("transaction_start", flow="apply")
    seen = frozenset({Event("error", "form"), FINISHED, started, Event("click", "", "pay")})

    found = said(plan(metric(), flows=("apply", "renew"), names=("search",), seen=seen))

    assert found == [
        ("280.7-c1", "The flow “renew” is collected and answers no question."),
        ("280.7-c1", "The event “search” is collected and answers no question."),
        ("280.7-c1", "Click in the flow “pay” is collected and answers no question."),
        ("280.7-c1", "Error “form” is collected and answers no question."),
    ]


@pytest.mark.proves("280.7-c1")
def test_a_question_that_nothing_measures_is_warned_of() -> None:
    empty = Plan(questions=(PlannedQuestion("Do people find it?"),), is_digital=False)

    assert [each.message for each in findings(empty)] == [
        "“Do people find it?” does not say what you want to find out.",
        "Nothing measures an answer to “Do people find it?”.",
    ]


@pytest.mark.proves("280.7-d1")
def test_a_digital_service_names_a_key_action_and_another_need_not() -> None:
    only_errors = metric(counts=Event("error", flow="apply"))

    assert [rule for rule, _ in said(plan(only_errors))] == ["280.7-d1"]
    assert findings(plan(only_errors, is_digital=False)) == []


@given(
    st.sampled_from(EventKind),
    st.sampled_from(["", "apply", "renew"]),
    st.sampled_from(["", "pay"]),
    st.sampled_from(["", "help"]),
)
def test_a_metric_that_names_only_its_kind_counts_every_event_of_it(
    kind: EventKind, flow: str, step: str, name: str
) -> None:
    event = Event(kind.value, name, flow, step)

    assert metric(counts=Event(kind.value)).counts_event(event)
    assert metric(counts=event).counts_event(event)
    assert not metric(counts=Event(kind.value, "other-name")).counts_event(event)


@pytest.mark.django_db
def test_the_plan_of_a_service_is_read_beside_what_it_collects() -> None:
    service = a_service()
    a_metric(service)
    a_flow(service)
    a_flow(service, key="old", state="deprecated")
    a_site(service, names=["help"])

    read = plan_of(service, TODAY)

    assert read.flows == ("apply",)
    assert read.names == ("help",)
    assert read.is_digital
    assert [each.name for each in read.metrics] == ["Share who finish"]


@pytest.mark.django_db
def test_a_channel_that_ended_makes_a_service_digital_no_more() -> None:
    service = a_service()
    ServiceChannel.objects.filter(service=service, channel="website").update(
        until=date(2022, 5, 31)
    )

    assert plan_of(service, date(2022, 5, 31)).is_digital
    assert not plan_of(service, TODAY).is_digital


@pytest.mark.django_db
def test_the_files_of_a_plan_hold_every_metric_and_every_question() -> None:
    service = a_service()
    a_metric(service)
    Question.objects.create(service=service, text="Do people find it?")

    rows, document = plan_rows(service), plan_document(service)

    assert [(row[0], row[2], row[9]) for row in rows] == [
        ("Where do people stop?", "Share who finish", 60.0),
        ("Do people find it?", None, None),
    ]
    assert document["questions"][0]["metrics"][0]["planned_action"].startswith("Watch")


@pytest.mark.proves("280.10-r2")
def test_a_digital_service_of_which_nothing_is_told_is_warned_of() -> None:
    found = findings(plan(metric(), has_stream=False))

    assert [(each.rule, each.severity) for each in found] == [("280.10-r2", Severity.WARN)]
    assert "analytics.usa.gov" in found[0].fix
    assert findings(plan(metric(), has_stream=False, is_digital=False)) == []


@pytest.mark.proves("280.10-r2")
@pytest.mark.django_db
def test_a_site_that_runs_or_counts_that_came_in_are_a_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CX280_LAKE", str(tmp_path / "lake"))
    none, running, counted = a_service(), a_service(), a_service()
    a_site(none)
    a_site(running, enabled=True)
    site = a_site(counted)
    row = CountRow(site.key, "visits", "", "2022-05-01", "", "visits", 12.0)
    Counts(lake_address()).replace([row])

    told = [plan_of(each, TODAY).has_stream for each in (none, running, counted)]

    assert told == [False, True, True]
