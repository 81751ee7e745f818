"""What people do with an incident is kept, audited, and refused where it does not fit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cx280.alarms.actions.look import take_look
from cx280.alarms.actions.turns import (
    acknowledge,
    add_note,
    link_action,
    open_again,
    own,
    resolve,
    snooze,
)
from cx280.alarms.actions.watching import bring_up, choose_sensitivity, mute, switch
from cx280.alarms.models import Flip, Incident, Watch
from cx280.alarms.queries.incidents import history_of
from cx280.alarms.rules.flips import state_after
from cx280.alarms.rules.vocabulary import Kind, State
from cx280.alarms.rules.watches import Default
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, Unusable
from tests.alarms.builders import HOUR, NOON, a_look, a_watch, an_incident
from tests.builders import a_person, a_service

pytestmark = pytest.mark.django_db
LATER = NOON + 2 * HOUR


@pytest.mark.proves("280.7-h3")
def test_whoever_acknowledges_has_it_and_the_trail_says_so() -> None:
    incident, person = an_incident(), a_person()

    acknowledge(incident, by=person, now=LATER, note="I call the web team.")

    known = Incident.objects.get(pk=incident.pk)
    assert (known.state, known.owner) == (State.ACKNOWLEDGED, person)
    last = Flip.objects.filter(incident=incident).last()
    assert last is not None
    assert (last.by, last.note) == (person, "I call the web team.")
    entry = AuditEntry.objects.get(action="turn_incident")
    assert entry.actor == person.email
    assert entry.detail["state"] == ["open", "acknowledged"]


def test_the_second_to_acknowledge_is_told_that_somebody_has_it() -> None:
    incident = an_incident()
    acknowledge(incident, by=a_person(), now=LATER)

    with pytest.raises(Conflict, match="somebody has it"):
        acknowledge(incident, by=a_person(), now=LATER)

    assert Flip.objects.filter(incident=incident).count() == 2


def test_an_owner_stays_the_owner_when_another_acknowledges() -> None:
    incident, owner, other = an_incident(), a_person(), a_person()
    own(incident, owner=owner, by=other)

    acknowledge(incident, by=other, now=LATER)

    assert Incident.objects.get(pk=incident.pk).owner == owner


def test_putting_off_needs_a_later_time() -> None:
    with pytest.raises(Unusable, match="later time"):
        snooze(an_incident(), until=NOON, by=a_person(), now=LATER)


def test_what_is_put_off_says_until_when() -> None:
    incident = an_incident()

    snooze(incident, until=LATER + HOUR, by=a_person(), now=LATER)

    assert Incident.objects.get(pk=incident.pk).snoozed_until == LATER + HOUR


def test_an_incident_cannot_be_put_off_without_an_end() -> None:
    incident = an_incident()

    with pytest.raises(IntegrityError, match="put_off_says_until_when"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(state="snoozed")


def test_what_was_closed_too_early_is_opened_again() -> None:
    incident, person = an_incident(), a_person()
    resolve(incident, by=person, now=LATER)

    open_again(incident, by=person, now=LATER + HOUR, note="It is not over.")

    known = Incident.objects.get(pk=incident.pk)
    assert (known.state, known.resolved_at) == (State.OPEN, None)
    assert known.parts.filter(over_at=None).count() == 1


def test_what_fell_again_since_cannot_be_opened_again() -> None:
    watch, person = a_watch(), a_person()
    first = an_incident(watch=watch)
    resolve(first, by=person, now=LATER)
    take_look(watch, a_look(NOON + 3 * HOUR), NOON + 4 * HOUR)

    with pytest.raises(Conflict, match="fell again since"):
        open_again(first, by=person, now=NOON + 5 * HOUR)

    assert Incident.objects.get(pk=first.pk).state == State.RESOLVED


def test_a_clock_that_is_behind_does_not_turn_history_round() -> None:
    incident = an_incident()

    acknowledge(incident, by=a_person(), now=NOON - HOUR)

    assert state_after(history_of(incident)) is State.ACKNOWLEDGED


def test_notes_have_words_and_are_kept() -> None:
    incident, person = an_incident(), a_person()

    add_note(incident, text=" The form was changed at noon. ", by=person, now=LATER)

    assert [each.text for each in incident.notes.all()] == ["The form was changed at noon."]
    with pytest.raises(Unusable, match="Write something"):
        add_note(incident, text="  ", by=person, now=LATER)


@pytest.mark.proves("280.7-h3")
def test_an_incident_is_linked_to_what_is_done_about_it() -> None:
    incident = an_incident()

    link_action(incident, text="Form fixed", url="https://tracker.example.gov/7", by=a_person())

    known = Incident.objects.get(pk=incident.pk)
    assert (known.action_text, known.action_url) == ("Form fixed", "https://tracker.example.gov/7")


def test_an_address_without_words_is_refused() -> None:
    with pytest.raises(Unusable, match="in words"):
        link_action(an_incident(), text="", url="https://example.gov/", by=a_person())


@pytest.mark.proves("280.7-h2")
def test_watches_come_without_set_up_and_are_made_once() -> None:
    service = a_service()
    wanted = [Default(Kind.EVENTS_BY_DAY, "page_view", "Page views, by the day")]

    assert (bring_up(service, wanted), bring_up(service, wanted)) == (1, 0)
    assert Watch.objects.get(service=service).enabled


def test_a_watch_that_lost_its_figure_stays_and_comes_back() -> None:
    service = a_service()
    wanted = [Default(Kind.FLOW, "renew", "Renew")]
    bring_up(service, wanted)
    switch(Watch.objects.get(service=service), enabled=False, by=a_person())

    bring_up(service, [])
    assert not Watch.objects.get(service=service).is_current

    bring_up(service, wanted)
    watch = Watch.objects.get(service=service)
    assert (watch.is_current, watch.enabled) == (True, False)


def test_what_is_chosen_is_audited() -> None:
    watch, person = a_watch(), a_person()

    choose_sensitivity(watch.service, a_month=0.33, by=person)
    mute(watch, until=NOON + timedelta(days=1), by=person, now=NOON)

    assert {"choose_sensitivity", "mute_watch"} <= set(
        AuditEntry.objects.values_list("action", flat=True)
    )
    with pytest.raises(Unusable, match="more than zero"):
        choose_sensitivity(watch.service, a_month=0, by=person)
    with pytest.raises(Unusable, match="later time"):
        mute(watch, until=NOON, by=person, now=NOON)
