"""Planning, holding and cancelling talks; the obligation they meet; who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.deep_dive.actions.briefings import hand_over
from cx280.deep_dive.actions.follow_ups import close_follow_up
from cx280.deep_dive.actions.talks import cancel_talk, hold_talk
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.obligations.queries.standing import line_of
from cx280.obligations.rules.vocabulary import State
from tests.builders import a_person
from tests.deep_dive.builders import DUE, a_follow_up, a_planned_talk, held
from tests.obligations.builders import Owing, a_provider_that_owes, at

pytestmark = pytest.mark.django_db
BEFORE = date(2023, 3, 1)


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(timezone.localdate())


@pytest.fixture
def omb() -> Person:
    return a_person(Role.OMB_REVIEWER)


@pytest.mark.proves("280.14-d2")
def test_a_deep_dive_that_was_held_meets_the_obligation_on_that_day(owing: Owing) -> None:
    row = owing.owes("deep_dive", "FY2023")
    talk = a_planned_talk(owing.hisp, owing.lead)

    assert line_of(row, BEFORE).state is State.IN_PROGRESS
    assert line_of(row, BEFORE, whole=False).state is State.NOT_STARTED
    held(talk, owing.lead)
    assert line_of(row, BEFORE).state is State.ON_TIME
    held(talk, owing.lead, DUE + timedelta(days=1))
    assert line_of(row, BEFORE).state is State.LATE
    assert line_of(owing.owes("deep_dive", "FY2022"), BEFORE).met_on is None


@pytest.mark.proves("280.14-d2")
def test_a_regular_talk_or_a_cancelled_one_meets_nothing(owing: Owing) -> None:
    row = owing.owes("deep_dive", "FY2023")
    held(a_planned_talk(owing.hisp, owing.lead, kind="regular"), owing.lead)
    cancel_talk(a_planned_talk(owing.hisp, owing.lead), because="Snow", by=owing.lead)

    assert line_of(row, DUE + timedelta(days=1)).state is State.MISSING


def test_a_year_has_one_deep_dive_unless_it_was_cancelled(owing: Owing) -> None:
    first = a_planned_talk(owing.hisp, owing.lead)

    with pytest.raises(Conflict, match="a deep dive of Rivers and Trails for FY2023 already"):
        a_planned_talk(owing.hisp, owing.lead)
    cancel_talk(first, because="Snow", by=owing.lead)
    assert a_planned_talk(owing.hisp, owing.lead).pk != first.pk


def test_what_was_agreed_is_said_and_the_day_has_come(owing: Owing) -> None:
    talk = a_planned_talk(owing.hisp, owing.lead)
    given = {"for_provider": "Lead", "for_omb": "Desk", "by": owing.lead, "now": at(BEFORE)}

    with pytest.raises(Unusable, match="Say what was agreed") as found:
        hold_talk(talk, held_on=BEFORE, agreed=" ", **given)  # type: ignore[arg-type]
    assert found.value.field == "agreed"
    with pytest.raises(Unusable, match="has not come yet"):
        hold_talk(talk, held_on=DUE, agreed="Much", **given)  # type: ignore[arg-type]


def test_omb_and_the_lead_record_and_nobody_else(owing: Owing, omb: Person) -> None:
    talk = a_planned_talk(owing.hisp, omb)
    follow_up = a_follow_up(held(talk, omb), owing.lead)

    for somebody in (owing.official, a_person(Role.CX_LEAD), a_person(Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed):
            held(talk, somebody)
        with pytest.raises(NotAllowed):
            a_follow_up(talk, somebody)
    done = close_follow_up(
        follow_up, done_on=DUE, outcome="12 minutes", by=omb, now=at(DUE + timedelta(days=2))
    )
    assert (done.outcome, done.closed_by) == ("12 minutes", omb)


def test_the_trail_tells_what_was_done_and_never_what_was_said(owing: Owing, omb: Person) -> None:
    talk = held(a_planned_talk(owing.hisp, owing.lead), omb)
    a_follow_up(talk, omb)

    told = AuditEntry.objects.filter(subject=f"deep_dive.Discussion:{talk.pk}")
    assert set(told.values_list("action", flat=True)) == {
        "plan_talk", "hold_talk", "add_follow_up",
    }  # fmt: skip
    assert "Mend the wait" not in str(list(told.values()))
    assert "How long do people wait" not in str(list(told.values()))


@pytest.mark.proves("280.14-d2")
def test_a_briefing_that_was_handed_over_stays_as_it_was(owing: Owing, omb: Person) -> None:
    talk = a_planned_talk(owing.hisp, owing.lead)
    now = at(BEFORE)

    first = hand_over(talk, content={"slides": [1]}, by=owing.lead, now=now)
    second = hand_over(talk, content={"slides": [2]}, by=owing.lead, now=now)

    assert (first.number, second.number) == (1, 2)
    assert first.digest != second.digest
    with pytest.raises(NotAllowed):
        hand_over(talk, content={}, by=omb, now=now)
    regular = a_planned_talk(owing.hisp, owing.lead, kind="regular")
    with pytest.raises(Conflict, match="Briefings are of deep dives"):
        hand_over(regular, content={}, by=owing.lead, now=now)
