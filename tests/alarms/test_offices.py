"""Offices are watched by themselves: sharing the false alarms, told as one, each to its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms import access
from cx280.alarms.actions.look import Outcome, take_look
from cx280.alarms.actions.ringing import ring
from cx280.alarms.models import Delivery, Incident, Part, Watch
from cx280.alarms.queries.messages import message_for
from cx280.alarms.queries.told import untaken_of
from cx280.alarms.rules.joint import Fall, belong_together
from cx280.alarms.rules.looking import looks_at
from cx280.alarms.rules.series import DAY, Series
from cx280.alarms.rules.vocabulary import Cause, Kind, State
from cx280.alarms.rules.watches import (
    ServiceKnown,
    default_watches,
    has_enough,
    share_of,
)
from cx280.alarms.tasks import look_at_what_is_watched
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.measures.models import DayCount
from cx280.services.models import Service
from tests.alarms.builders import NOON, a_contact, a_look, a_watch
from tests.browser import axe_at_both_widths
from tests.builders import (
    a_document,
    a_person,
    a_service,
    a_survey,
    a_unit,
    a_version,
    an_agency,
)

QUESTIONS = [("trust", "Trust"), ("satisfaction", "Satisfaction"), ("ease", "Ease")]
SignIn = Callable[[Person], Client]


def known(offices: int) -> ServiceKnown:
    return ServiceKnown(questions=QUESTIONS, units=[(n, f"Office {n}") for n in range(offices)])


@pytest.mark.proves("280.7-h2")
@given(offices=st.integers(2, 300))
def test_trust_and_satisfaction_of_every_office_are_watched(offices: int) -> None:
    found = [each for each in default_watches(known(offices)) if each.kind is Kind.UNIT_SCORE]

    assert len(found) == 2 * offices
    assert {each.key for each in found} == {"trust", "satisfaction"}
    assert {each.unit for each in found} == set(range(offices))


def test_of_one_office_the_whole_says_the_same() -> None:
    assert all(each.unit is None for each in default_watches(known(1)))


@given(offices=st.integers(2, 300))
def test_however_many_offices_there_are_the_whole_keeps_its_part(offices: int) -> None:
    among = [each.kind for each in default_watches(known(offices))]

    whole = share_of(1, Kind.SCORE, among)
    together = 2 * offices * share_of(1, Kind.UNIT_SCORE, among)

    assert whole > share_of(1, Kind.SCORE, [Kind.SCORE] * 4) / 2  # half of what it has without any
    assert together < 4 * whole


def test_an_office_that_is_watched_does_not_come_and_go() -> None:
    assert has_enough(20, is_watched=False)
    assert not has_enough(19, is_watched=False)
    assert has_enough(12, is_watched=True)
    assert not has_enough(9, is_watched=True)


def fell(kind: Kind, first: int, told: int) -> Fall:
    """A fall that began on one day and was told on a later one."""
    day = NOON + told * DAY
    return Fall(1, 1, kind, day, day + DAY, NOON + first * DAY)


def test_an_office_and_the_whole_that_fall_together_are_one_incident() -> None:
    office = fell(Kind.UNIT_SCORE, first=0, told=3)

    assert belong_together(office, fell(Kind.SCORE, first=1, told=9))
    assert belong_together(office, fell(Kind.UNIT_SCORE, first=2, told=7))
    assert not belong_together(office, fell(Kind.UNIT_SCORE, first=8, told=10))
    assert not belong_together(fell(Kind.SCORE, first=0, told=3), fell(Kind.SCORE, first=1, told=9))


def test_a_fall_that_began_long_ago_does_not_take_up_everything_since() -> None:
    old = fell(Kind.UNIT_SCORE, first=-100, told=30)

    assert not belong_together(old, fell(Kind.UNIT_SCORE, first=2, told=7))


def test_a_point_of_an_office_is_a_week_and_hidden_where_too_few_answered() -> None:
    starts = [datetime(2022, 3, 1, tzinfo=UTC) + n * DAY for n in range(60)]
    n = [3] * 30 + [1] * 30
    good = [2] * 30 + [0] * 30
    series = Series(starts, DAY, good, [False] * 60, n)

    look = looks_at(Kind.UNIT_SCORE, "trust", series, a_month=1, smallest=10, since=59)[0]

    by_day = {each.at: each.seen for each in look.points}
    assert by_day[starts[20]] == pytest.approx(2 / 3)
    assert by_day[starts[40]] is None  # seven answers in seven days
    assert look.seen < 0.1


def answered(service: Service, units: dict[Organization, int], last: date, fell: Organization,
             since: date) -> None:  # fmt: skip
    """Each office has so many answers a day, and eight in ten trust; from a day on one has two."""
    draw = np.random.default_rng(280)
    version = a_version(a_survey(service, draft=a_document("Passport renewal")))
    version.opened_at = datetime(2021, 1, 1, tzinfo=UTC)
    version.save()
    rows = []
    for unit, many in units.items():
        for back in range(150):
            day = last - timedelta(days=back)
            n = int(draw.poisson(many))
            good = int(draw.binomial(n, 0.2 if unit == fell and day >= since else 0.8))
            given = [n, n, {"5": good, "2": n - good}]
            rows.append(
                DayCount(
                    version=version,
                    day=day,
                    unit=unit,
                    channel="website",
                    completed=n,
                    counts={"seconds": {}, "questions": {"trust": given}, "patterns": {}},
                )
            )
    DayCount.objects.bulk_create([each for each in rows if each.completed])


LAST = date(2022, 5, 9)


@pytest.fixture
def agency() -> Organization:
    return an_agency()


@pytest.fixture
def offices(agency: Organization) -> list[Organization]:
    return [a_unit(agency, name=name) for name in ("Boise", "Dayton", "Erie", "Fargo")]


@pytest.fixture
def service(agency: Organization) -> Service:
    return a_service(a_unit(agency, name="Bureau"), name="Passport renewal")


def nights(first: date, many: int) -> list[datetime]:
    return [datetime(first.year, first.month, first.day, 10, tzinfo=UTC) + n * DAY
            for n in range(many)]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.proves("280.7-h1")
def test_an_office_that_falls_is_found_while_the_whole_does_not_show_it(
    service: Service, offices: list[Organization]
) -> None:
    answers = dict(zip(offices, (4, 60, 60, 1), strict=True))
    answered(service, answers, LAST, fell=offices[0], since=LAST - timedelta(days=4))

    for night in nights(LAST - timedelta(days=5), 7):
        look_at_what_is_watched(night)

    part = Part.objects.get()
    assert (part.watch.unit, part.watch.key) == (offices[0], "trust")
    assert part.watch.label == "Trust at Boise"
    watched = set(Watch.objects.exclude(unit=None).values_list("unit__name", flat=True))
    assert watched >= {"Boise", "Dayton", "Erie"}


@pytest.mark.django_db
def test_an_office_that_has_too_few_answers_is_no_longer_watched_and_its_incident_is_over(
    service: Service, offices: list[Organization]
) -> None:
    answers = dict(zip(offices, (4, 60, 60, 1), strict=True))
    answered(service, answers, LAST, fell=offices[0], since=LAST - timedelta(days=4))
    for night in nights(LAST - timedelta(days=5), 7):
        look_at_what_is_watched(night)
    DayCount.objects.filter(unit=offices[0]).delete()

    look_at_what_is_watched(nights(LAST + timedelta(days=3), 1)[0])

    assert not Watch.objects.get(unit=offices[0], key="trust").is_current
    incident = Incident.objects.get(parts__watch__unit=offices[0])
    assert incident.state == State.RESOLVED
    assert list(incident.flips.values_list("cause", flat=True))[-1] == Cause.MUTED


def a_fallen_office(service: Service, unit: Organization, day: int = 0) -> tuple[Watch, Outcome]:
    """Its trust fell on that day, and is told."""
    watch = a_watch(service, kind=Kind.UNIT_SCORE.value, key="trust", unit=unit,
                    label=f"Trust at {unit.name}")  # fmt: skip
    start = NOON + day * DAY
    look = a_look(start, end=start + DAY, since=NOON, seen=0.3, expected=0.8, low=0.7, high=0.9,
                  n=60)  # fmt: skip
    return watch, take_look(watch, look, look.end)


def told_of(person: Person) -> list[str]:
    messages = map(message_for, Delivery.objects.filter(contact__person=person))
    return [each.what for each in messages if each]


@pytest.mark.django_db
def test_who_manages_an_office_hears_of_that_one_alone(
    agency: Organization, service: Service, offices: list[Organization]
) -> None:
    whole = a_person(Role.PROGRAM_MANAGER, service.owner)
    boise, dayton = (a_person(Role.PROGRAM_MANAGER, each) for each in offices[:2])
    erie = a_person(Role.PROGRAM_MANAGER, offices[2])
    department = a_person(Role.PROGRAM_MANAGER, agency)  # hears where nobody nearer is

    assert a_fallen_office(service, offices[0])[1] is Outcome.OPENED
    ring(NOON + 2 * DAY)
    assert a_fallen_office(service, offices[1], day=2)[1] is Outcome.JOINED
    ring(NOON + 4 * DAY)
    ring(NOON + 5 * DAY)

    assert told_of(boise) == ["Passport renewal: trust at Boise fell"]
    assert told_of(dayton) == ["Passport renewal: trust at Dayton fell"]
    assert len(told_of(whole)) == 1
    assert told_of(erie) == told_of(department) == []
    incident = Incident.objects.get()
    assert [each.watch.unit for each in access.parts_to_see(boise, incident)] == offices[:1]
    assert len(access.parts_to_see(whole, incident)) == 2
    with pytest.raises(NotFound):
        access.incident_to_see(erie, incident.pk)


@pytest.mark.django_db
def test_an_address_of_an_office_is_told_of_that_office(
    service: Service, offices: list[Organization]
) -> None:
    for unit in offices[:2]:
        a_contact(f"{unit.name}@example.gov", unit=unit)
    a_fallen_office(service, offices[0])

    ring(NOON + 2 * DAY)

    told = Delivery.objects.filter(contact__unit__isnull=False)
    assert [each.contact.unit for each in told] == offices[:1]


@pytest.mark.django_db
def test_who_manages_an_office_chooses_for_it_and_not_for_the_whole(
    service: Service, offices: list[Organization]
) -> None:
    watch, _ = a_fallen_office(service, offices[0])
    other, _ = a_fallen_office(service, offices[1])
    a_watch(service, kind=Kind.SCORE.value, key="trust", label="Trust")
    boise = a_person(Role.PROGRAM_MANAGER, offices[0])

    assert list(access.watches_to_see(boise, service)) == [watch]
    assert access.watch_to_handle(boise, service.code, watch.pk) == watch
    with pytest.raises(NotFound):
        access.watch_to_handle(boise, service.code, other.pk)
    with pytest.raises(NotAllowed):
        access.service_to_handle(boise, service.code)
    own = untaken_of([], [(service, offices[0])])
    assert [[part.watch for part in line.parts] for line in own] == [[watch]]
    assert untaken_of([], [(service, offices[2])]) == []


def text(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.django_db
def test_two_hundred_offices_stand_on_a_page_of_their_own_found_by_name(
    sign_in: SignIn, agency: Organization, service: Service
) -> None:
    for n in range(200):
        unit = a_unit(agency, name=f"Office {n:03}")
        a_watch(
            service, kind=Kind.UNIT_SCORE.value, key="trust", unit=unit, label=f"Trust at {unit}"
        )
    a_watch(service, kind=Kind.SCORE.value, key="trust", label="Trust")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, agency))

    whole = text(client.get(reverse("alarms:service", args=[service.code])))
    first = text(client.get(reverse("alarms:offices", args=[service.code])))
    found = text(client.get(reverse("alarms:offices", args=[service.code]), {"words": "e 150"}))

    assert "200 offices" in whole
    assert "Trust at Office" not in whole
    assert first.count("Trust at Office") < 200
    assert "Trust at Office 000" in first
    assert "Trust at Office 150" in found
    assert "Trust at Office 151" not in found


@pytest.mark.django_db
def test_who_manages_an_office_sees_it_among_what_is_watched(
    sign_in: SignIn, service: Service, offices: list[Organization]
) -> None:
    watch, _ = a_fallen_office(service, offices[0])
    a_fallen_office(service, offices[1])
    client = sign_in(a_person(Role.PROGRAM_MANAGER, offices[0]))

    pages = [
        text(client.get(reverse("alarms:watched"))),
        text(client.get(reverse("alarms:service", args=[service.code]))),
        text(client.get(reverse("alarms:offices", args=[service.code]))),
        text(client.get(reverse("alarms:now"))),
    ]
    switched = client.post(reverse("alarms:switch", args=[service.code, watch.pk]))

    assert "Passport renewal" in pages[0]
    assert "Trust at Boise" in pages[2]
    assert "trust at Boise fell" in pages[3]
    assert not any("Dayton" in page for page in pages)
    assert switched.headers["Location"] == reverse("alarms:offices", args=[service.code])
    assert not Watch.objects.get(pk=watch.pk).enabled


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_of_offices_is_clean_at_both_widths(
    agency: Organization,
    service: Service,
    offices: list[Organization],
    signed_in_page: Callable[[Person], Page],
) -> None:
    for unit in offices:
        a_fallen_office(service, unit)
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, agency))

    for query in ("", "?words=Boise", "?words=nowhere"):
        page.goto(reverse("alarms:offices", args=[service.code]) + query)
        assert axe_at_both_widths(page) == [], query
    page.get_by_text("has “nowhere” in its name").wait_for()
