"""What is watched without set-up, and how sensitively."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import (
    FlowKnown,
    Sensitivity,
    ServiceKnown,
    default_watches,
    flow_and_place,
    share_of,
    step_key,
)
from cx280.kernel.problem import Unusable
from cx280.telemetry.queries.evidence import evidence_of
from tests.alarms.builders import a_watch
from tests.builders import a_service

RENEW = FlowKnown("renew", "Renew a passport", [("photo", "Photo"), ("pay", "Payment")])
FLOWS = st.lists(
    st.builds(FlowKnown, st.text(min_size=1), st.text(),
              st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5)),
    max_size=5, unique_by=lambda flow: flow.key,
)  # fmt: skip


@pytest.mark.proves("280.7-h2")
@given(flows=FLOWS)
def test_page_views_and_each_key_transaction_are_watched_for_every_digital_service(
    flows: list[FlowKnown],
) -> None:
    found = {(each.kind, each.key) for each in default_watches(ServiceKnown(True, flows))}

    assert {(Kind.EVENTS_BY_HOUR, "page_view"), (Kind.EVENTS_BY_DAY, "page_view")} <= found
    assert {(Kind.FLOW, flow.key) for flow in flows} <= found
    assert {(Kind.COMPLETION, flow.key) for flow in flows} <= found


@given(flows=FLOWS)
def test_no_figure_is_watched_twice(flows: list[FlowKnown]) -> None:
    found = [(each.kind, each.key) for each in default_watches(ServiceKnown(True, flows))]

    assert len(found) == len(set(found))


def test_each_way_from_one_step_to_the_next_is_watched() -> None:
    found = [
        each for each in default_watches(ServiceKnown(True, [RENEW])) if each.kind is Kind.STEP
    ]

    assert [each.label for each in found] == [
        "Share from the start to “Photo” of “Renew a passport”",
        "Share from “Photo” to “Payment” of “Renew a passport”",
        "Share from “Payment” to the end of “Renew a passport”",
    ]


def test_each_question_of_a_survey_and_the_number_of_answers_are_watched() -> None:
    found = default_watches(ServiceKnown(questions=[("trust", "Trust"), ("ease", "Ease")]))

    assert [(each.kind, each.key) for each in found] == [
        (Kind.SCORE, "trust"), (Kind.SCORE, "ease"), (Kind.ANSWERS, "all"),
    ]  # fmt: skip


def test_a_service_without_website_and_survey_has_nothing_to_watch() -> None:
    assert default_watches(ServiceKnown(flows=[RENEW])) == []


@given(flow=st.text(min_size=1), place=st.integers(0, 80))
def test_a_step_s_key_names_its_flow_and_its_place(flow: str, place: int) -> None:
    assert flow_and_place(step_key(flow, place)) == (flow, place)


@given(a_month=st.floats(0.01, 10), watches=st.integers(1, 500))
def test_the_watches_of_a_service_share_its_false_alarms(a_month: float, watches: int) -> None:
    assert share_of(a_month, watches) * watches == pytest.approx(a_month)


def test_no_false_alarms_at_all_cannot_be_promised() -> None:
    with pytest.raises(Unusable, match="more than zero"):
        share_of(0, 3)


def test_every_choice_says_how_many_false_alarms_and_not_how_many_sigma() -> None:
    assert all("false alarm" in each.label for each in Sensitivity)
    assert Sensitivity.ONE.a_month == 1


@pytest.mark.django_db
def test_the_scorecard_of_a_service_knows_its_watches() -> None:
    service = a_service()
    a_watch(service)
    a_watch(service, key="click", enabled=False)

    found = evidence_of(service, date(2026, 11, 2))

    assert (found.watched, found.alarms) == (1, 1)
    assert evidence_of(a_service(owner=service.owner), date(2026, 11, 2)).watched == 0
