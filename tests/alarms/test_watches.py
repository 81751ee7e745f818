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


KINDS = st.sampled_from(list(Kind))


@given(a_month=st.floats(0.01, 10), among=st.lists(KINDS, min_size=1, max_size=60))
def test_what_the_watches_of_a_service_may_tell_grows_by_a_third_at_most_with_their_number(
    a_month: float, among: list[Kind]
) -> None:
    together = sum(share_of(a_month, each, among) for each in among)
    alone = share_of(a_month, Kind.SCORE, [Kind.SCORE])

    assert alone * (1 - 1e-9) <= together <= alone * 1.3
    if len(among) <= 8:
        assert together == pytest.approx(alone)


@given(among=st.lists(KINDS, min_size=1, max_size=60), one=KINDS, another=KINDS)
def test_one_more_watch_leaves_less_to_each(among: list[Kind], one: Kind, another: Kind) -> None:
    among = [one, *among]

    assert share_of(1, one, [*among, another]) < share_of(1, one, among)


@given(less=st.floats(0.01, 10), more=st.floats(1.01, 5), among=st.lists(KINDS, max_size=60))
def test_whoever_accepts_more_false_alarms_is_told_more(
    less: float, more: float, among: list[Kind]
) -> None:
    among = [Kind.SCORE, *among]

    assert share_of(less * more, Kind.SCORE, among) > share_of(less, Kind.SCORE, among)


@given(kind=KINDS, among=st.lists(KINDS, max_size=3))
def test_a_new_watch_takes_no_more_than_a_service_has(kind: Kind, among: list[Kind]) -> None:
    assert share_of(1, kind, among) <= share_of(1, kind, [kind])


def test_falls_that_join_an_incident_are_not_counted_against_a_choice() -> None:
    of_week, of_quarter = (
        share_of(each, Kind.SCORE, [Kind.SCORE]) / each for each in (30 / 7, 1 / 3)
    )

    assert of_week > 1.5 * of_quarter


@pytest.mark.parametrize("a_month", [0, -1, float("nan")])
def test_no_false_alarms_at_all_cannot_be_promised(a_month: float) -> None:
    with pytest.raises(Unusable, match="more than zero"):
        share_of(a_month, Kind.SCORE, [Kind.SCORE])


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
