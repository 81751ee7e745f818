"""Looks open, join, go on with and end incidents; the same look twice does nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cx280.alarms.actions.look import ENOUGH, Outcome, take_look
from cx280.alarms.actions.turns import resolve
from cx280.alarms.actions.watching import plan_maintenance
from cx280.alarms.models import Flip, Incident, Part
from cx280.alarms.queries.incidents import history_of
from cx280.alarms.rules.flips import state_after
from cx280.alarms.rules.vocabulary import Cause, Kind, State
from cx280.audit.models import AuditEntry
from cx280.telemetry.models import Flow
from tests.alarms.builders import HOUR, NOON, a_look, a_watch, an_incident, as_usual
from tests.builders import a_person, a_service, an_agency

pytestmark = pytest.mark.django_db


def test_what_is_told_opens_an_incident_with_its_figures() -> None:
    watch = a_watch()

    assert take_look(watch, a_look(), NOON + HOUR) is Outcome.OPENED

    part = Part.objects.get(watch=watch)
    assert (part.seen, part.low, part.high, part.n) == (400, 900, 1100, 400)
    assert part.incident.state == State.OPEN
    assert [each.cause for each in part.incident.flips.all()] == [Cause.FOUND]
    assert AuditEntry.objects.filter(action="open_incident").count() == 1


def test_the_same_look_twice_does_nothing() -> None:
    watch = a_watch()
    take_look(watch, a_look(), NOON + HOUR)

    assert take_look(watch, a_look(), NOON + 2 * HOUR) is Outcome.KNOWN
    assert Flip.objects.count() == Incident.objects.count() == 1


def test_what_is_as_usual_opens_nothing() -> None:
    assert take_look(a_watch(), as_usual(NOON), NOON + HOUR) is Outcome.QUIET
    assert not Incident.objects.exists()


def test_days_of_closure_say_nothing_and_end_nothing() -> None:
    watch = a_watch()
    take_look(watch, a_look(), NOON + HOUR)

    for n in range(1, 6):
        closed = replace(as_usual(NOON + n * HOUR), judged=False)
        assert take_look(watch, closed, closed.end) is Outcome.WENT_ON

    assert Incident.objects.get().state == State.OPEN
    assert Part.objects.get().usual_in_a_row == 0


def test_what_is_told_again_goes_on_without_another_message() -> None:
    watch = a_watch()
    take_look(watch, a_look(), NOON + HOUR)

    again = take_look(watch, a_look(NOON + HOUR, seen=100.0), NOON + 2 * HOUR)

    assert again is Outcome.WENT_ON
    part = Part.objects.get()
    assert (part.seen, part.latest_seen) == (400, 100)
    assert Flip.objects.count() == 1


def test_an_incident_is_over_after_three_looks_as_usual() -> None:
    watch = a_watch()
    take_look(watch, a_look(), NOON + HOUR)

    found = [
        take_look(watch, as_usual(NOON + n * HOUR), NOON + (n + 1) * HOUR)
        for n in range(1, ENOUGH + 1)
    ]

    assert found == [Outcome.WENT_ON] * (ENOUGH - 1) + [Outcome.RECOVERED]
    incident = Incident.objects.get()
    assert incident.state == State.RESOLVED
    assert incident.flips.last().cause == Cause.RECOVERED  # type: ignore[union-attr]


def test_a_relapse_begins_the_counting_anew() -> None:
    watch = a_watch()
    take_look(watch, a_look(), NOON + HOUR)
    looks = [as_usual, as_usual, lambda at: a_look(at, told=False), as_usual, as_usual]
    for n, look in enumerate(looks, start=1):
        take_look(watch, look(NOON + n * HOUR), NOON + (n + 1) * HOUR)

    assert Incident.objects.get().state == State.OPEN


def test_several_services_of_an_agency_that_fall_together_are_one_incident() -> None:
    agency = an_agency()
    watches = [a_watch(a_service(agency)) for _ in range(3)]

    found = [take_look(each, a_look(), NOON + HOUR) for each in watches]

    assert found == [Outcome.OPENED, Outcome.JOINED, Outcome.JOINED]
    assert Incident.objects.get().parts.count() == 3
    assert Flip.objects.count() == 1


def test_services_of_two_agencies_are_two_incidents() -> None:
    for _ in range(2):
        take_look(a_watch(a_service(an_agency())), a_look(), NOON + HOUR)

    assert Incident.objects.count() == 2


def test_an_incident_of_several_is_over_when_the_last_is() -> None:
    agency = an_agency()
    one, other = (a_watch(a_service(agency)) for _ in range(2))
    for each in (one, other):
        take_look(each, a_look(), NOON + HOUR)
    for n in range(1, ENOUGH + 1):
        take_look(one, as_usual(NOON + n * HOUR), NOON + (n + 1) * HOUR)
    assert Incident.objects.get().state == State.OPEN

    for n in range(1, ENOUGH + 1):
        take_look(other, as_usual(NOON + n * HOUR), NOON + (n + 1) * HOUR)

    assert Incident.objects.get().state == State.RESOLVED


def test_what_falls_again_after_it_was_closed_is_a_new_incident() -> None:
    watch = a_watch()
    incident = an_incident(watch=watch)
    resolve(incident, by=a_person(), now=NOON + 2 * HOUR)

    found = take_look(watch, a_look(NOON + 3 * HOUR), NOON + 4 * HOUR)

    assert found is Outcome.OPENED
    assert Incident.objects.count() == 2


@pytest.mark.proves("280.7-i2")
def test_a_deprecated_flow_raises_no_alarm() -> None:
    service = a_service()
    flow = Flow.objects.create(
        service=service, key="renew", name="Renew", launched_on=date(2021, 1, 1)
    )
    watch = a_watch(service, kind=Kind.FLOW.value, key="renew", label="Renew")
    assert take_look(watch, a_look(), NOON + HOUR) is Outcome.OPENED
    flow.state = "deprecated"
    flow.save()

    found = take_look(watch, a_look(NOON + HOUR, seen=0.0, silent=True), NOON + 2 * HOUR)

    assert found is Outcome.MUTED
    incident = Incident.objects.get()
    assert incident.state == State.RESOLVED
    assert incident.flips.last().cause == Cause.MUTED  # type: ignore[union-attr]


@pytest.mark.proves("280.7-i2")
def test_a_step_of_a_deprecated_flow_raises_none_either() -> None:
    service = a_service()
    Flow.objects.create(service=service, key="renew", name="Renew", launched_on=date(2021, 1, 1),
                        state="deprecated")  # fmt: skip
    watch = a_watch(service, kind=Kind.STEP.value, key="renew/1", label="Renew")

    assert take_look(watch, a_look(), NOON + HOUR) is Outcome.MUTED


@pytest.mark.parametrize("fields", [{"enabled": False}, {"muted_until": NOON + HOUR}])
def test_what_is_switched_off_or_muted_is_not_told(fields: dict[str, Any]) -> None:
    assert take_look(a_watch(**fields), a_look(), NOON + HOUR) is Outcome.MUTED
    assert not Incident.objects.exists()


def test_muting_ends_by_itself() -> None:
    watch = a_watch(muted_until=NOON)

    assert take_look(watch, a_look(), NOON + HOUR) is Outcome.OPENED


def test_what_falls_during_maintenance_is_no_alarm() -> None:
    watch = a_watch()
    plan_maintenance(watch.service, starts_at=NOON + HOUR / 2, ends_at=NOON + 3 * HOUR,
                     reason="New servers", by=a_person())  # fmt: skip

    during = take_look(watch, a_look(), NOON + HOUR)
    after = take_look(watch, a_look(NOON + 3 * HOUR), NOON + 4 * HOUR)

    assert (during, after) == (Outcome.MUTED, Outcome.OPENED)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["fall", "low", "usual", "again", "close"]), max_size=12))
def test_whatever_happens_histories_hold_and_nothing_is_told_twice(steps: list[str]) -> None:
    watch, person, at, look = a_watch(), a_person(), NOON, as_usual(NOON - HOUR)
    for step in steps:
        if step != "again":
            look = {"fall": a_look(at), "low": a_look(at, told=False)}.get(step, as_usual(at))
        open_ = Incident.objects.filter(parts__watch=watch, resolved_at=None).first()
        if step == "close":
            if open_:
                resolve(open_, by=person, now=at)
        else:
            take_look(watch, look, at + HOUR)
            at += HOUR * (step != "again")

    mine = Incident.objects.filter(parts__watch=watch)
    for incident in mine:
        assert state_after(history_of(incident)) == State.of(incident.state)
    assert mine.filter(resolved_at=None).count() <= 1
    assert mine.count() <= steps.count("fall")
