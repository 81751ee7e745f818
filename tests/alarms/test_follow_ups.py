"""After the first message: once when it is clearly worse, once when it is over, to who was told."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms.actions.delivering import begin, claim, mark_failed, mark_sent
from cx280.alarms.actions.look import take_look
from cx280.alarms.actions.ringing import drop_what_is_over, ring
from cx280.alarms.actions.turns import acknowledge, open_again, resolve, snooze
from cx280.alarms.models import Contact, Delivery, Flip, Incident, Watch
from cx280.alarms.queries.messages import message_for
from cx280.alarms.rules.message import Told
from cx280.alarms.rules.vocabulary import Cause, Sending, State
from tests.alarms.builders import HOUR, NOON, a_contact, a_look, a_watch, an_incident, as_usual
from tests.builders import a_person, a_service, a_unit, an_agency

pytestmark = pytest.mark.django_db
FOUND = NOON + HOUR
QUIET: dict[str, Any] = {"quiet_from": time(0), "quiet_until": time(23)}  # but for an hour


@pytest.fixture
def agency() -> Organization:
    """Where somebody manages the service."""
    return an_agency(time_zone="America/New_York")


@pytest.fixture
def manager(agency: Organization) -> Person:
    """Who is told."""
    return a_person(Role.PROGRAM_MANAGER, agency, email="manager@example.gov")


@pytest.fixture
def watch(agency: Organization, manager: Person) -> Watch:
    """Page views, which fell by a fifth; the manager was told."""
    watch = a_watch(a_service(agency, name="Passport renewal"))
    an_incident(watch=watch, seen=800.0)
    send(FOUND)
    return watch


def send(now: datetime) -> int:
    """What the worker does, with receivers that take everything; how many they took."""
    drop_what_is_over()
    ring(now)
    mine = claim(now)
    for each in mine:
        begin(each, now)
        mark_sent(each, now)
    return len(mine)


def look(watch: Watch, hours: int, **seen: object) -> None:
    at = NOON + hours * HOUR
    take_look(watch, a_look(at, **seen), at + HOUR)


def recover(watch: Watch, first: int = 1) -> None:
    for hours in range(first, first + 3):
        take_look(watch, as_usual(NOON + hours * HOUR), NOON + (hours + 1) * HOUR)


def told() -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(state=Sending.SENT).order_by("pk")
    return [(each.contact.told_at, each.flip.cause) for each in rows.select_related("flip")]


@pytest.mark.proves("280.7-h3")
def test_whoever_was_told_is_told_once_that_it_is_over(watch: Watch) -> None:
    recover(watch)

    assert [send(NOON + 4 * HOUR), send(NOON + 5 * HOUR)] == [1, 0]

    assert told()[1:] == [("manager@example.gov", Cause.RECOVERED)]
    first, last = Delivery.objects.order_by("pk")
    message = message_for(last)
    assert message is not None
    assert (message.kind, message.follows) == (Told.RESOLVED, str(first.pk))
    assert message.how_bad == "It is back to what was expected."
    assert dict(message.facts)["Lasted"] == "4 hours"


@pytest.mark.proves("280.7-h3")
def test_it_is_told_once_that_it_became_clearly_worse(watch: Watch) -> None:
    look(watch, 1, seen=700.0, n=700)
    assert send(NOON + 2 * HOUR) == 0
    look(watch, 2, seen=500.0, n=500)
    look(watch, 3, seen=100.0, n=100)

    assert [send(NOON + 4 * HOUR), send(NOON + 5 * HOUR)] == [1, 0]

    assert told()[1:] == [("manager@example.gov", Cause.WORSENED)]
    message = message_for(Delivery.objects.latest("pk"))
    assert message is not None
    assert message.subject.startswith("Getting worse: Passport renewal: page views fell")
    assert message.how_bad == (
        "500 page views in an hour, where 900 to 1,100 were expected. "
        "It began with 20 % fewer than expected, and is at 50 % fewer."
    )


def test_of_what_stopped_later_it_is_told_since_when_nothing_comes(watch: Watch) -> None:
    """Not since the figure fell: until then something came."""
    look(watch, 1, seen=700.0, n=700)
    look(watch, 4, seen=0.0, n=0, silent=True, since=NOON + 3 * HOUR)

    send(NOON + 5 * HOUR)

    message = message_for(Delivery.objects.latest("pk"))
    assert message is not None
    assert message.how_bad.startswith("Nothing came for 2 hours, where 900 to 1,100 page views")
    assert message.since == NOON + 3 * HOUR


def test_an_hour_that_chance_may_have_made_is_not_worse(watch: Watch) -> None:
    look(watch, 1, seen=300.0, told=False)

    assert not Flip.objects.filter(cause=Cause.WORSENED).exists()


@pytest.mark.parametrize("state", [State.OPEN, State.ACKNOWLEDGED, State.SNOOZED])
def test_becoming_worse_changes_nothing_of_who_has_it(
    watch: Watch, manager: Person, state: State
) -> None:
    incident, until = Incident.objects.get(), NOON + 9 * HOUR
    if state is State.ACKNOWLEDGED:
        acknowledge(incident, by=manager, now=FOUND)
    if state is State.SNOOZED:
        snooze(incident, until=until, by=manager, now=FOUND)

    look(watch, 1, seen=100.0)

    incident.refresh_from_db()
    assert incident.state == state
    assert incident.snoozed_until == (until if state is State.SNOOZED else None)
    assert send(NOON + 2 * HOUR) == 1
    if state is State.SNOOZED:
        send(until)
        assert told()[-1] == ("manager@example.gov", Cause.WOKE)


@pytest.mark.parametrize(
    ("field", "left"), [("tells_over", [Cause.WORSENED]), ("tells_worse", [Cause.RECOVERED])]
)
def test_who_does_not_want_to_know_is_left_alone(
    watch: Watch, field: str, left: list[Cause]
) -> None:
    Contact.objects.update(**{field: False})
    look(watch, 1, seen=400.0)
    send(NOON + 2 * HOUR)
    recover(watch, 2)
    send(NOON + 5 * HOUR)

    assert [cause for _, cause in told()[1:]] == left


def test_whoever_closed_it_needs_no_word_of_it(watch: Watch, manager: Person) -> None:
    a_contact("unit@example.gov", unit=watch.service.owner)
    look(watch, 1, seen=0.0, n=0, silent=True)
    send(NOON + 2 * HOUR)
    incident = Incident.objects.get()
    resolve(incident, by=manager, now=NOON + 3 * HOUR)

    send(NOON + 3 * HOUR)

    assert told()[-1] == ("unit@example.gov", Cause.PERSON)
    assert [address for address, cause in told() if cause == Cause.PERSON] == ["unit@example.gov"]


def test_who_was_never_told_that_it_began_is_not_told_that_it_is_over(
    agency: Organization, manager: Person
) -> None:
    Contact.objects.create(person=manager, channel="email", **QUIET)
    an_incident(watch=(watch := a_watch(a_service(agency))), seen=800.0)
    send(FOUND)
    recover(watch)

    assert send(NOON + timedelta(days=2)) == 0
    assert {each.state for each in Delivery.objects.all()} == {Sending.DROPPED}


def test_what_was_over_before_anybody_could_be_told_is_not_told(
    agency: Organization, manager: Person
) -> None:
    """A worker that was away catches up hour by hour."""
    an_incident(watch=(watch := a_watch(a_service(agency))))
    recover(watch)

    assert send(NOON + 6 * HOUR) == 0
    assert not Delivery.objects.exists()


def test_a_message_under_way_is_waited_for_before_it_is_told_that_it_is_over(
    agency: Organization, manager: Person
) -> None:
    an_incident(watch=(watch := a_watch(a_service(agency))))
    ring(FOUND)
    (under_way,) = claim(FOUND)
    begin(under_way, FOUND)
    recover(watch)

    assert ring(NOON + 4 * HOUR) == 0
    mark_sent(under_way, NOON + 4 * HOUR)
    assert send(NOON + 4 * HOUR) == 1
    assert told()[-1][1] == Cause.RECOVERED


def test_a_message_that_failed_is_not_tried_again_once_it_is_over(
    agency: Organization, manager: Person
) -> None:
    an_incident(watch=(watch := a_watch(a_service(agency))))
    ring(FOUND)
    (mine,) = claim(FOUND)
    begin(mine, FOUND)
    mark_failed(mine, FOUND, "The server is busy.", permanent=False)
    recover(watch)

    assert send(NOON + timedelta(days=1)) == 0
    assert Delivery.objects.get().state == Sending.DROPPED


def test_quiet_hours_hold_for_what_is_over_and_it_is_not_told_when_it_is_open_again_by_then(
    watch: Watch, manager: Person
) -> None:
    Contact.objects.update(**QUIET)
    incident = Incident.objects.get()
    other = a_person()
    resolve(incident, by=other, now=NOON + 2 * HOUR)
    assert send(NOON + 2 * HOUR) == 0
    open_again(incident, by=other, now=NOON + 3 * HOUR)

    assert send(NOON + timedelta(days=1)) == 0
    resolve(incident, by=other, now=NOON + timedelta(days=1))
    late = datetime(2022, 3, 18, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    assert [send(late), send(late + HOUR)] == [1, 0]


def test_what_can_wait_no_more_is_told_to_everybody_at_once(
    agency: Organization, manager: Person
) -> None:
    """Who sleeps, and who gathers alarms, learns that the website is silent now."""
    Contact.objects.create(person=manager, channel="email", **QUIET)
    a_contact("daily@example.gov", unit=agency, pace="daily", tells_worse=False)
    an_incident(watch=(watch := a_watch(a_service(agency))), seen=800.0)
    assert send(FOUND) == 0

    look(watch, 1, seen=0.0, n=0, silent=True)

    assert send(NOON + 2 * HOUR) == 2
    assert {each.flip.cause for each in Delivery.objects.filter(state=Sending.SENT)} == {
        Cause.WORSENED
    }
    assert send(NOON + timedelta(days=1)) == 0, "and not of how it began"
    recover(watch, 2)
    assert send(datetime(2022, 3, 18, 23, 30, tzinfo=ZoneInfo("America/New_York"))) == 2


def test_of_what_became_worse_only_those_are_told_who_may_see_it(
    agency: Organization, manager: Person
) -> None:
    mine, other = a_unit(agency), a_unit(agency)
    a_person(Role.PROGRAM_MANAGER, mine, email="mine@example.gov")
    a_person(Role.PROGRAM_MANAGER, other, email="other@example.gov")
    watch, beside = a_watch(a_service(mine)), a_watch(a_service(other))
    an_incident(watch=watch, seen=800.0)
    an_incident(watch=beside, seen=800.0)
    send(FOUND)

    look(watch, 1, seen=100.0)
    send(NOON + 2 * HOUR)

    worse = {address for address, cause in told() if cause == Cause.WORSENED}
    assert "mine@example.gov" in worse
    assert "other@example.gov" not in worse


def test_whose_service_joins_later_is_told_then_and_nobody_twice(agency: Organization) -> None:
    mine, other = a_unit(agency), a_unit(agency)
    for unit, name in ((mine, "mine"), (other, "other"), (agency, "both")):
        a_contact(f"{name}@example.gov", unit=unit)
    an_incident(watch=a_watch(a_service(mine)))
    send(FOUND)
    an_incident(watch=a_watch(a_service(other)))

    send(FOUND + HOUR)

    assert sorted(address for address, _ in told()) == [
        "both@example.gov", "mine@example.gov", "other@example.gov",
    ]  # fmt: skip
    assert Incident.objects.count() == 1
