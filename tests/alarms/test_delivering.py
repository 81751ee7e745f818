"""Each incident is told once to each contact, when it suits them, and again only on failure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms.actions.delivering import (
    begin,
    claim,
    drop_what_is_over,
    give_back,
    mark_failed,
    mark_sent,
    ring,
)
from cx280.alarms.actions.turns import acknowledge, resolve, snooze
from cx280.alarms.models import Contact, Delivery, Incident
from cx280.alarms.rules.deliveries import LEASE, WAITS
from cx280.alarms.rules.vocabulary import Cause, Sending, State
from tests.alarms.builders import HOUR, NOON, a_contact, an_incident
from tests.builders import a_person, a_service, a_unit, an_agency

pytestmark = pytest.mark.django_db
FOUND = NOON + HOUR


@pytest.fixture
def agency() -> Organization:
    return an_agency(time_zone="America/New_York")


@pytest.fixture
def incident(agency: Organization) -> Incident:
    """Somebody manages the service, and somebody leads CX in the agency; it can wait."""
    a_person(Role.PROGRAM_MANAGER, agency, email="manager@example.gov")
    a_person(Role.CX_LEAD, agency, email="lead@example.gov")
    return an_incident(a_service(agency), seen=800.0)


def told() -> list[tuple[str, str]]:
    rows = Delivery.objects.order_by("pk").select_related("contact__person", "flip")
    return [(each.contact.told_at, each.flip.cause) for each in rows]


@pytest.mark.proves("280.7-h3")
def test_the_program_manager_is_told_at_once_without_set_up(incident: Incident) -> None:
    assert ring(FOUND) == 1
    assert told() == [("manager@example.gov", Cause.FOUND)]


@pytest.mark.proves("280.7-h3")
def test_ringing_again_and_again_tells_nobody_twice(incident: Incident) -> None:
    for minutes in range(0, 24 * 60, 30):
        ring(FOUND + timedelta(minutes=minutes))

    assert told() == [("manager@example.gov", Cause.FOUND), ("lead@example.gov", Cause.ESCALATED)]


def test_the_lead_is_told_when_nobody_took_it_for_four_hours(incident: Incident) -> None:
    ring(FOUND)
    ring(FOUND + 4 * HOUR - timedelta(seconds=1))
    assert len(told()) == 1

    ring(FOUND + 4 * HOUR)

    assert told()[1:] == [("lead@example.gov", Cause.ESCALATED)]
    assert incident.flips.last().cause == Cause.ESCALATED  # type: ignore[union-attr]


@pytest.mark.parametrize("turn", [acknowledge, resolve])
def test_the_lead_is_left_alone_when_somebody_dealt_with_it(
    incident: Incident, turn: object
) -> None:
    ring(FOUND)
    turn(incident, by=a_person(), now=FOUND)  # type: ignore[operator]

    ring(FOUND + 8 * HOUR)

    assert told() == [("manager@example.gov", Cause.FOUND)]


def test_where_there_is_no_program_manager_the_lead_is_told_at_once(agency: Organization) -> None:
    a_person(Role.CX_LEAD, agency, email="lead@example.gov")
    an_incident(a_service(agency))

    ring(FOUND)

    assert told() == [("lead@example.gov", Cause.FOUND)]


def test_the_nearest_program_manager_is_told_and_no_other_office(agency: Organization) -> None:
    mine, other = a_unit(agency), a_unit(agency)
    a_person(Role.PROGRAM_MANAGER, agency)
    a_person(Role.PROGRAM_MANAGER, other)
    near = a_person(Role.PROGRAM_MANAGER, mine)
    an_incident(a_service(mine))

    ring(FOUND)

    assert told() == [(near.email, Cause.FOUND)]


@pytest.mark.parametrize("fields", [{"is_active": False}, {}])
def test_whoever_left_is_not_told(agency: Organization, fields: dict[str, bool]) -> None:
    person = a_person(Role.PROGRAM_MANAGER, agency, **fields)
    if not fields:
        person.assignments.update(until=FOUND.date() - timedelta(days=1))
    an_incident(a_service(agency))

    assert ring(FOUND) == 0


def test_a_unit_s_address_is_told_of_what_is_below_it(agency: Organization) -> None:
    a_contact(unit=agency, channel="webhook", address="https://hooks.example.gov/1")
    an_incident(a_service(a_unit(agency)))

    ring(FOUND)

    assert told() == [("https://hooks.example.gov/1", Cause.FOUND)]


def test_who_switched_a_contact_off_gets_nothing(agency: Organization) -> None:
    person = a_person(Role.PROGRAM_MANAGER, agency)
    Contact.objects.create(person=person, channel="email", enabled=False)
    an_incident(a_service(agency))

    assert ring(FOUND) == 0


@pytest.mark.parametrize(("seen", "due"), [(800.0, (17, 7)), (100.0, (16, 22))])
def test_quiet_hours_hold_unless_it_cannot_wait(
    agency: Organization, seen: float, due: tuple[int, int]
) -> None:
    person = a_person(Role.PROGRAM_MANAGER, agency)
    Contact.objects.create(person=person, channel="email", quiet_from=time(21), quiet_until=time(7))
    night = datetime(2022, 3, 16, 22, tzinfo=ZoneInfo("America/New_York"))
    an_incident(a_service(agency), night, seen=seen)

    ring(night)

    expected = datetime(2022, 3, *due, tzinfo=ZoneInfo("America/New_York"))
    assert Delivery.objects.get().due_at == expected
    assert len(claim(night)) == (seen < 500)


def test_what_is_over_before_morning_is_not_told(agency: Organization) -> None:
    person = a_person(Role.PROGRAM_MANAGER, agency)
    Contact.objects.create(person=person, channel="email", quiet_from=time(0), quiet_until=time(23))
    incident = an_incident(a_service(agency), seen=800.0)
    ring(FOUND)
    resolve(incident, by=person, now=FOUND + HOUR)

    assert drop_what_is_over(FOUND + HOUR) == 1
    assert claim(FOUND + timedelta(days=2)) == []


@pytest.mark.parametrize(("seen", "told_at_once"), [(800.0, 0), (100.0, 1)])
def test_who_gathers_alarms_is_told_at_once_only_of_what_cannot_wait(
    agency: Organization, seen: float, told_at_once: int
) -> None:
    person = a_person(Role.PROGRAM_MANAGER, agency)
    Contact.objects.create(person=person, channel="email", pace="daily")
    an_incident(a_service(agency), seen=seen)

    assert ring(FOUND) == told_at_once


def test_what_was_put_off_comes_back_to_whoever_put_it_off(incident: Incident) -> None:
    ring(FOUND)
    manager = Contact.objects.get(deliveries__isnull=False).person
    assert manager is not None
    snooze(incident, until=FOUND + 3 * HOUR, by=manager, now=FOUND)

    ring(FOUND + 3 * HOUR)

    assert Incident.objects.get().state == State.OPEN
    assert told()[1:] == [("manager@example.gov", Cause.WOKE)]


def test_two_workers_never_claim_the_same(incident: Incident) -> None:
    ring(FOUND)

    assert len(claim(FOUND)) == 1
    assert claim(FOUND) == []


def test_what_is_sent_says_when_and_is_never_claimed_again(incident: Incident) -> None:
    ring(FOUND)
    (mine,) = claim(FOUND)

    assert begin(mine, FOUND)
    assert mark_sent(mine, FOUND, "accepted as 7")

    row = Delivery.objects.get()
    assert (row.state, row.sent_at, row.tries) == (Sending.SENT, FOUND, 1)
    assert [words for _, words in row.attempts] == ["accepted as 7"]
    assert claim(FOUND + timedelta(days=9)) == []
    assert not mark_sent(mine, FOUND)


def test_a_failure_is_tried_again_later_each_time_and_then_no_more(incident: Incident) -> None:
    ring(FOUND)
    at = FOUND
    for wait in WAITS:
        (mine,) = claim(at)
        begin(mine, at)
        mark_failed(mine, at, "The server\nis busy.", permanent=False)
        assert claim(at + wait - timedelta(seconds=1)) == []
        at += wait
    (mine,) = claim(at)
    begin(mine, at)

    mark_failed(mine, at, "The server is busy.", permanent=False)

    row = Delivery.objects.get()
    assert (row.state, row.tries) == (Sending.FAILED, len(WAITS) + 1)
    assert row.last_error == "The server is busy."
    assert len(row.attempts) == len(WAITS) + 1


def test_what_will_never_work_is_not_tried_again(incident: Incident) -> None:
    ring(FOUND)
    (mine,) = claim(FOUND)
    begin(mine, FOUND)

    mark_failed(mine, FOUND, "There is no such address.", permanent=True)

    assert Delivery.objects.get().state == Sending.FAILED


@pytest.mark.parametrize("had_begun", [True, False])
def test_the_claim_of_a_worker_that_is_gone_is_given_back(
    incident: Incident, had_begun: bool
) -> None:
    ring(FOUND)
    (lost,) = claim(FOUND)
    if had_begun:
        begin(lost, FOUND)
    assert give_back(FOUND + LEASE) == 0

    over = FOUND + LEASE + timedelta(seconds=1)
    assert give_back(over) == 1

    ((_, words),) = Delivery.objects.get().attempts
    assert ("may come twice" in words) == had_begun
    (again,) = claim(over)
    assert again.pk == lost.pk
    assert not mark_sent(lost, over), "who lost the claim must not speak for the one that has it"
    assert not begin(lost, over)
    assert mark_sent(again, over)


def test_times_are_kept_in_utc(incident: Incident) -> None:
    ring(FOUND)

    assert Delivery.objects.get().due_at.tzinfo is UTC
