"""The pages of alarms: what is wrong now, one incident, history, what is watched; and for whom."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms.actions.look import take_look
from cx280.alarms.actions.turns import acknowledge, resolve
from cx280.alarms.models import Attention, Incident, Maintenance, Watch
from cx280.alarms.rules.looks import Point
from cx280.alarms.rules.vocabulary import State
from tests.alarms.builders import HOUR, a_look, a_watch, an_incident
from tests.builders import a_person, a_service, a_survey, a_unit, a_version, an_agency
from tests.dashboards.answered import a_comment

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
HOURS = 30


def points(at: object = None) -> tuple[Point, ...]:
    """Thirty hours as expected, and one that fell."""
    start = timezone.now().replace(minute=0, second=0, microsecond=0) - HOURS * HOUR
    usual = [Point(start + n * HOUR, 1000.0 + n, 900.0, 1100.0) for n in range(HOURS)]
    return (*usual, Point(start + HOURS * HOUR, 400.0, 900.0, 1100.0))


@pytest.fixture
def agency() -> Organization:
    return an_agency()


@pytest.fixture
def manager(agency: Organization) -> Person:
    return a_person(Role.PROGRAM_MANAGER, agency, name="Ada Manager")


@pytest.fixture
def incident(agency: Organization) -> Incident:
    at = timezone.now().replace(minute=0, second=0, microsecond=0) - HOUR
    return an_incident(a_service(agency, name="Passport renewal"), at, points=points())


def text(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_wrong_now_says_what_how_bad_and_since_when(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    said = text(sign_in(manager).get(reverse("alarms:now")))

    assert "1 thing needs somebody now" in said
    assert "Passport renewal: page views fell" in said
    assert "400 page views in an hour, where 900 to 1,100 were expected." in said
    assert "nobody has taken it" in said


def test_nothing_needs_you_when_nothing_fell(sign_in: SignIn, manager: Person) -> None:
    a_watch(a_service(manager.assignments.get().organization))

    said = text(sign_in(manager).get(reverse("alarms:now")))

    assert "Nothing needs you" in said
    assert "1 figure of 1 service is watched." in said


def test_before_anything_is_watched_the_page_says_how_that_begins(
    sign_in: SignIn, manager: Person
) -> None:
    assert "Alarms come by themselves." in text(sign_in(manager).get(reverse("alarms:now")))


@pytest.mark.proves("280.7-h3")
def test_an_incident_shows_its_chart_its_history_and_what_to_do(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    said = text(sign_in(manager).get(reverse("alarms:incident", args=[incident.pk])))

    assert "<svg" in said
    assert "400, where 900 to 1,100 was to be expected." in said
    assert "Open the pages people come in by" in said
    assert "Found" in said
    assert "Nobody has been told yet." in said


@pytest.mark.proves("280.7-h3")
def test_the_link_of_a_message_changes_nothing_until_the_button_is_pressed(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    client, address = sign_in(manager), reverse("alarms:take", args=[incident.pk])

    client.get(address)
    assert Incident.objects.get().state == State.OPEN

    client.post(address, {"take-note": "I call the web team."})
    known = Incident.objects.get()
    assert (known.state, known.owner) == (State.ACKNOWLEDGED, manager)


def test_people_put_off_close_open_hand_over_note_and_link(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    client = sign_in(manager)

    def post(name: str, **values: object) -> None:
        answer = client.post(reverse(f"alarms:{name}", args=[incident.pk]), values)
        assert answer.status_code == 302, text(answer)

    post("put-off", **{"snooze-until": "tomorrow", "snooze-note": "after the release"})
    assert Incident.objects.get().state == State.SNOOZED
    post("close", **{"close-note": "fixed"})
    post("open", **{"close-note": ""})
    post("give", **{"owner-owner": manager.pk})
    post("note", **{"note-text": "The form was changed."})
    post("action", **{"action-action_text": "Fix", "action-action_url": "https://x.gov/1"})

    said = text(client.get(reverse("alarms:incident", args=[incident.pk])))
    for words in ("after the release", "fixed", "The form was changed.", "https://x.gov/1",
                  "<dt>Who is on it</dt><dd>Ada Manager</dd>"):  # fmt: skip
        assert words in said
    assert incident.flips.count() == 4


def test_what_cannot_be_done_is_told_on_the_page(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    client = sign_in(manager)
    acknowledge(incident, by=manager, now=timezone.now())

    answer = client.post(reverse("alarms:take", args=[incident.pk]), {"take-note": ""}, follow=True)
    empty = client.post(reverse("alarms:note", args=[incident.pk]), {"note-text": ""})

    assert "This cannot be taken" in text(answer)
    assert empty.status_code == 422
    assert "open><summary>Write a note" in text(empty)


@pytest.mark.proves("280.7-h3")
def test_history_tells_half_are_taken_and_over_within_how_long(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    client, watch, opened = sign_in(manager), incident.parts.get().watch, incident.opened_at
    titles = []
    for days in range(3):
        at = opened + timedelta(days=days)
        found = an_incident(watch=watch, at=at) if days else incident
        acknowledge(found, by=manager, now=found.opened_at + timedelta(minutes=12))
        resolve(found, by=manager, now=found.opened_at + timedelta(hours=3))
        said = text(client.get(reverse("alarms:history")))
        titles.append("Half of the alarms people took were taken within 12 minutes" in said)

    assert titles == [False, False, True], "half of two says nothing"
    assert "3 hours" in said


def test_the_history_is_a_file_too(sign_in: SignIn, manager: Person, incident: Incident) -> None:
    acknowledge(incident, by=manager, now=incident.opened_at + timedelta(minutes=12))

    answer = sign_in(manager).get(reverse("alarms:history-csv"))

    rows = list(csv.DictReader(answer.getvalue().decode("utf-8-sig").splitlines()))
    assert [row["minutes_to_acknowledge"] for row in rows] == ["12"]
    assert rows[0]["what"] == "Passport renewal: page views fell"


def test_a_manager_chooses_false_alarms_and_not_sigma(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    code = Watch.objects.get().service.code
    client = sign_in(manager)

    client.post(reverse("alarms:sensitivity", args=[code]), {"a_month": "0.33"})

    assert Attention.objects.get().a_month == 0.33
    said = text(client.get(reverse("alarms:service", args=[code])))
    assert "About one false alarm in three months, all figures together." in said


def test_figures_are_switched_off_and_muted_and_work_is_planned(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    watch, client = Watch.objects.get(), sign_in(manager)
    code = watch.service.code

    client.post(reverse("alarms:mute", args=[code, watch.pk]), {"until": "week"})
    assert Watch.objects.get().muted_until is not None
    client.post(reverse("alarms:mute", args=[code, watch.pk]), {"until": ""})
    assert Watch.objects.get().muted_until is None
    client.post(reverse("alarms:switch", args=[code, watch.pk]), {"enabled": "0"})
    assert not Watch.objects.get().enabled
    client.post(
        reverse("alarms:maintenance", args=[code]),
        {"starts_at": "2030-01-05T22:00", "ends_at": "2030-01-06T02:00", "reason": "Servers"},
    )
    work = Maintenance.objects.get()
    assert "Servers" in text(client.get(reverse("alarms:service", args=[code])))
    client.post(reverse("alarms:cancel", args=[code, work.pk]))
    assert not Maintenance.objects.exists()


def test_work_that_ends_before_it_begins_is_refused(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    code = Watch.objects.get().service.code

    answer = sign_in(manager).post(
        reverse("alarms:maintenance", args=[code]),
        {"starts_at": "2030-01-06T02:00", "ends_at": "2030-01-05T22:00"},
    )

    assert answer.status_code == 422
    assert "Work ends after it begins." in text(answer)


READ = ["incident", "take"]
POSTED = ["take", "put-off", "close", "open", "give", "note", "action"]


@pytest.mark.parametrize("name", READ)
def test_another_agency_s_incident_does_not_exist(
    sign_in: SignIn, incident: Incident, name: str
) -> None:
    stranger = a_person(Role.PROGRAM_MANAGER, an_agency())

    answer = sign_in(stranger).get(reverse(f"alarms:{name}", args=[incident.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize("name", POSTED)
def test_another_agency_s_incident_cannot_be_dealt_with(
    sign_in: SignIn, incident: Incident, name: str
) -> None:
    stranger = a_person(Role.PROGRAM_MANAGER, an_agency())

    answer = sign_in(stranger).post(reverse(f"alarms:{name}", args=[incident.pk]))

    assert answer.status_code == 404
    assert incident.flips.count() == 1


@pytest.mark.parametrize("name", POSTED)
def test_an_analyst_reads_and_does_not_deal_with_it(
    sign_in: SignIn, agency: Organization, incident: Incident, name: str
) -> None:
    client = sign_in(a_person(Role.ANALYST, agency))

    assert client.get(reverse("alarms:incident", args=[incident.pk])).status_code == 200
    assert client.post(reverse(f"alarms:{name}", args=[incident.pk])).status_code == 403
    assert incident.flips.count() == 1


@pytest.mark.parametrize(
    ("name", "more"),
    [("sensitivity", 0), ("maintenance", 0), ("switch", 1), ("mute", 1), ("cancel", 1)],
)
def test_what_is_watched_is_changed_by_its_own_managers_only(
    sign_in: SignIn, agency: Organization, incident: Incident, name: str, more: int
) -> None:
    watch = Watch.objects.get()
    address = reverse(f"alarms:{name}", args=[watch.service.code, *([watch.pk] * more)])

    stranger = sign_in(a_person(Role.PROGRAM_MANAGER, an_agency())).post(address)
    reader = sign_in(a_person(Role.ANALYST, agency)).post(address)

    assert (stranger.status_code, reader.status_code) == (404, 403)


def test_an_office_sees_its_own_part_of_an_incident(sign_in: SignIn, agency: Organization) -> None:
    mine, other = a_unit(agency), a_unit(agency)
    at = timezone.now() - 2 * HOUR
    incident = an_incident(a_service(mine, name="Boat permits"), at)
    an_incident(a_service(other, name="Ship permits"), at)
    person = a_person(Role.PROGRAM_MANAGER, mine)
    client = sign_in(person)

    addresses = [reverse("alarms:now"), reverse("alarms:incident", args=[incident.pk]),
                 reverse("alarms:history"), reverse("alarms:watched")]  # fmt: skip
    for each in addresses:
        said = text(client.get(each))
        assert "Boat permits" in said
        assert "Ship permits" not in said


def test_an_incident_shows_what_people_wrote_in_its_days_low_ratings_first(
    sign_in: SignIn, manager: Person, agency: Organization
) -> None:
    version = a_version(a_survey(a_service(agency)))
    service, today = version.survey.service, timezone.localdate()
    a_comment(version, "It worked.", trust=5, day=today)
    a_comment(version, "The form hangs at the photo.", trust=1, day=today)
    a_comment(version, "An old story.", trust=1, day=today - timedelta(days=30))
    other = a_version(a_survey(a_service(an_agency())))
    a_comment(other, "Of another agency.", trust=1, day=today)
    incident = an_incident(service, timezone.now() - HOUR)

    said = text(sign_in(manager).get(reverse("alarms:incident", args=[incident.pk])))

    assert said.index("The form hangs at the photo.") < said.index("It worked.")
    assert "An old story." not in said
    assert "Of another agency." not in said


def test_today_tells_of_an_alarm_until_somebody_has_it(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    client, today = sign_in(manager), reverse("dashboards:today")

    before = text(client.get(today))
    acknowledge(incident, by=manager, now=timezone.now())
    after = text(client.get(today))

    assert "1 thing needs you" in before
    assert "Passport renewal: page views fell" in before
    assert reverse("alarms:incident", args=[incident.pk]) in before
    assert "Nothing needs you" in after


def test_many_alarms_are_one_line_on_today(
    sign_in: SignIn, manager: Person, agency: Organization
) -> None:
    for days in range(4):
        an_incident(a_service(agency), timezone.now() - timedelta(days=3 * days + 1))

    assert "4 alarms wait for somebody" in text(sign_in(manager).get(reverse("dashboards:today")))


def test_who_only_reads_is_offered_no_page_that_they_may_not_open(
    sign_in: SignIn, agency: Organization, manager: Person
) -> None:
    told = reverse("alarms:addresses")

    reader = sign_in(a_person(Role.ANALYST, agency))
    assert told not in text(reader.get(reverse("alarms:now")))
    assert told in text(sign_in(manager).get(reverse("alarms:now")))


def test_program_managers_and_leads_find_alarms_in_the_navigation(
    sign_in: SignIn, agency: Organization, manager: Person
) -> None:
    for person in (manager, a_person(Role.CX_LEAD, agency)):
        assert 'href="/alarms/"' in text(sign_in(person).get(reverse("services:list")))
    reviewer = a_person(Role.OMB_REVIEWER)
    assert 'href="/alarms/"' not in text(sign_in(reviewer).get(reverse("services:list")))


def test_whoever_follows_a_mail_that_it_got_worse_finds_what_the_mail_said(
    sign_in: SignIn, manager: Person, incident: Incident
) -> None:
    watch, at = incident.parts.get().watch, incident.parts.get().end
    client, page = sign_in(manager), reverse("alarms:incident", args=[incident.pk])
    before = text(client.get(page))

    take_look(watch, a_look(at, seen=700.0, n=700, told=False), at + HOUR)
    silent = a_look(at + 3 * HOUR, since=at + HOUR, seen=0.0, n=0, silent=True)
    take_look(watch, silent, at + 4 * HOUR)

    after = text(client.get(page))
    assert "Got worse" not in before
    assert "<dt>Got worse</dt><dd>Nothing came for 3 hours, where 900 to 1,100" in after
    assert "Clearly worse than when it was told" in after
