"""Flows: telemetry at launch, marks of their life, and what a replacement inherits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.audit.models import AuditEntry
from cx280.kernel.finding import Severity
from cx280.kernel.problem import Conflict, Problem, Unusable
from cx280.telemetry.actions.flows import change_state, note_first_events, save_flow
from cx280.telemetry.queries.flows import chain_of, findings_of, life_of
from cx280.telemetry.rules.flows import (
    Change,
    Life,
    inherited,
    is_muted,
    launch_findings,
    marks,
)
from cx280.telemetry.rules.vocabulary import FlowState
from tests.builders import a_service
from tests.telemetry.builders import a_flow

LAUNCH = date(2022, 3, 1)
LIFE = Life(name="Apply", launched_on=LAUNCH)


def day(number: int) -> date:
    return LAUNCH + timedelta(days=number)


@pytest.mark.proves("280.7-i1")
def test_a_flow_launched_without_an_event_is_warned_of_the_next_day() -> None:
    assert launch_findings(LIFE, None, LAUNCH) == []

    found = launch_findings(LIFE, None, day(1))

    assert [(each.rule, each.severity) for each in found] == [("280.7-i1", Severity.WARN)]
    assert "no event of it has arrived" in found[0].message


@pytest.mark.proves("280.7-i1")
def test_an_event_up_to_the_day_after_launch_is_in_time_and_a_later_one_is_not() -> None:
    assert launch_findings(LIFE, day(1), day(30)) == []
    assert launch_findings(LIFE, day(-3), day(30)) == []
    assert "came 2 days after" in launch_findings(LIFE, day(2), day(30))[0].message


@given(st.integers(-30, 400), st.one_of(st.none(), st.integers(-30, 400)))
def test_nothing_is_said_before_the_day_after_launch(today: int, first: int | None) -> None:
    found = launch_findings(LIFE, None if first is None else day(first), day(today))

    late = first is None or first > 1
    assert bool(found) == (today >= 1 and late)


def test_a_deprecated_flow_is_muted_and_others_are_not() -> None:
    assert [state for state in FlowState if is_muted(state)] == [FlowState.DEPRECATED]


def test_the_marks_of_a_life_stand_in_order_with_their_words() -> None:
    life = Life(
        name="Apply",
        launched_on=LAUNCH,
        state=FlowState.DEPRECATED,
        changes=(
            Change(day(90), FlowState.DEPRECATED),
            Change(day(30), FlowState.OPTIMISED, "fewer fields"),
        ),
        successor="Apply 2",
        successor_on=day(80),
    )

    assert [(each.on, each.kind, each.label) for each in marks(life)] == [
        (LAUNCH, "launched", "launched"),
        (day(30), "optimised", "fewer fields"),
        (day(80), "replaced", "replaced by Apply 2"),
        (day(90), "deprecated", "deprecated"),
    ]


def test_a_replacement_carries_on_the_line_with_a_break_and_the_two_never_add_up() -> None:
    old = {day(0): 10.0, day(1): 12.0, day(2): 3.0}
    new = {day(2): 9.0, day(3): 14.0}

    found = inherited([(day(0), old), (day(2), new)])

    assert found.points == ((day(0), 10.0), (day(1), 12.0), (day(2), 9.0), (day(3), 14.0))
    assert found.breaks == (day(2),)


@given(st.lists(st.dictionaries(st.integers(0, 60), st.floats(0, 1e6)), min_size=1, max_size=4))
def test_an_inherited_line_has_each_day_once_and_in_order(
    series: list[dict[int, float]],
) -> None:
    chain = [
        (day(20 * at), {day(number): value for number, value in values.items()})
        for at, values in enumerate(series)
    ]

    found = inherited(chain)

    days = [each for each, _ in found.points]
    assert len(found.breaks) == len(chain) - 1
    assert days == sorted(set(days))


@pytest.mark.django_db
def test_a_flow_is_deprecated_and_replaced_and_the_trail_says_so() -> None:
    service = a_service()
    old, new = a_flow(service), a_flow(service, key="apply-2", launched_on=day(80))

    change_state(old, by=None, state=FlowState.DEPRECATED, on=day(90), successor=new)

    assert life_of(old).successor == new.name
    assert chain_of(new) == [old, new]
    assert findings_of(old, day(200)) == []
    assert AuditEntry.objects.get().detail["replaced_by"] == "apply-2"


@pytest.mark.django_db
def test_what_cannot_replace_a_flow_is_refused() -> None:
    service = a_service()
    old, new = a_flow(service), a_flow(service, key="apply-2", launched_on=day(80))
    change_state(old, by=None, state=FlowState.DEPRECATED, on=day(90), successor=new)
    deprecated = FlowState.DEPRECATED

    with pytest.raises(Conflict, match="itself replaced"):
        change_state(new, by=None, state=deprecated, on=day(91), successor=old)
    with pytest.raises(Unusable, match="Only a deprecated"):
        change_state(new, by=None, state=FlowState.LIVE, on=day(91), successor=old)
    with pytest.raises(Unusable, match="same service"):
        change_state(new, by=None, state=deprecated, on=day(91), successor=a_flow())
    with pytest.raises(Unusable, match="after its launch"):
        change_state(new, by=None, state=deprecated, on=day(1))


@pytest.mark.django_db
def test_a_key_is_used_once_in_a_service() -> None:
    flow = a_flow()
    values = {"key": "apply", "name": "Again", "launched_on": LAUNCH, "steps": []}

    with pytest.raises(Problem, match="already"):
        save_flow(None, flow.service, by=None, values=values)


@pytest.mark.django_db
def test_the_first_event_noted_is_the_earliest_and_only_of_that_service() -> None:
    flow, other = a_flow(), a_flow()

    assert note_first_events({(flow.service_id, "apply"): day(3)}) == 1
    assert note_first_events({(flow.service_id, "apply"): day(5)}) == 0
    assert note_first_events({(flow.service_id, "apply"): day(1)}) == 1

    flow.refresh_from_db()
    other.refresh_from_db()
    assert (flow.first_event_on, other.first_event_on) == (day(1), None)
