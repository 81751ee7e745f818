"""From an alarm to mail and webhook: real receivers, told once, again only where they failed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from standardwebhooks.webhooks import Webhook

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms.channels.webhook.signature import new_secret
from cx280.alarms.models import Contact, Delivery
from cx280.alarms.rules.vocabulary import Sending
from cx280.alarms.tasks import (
    give_back_lost_deliveries,
    send_digests_of_alarms,
    tell_of_incidents,
)
from tests.alarms.builders import NOON, a_contact, a_watch, an_incident
from tests.alarms.channels.receivers import (
    MailServer,
    WebReceiver,
    a_mail_server,
    a_web_receiver,
)
from tests.builders import a_person, a_service, a_unit, an_agency

pytestmark = pytest.mark.django_db
SECRET = new_secret()


@pytest.fixture(scope="module")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with a_mail_server(tmp_path_factory.mktemp("mail")) as server:
        yield server


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebReceiver]:
    with a_web_receiver(tmp_path_factory.mktemp("posts")) as started:
        yield started


@pytest.fixture(autouse=True)
def receivers_are_reached(settings: Settings, mail_server: MailServer) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    settings.EMAIL_TIMEOUT = 2
    settings.DEFAULT_FROM_EMAIL = "cx280@example.gov"
    settings.PUBLIC_ADDRESS = "https://cx.example.gov"
    settings.CX280_WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    settings.CX280_WEBHOOK_SECONDS = 2.0


@pytest.fixture
def agency() -> Organization:
    return an_agency()


def webhook(unit: Organization, address: str) -> Contact:
    return a_contact(unit=unit, channel="webhook", address=address, secrets=[SECRET])


@pytest.mark.proves("280.7-h3")
def test_an_incident_is_mailed_and_posted_once(
    agency: Organization, mail_server: MailServer, receiver: WebReceiver
) -> None:
    a_person(Role.PROGRAM_MANAGER, agency, email="told@example.gov")
    webhook(agency, receiver.at("/take/once"))
    incident = an_incident(a_service(agency, name="Passport renewal"))
    now = timezone.now()

    assert tell_of_incidents(now) == 2
    assert tell_of_incidents(now + timedelta(minutes=5)) == 0

    [letter] = mail_server.letters("told@example.gov")
    assert letter["Subject"].startswith("Passport renewal: page views fell")
    [request] = receiver.requests("/take/once")
    body = Webhook(SECRET).verify(request["body"], request["headers"])
    assert body["data"]["incident"] == incident.pk
    assert body["data"]["acknowledge"] == f"https://cx.example.gov/alarms/{incident.pk}/take/"


def test_a_receiver_that_failed_is_told_again_and_nobody_else(
    agency: Organization, mail_server: MailServer, receiver: WebReceiver
) -> None:
    a_person(Role.PROGRAM_MANAGER, agency, email="steady@example.gov")
    webhook(agency, receiver.at("/flaky/2/again"))
    an_incident(a_service(agency))
    now = timezone.now()

    tell_of_incidents(now)
    tell_of_incidents(now + timedelta(minutes=2))

    assert len(mail_server.letters("steady@example.gov")) == 1
    requests = receiver.requests("/flaky/2/again")
    assert len(requests) == 2
    assert len({each["headers"]["webhook-id"] for each in requests}) == 1, "the same message"
    row = Delivery.objects.get(contact__channel="webhook")
    assert (row.state, row.tries) == (Sending.SENT, 2)
    assert ["failed" in words for _, words in row.attempts] == [True, False]


def test_a_receiver_that_hangs_harms_nobody_else(
    agency: Organization, mail_server: MailServer, receiver: WebReceiver
) -> None:
    a_person(Role.PROGRAM_MANAGER, agency, email="quick@example.gov")
    for number in range(3):
        webhook(agency, receiver.at(f"/hang/{number}"))
    webhook(agency, receiver.at("/take/beside"))
    an_incident(a_service(agency))
    began = timezone.now()

    tell_of_incidents(began)

    assert timezone.now() - began < timedelta(seconds=6), "they hang beside each other"
    assert len(mail_server.letters("quick@example.gov")) == 1
    assert len(receiver.requests("/take/beside")) == 1
    assert Delivery.objects.filter(state=Sending.WAITING, tries=1).count() == 3


def test_an_address_that_does_not_exist_is_not_tried_again(agency: Organization) -> None:
    a_person(Role.PROGRAM_MANAGER, agency, email="never@example.gov")
    an_incident(a_service(agency))

    tell_of_incidents(timezone.now())

    row = Delivery.objects.get()
    assert (row.state, row.tries) == (Sending.FAILED, 1)
    assert "no such person" in row.last_error


def test_each_reader_is_told_of_their_own_services_only(
    agency: Organization, mail_server: MailServer
) -> None:
    mine, other = a_unit(agency), a_unit(agency)
    a_person(Role.PROGRAM_MANAGER, mine, email="mine@example.gov")
    a_person(Role.PROGRAM_MANAGER, agency, email="both@example.gov")
    an_incident(a_service(mine, name="Boat permits"))
    watch = a_watch(a_service(other, name="Ship permits"))
    an_incident(watch=watch)

    tell_of_incidents(timezone.now())

    [letter] = mail_server.letters("mine@example.gov")
    assert letter["Subject"].startswith("Boat permits: page views fell")
    assert "Ship" not in letter.as_string()
    [whole] = mail_server.letters("both@example.gov")
    assert whole["Subject"].startswith("2 services: page views fell")


def test_the_worker_gives_back_what_a_killed_one_held(
    agency: Organization, mail_server: MailServer
) -> None:
    a_person(Role.PROGRAM_MANAGER, agency, email="later-told@example.gov")
    an_incident(a_service(agency))
    from cx280.alarms.actions.delivering import claim, ring

    now = timezone.now()
    ring(now)
    claim(now)

    later = now + timedelta(minutes=6)
    assert tell_of_incidents(later) == 0, "it is another's until it is given back"
    assert give_back_lost_deliveries(later) == 1
    assert tell_of_incidents(later) == 1


def test_a_digest_goes_out_once_and_again_only_when_it_was_not_taken(
    agency: Organization, mail_server: MailServer
) -> None:
    person = a_person(Role.PROGRAM_MANAGER, agency, email="digests@example.gov")
    Contact.objects.create(person=person, channel="email", pace="daily")
    busy = a_person(Role.PROGRAM_MANAGER, agency, email="later@example.gov")
    Contact.objects.create(person=busy, channel="email", pace="daily")
    noon = datetime(2022, 3, 17, 16, tzinfo=UTC)
    an_incident(a_service(agency, name="Passport renewal"), NOON, seen=800.0)

    assert [send_digests_of_alarms(noon + timedelta(hours=each)) for each in range(3)] == [1, 0, 0]

    [letter] = mail_server.letters("digests@example.gov")
    assert letter["Subject"] == "1 alarm needs you"
    assert "Passport renewal: page views fell" in letter.as_string()
    assert Contact.objects.get(person=busy).digest_on is None, "it is tried again"


def test_a_unit_gets_a_digest_of_what_is_below_it(
    agency: Organization, mail_server: MailServer
) -> None:
    a_contact(unit=agency, channel="email", address="unit@example.gov", pace="weekly")
    an_incident(a_service(a_unit(agency), name="Boat permits"), NOON, seen=800.0)
    an_incident(a_service(an_agency(), name="Ship permits"), NOON, seen=800.0)

    send_digests_of_alarms(datetime(2022, 3, 21, 16, tzinfo=UTC))

    [letter] = mail_server.letters("unit@example.gov")
    assert "Boat permits: page views fell" in letter.as_string()
    assert "Ship" not in letter.as_string()
