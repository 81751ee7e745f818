"""Real receivers, workers that race and are killed: an incident is told once to each address, or
again only where the receiver failed or a worker died while it sent; then the log says so.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from standardwebhooks.webhooks import Webhook

from cx280.agencies.models import Organization
from cx280.alarms.actions import sending
from cx280.alarms.actions.ringing import ring
from cx280.alarms.actions.turns import resolve
from cx280.alarms.channels.webhook.signature import new_secret
from cx280.alarms.models import Delivery, Incident
from cx280.alarms.rules.vocabulary import Sending
from cx280.alarms.tasks import tell_of_incidents
from tests.alarms.builders import a_contact, an_incident
from tests.alarms.channels.receivers import MailServer, WebReceiver, a_mail_server, a_web_receiver
from tests.alarms.telling import TWICE, Stage
from tests.builders import a_person, a_service, a_unit, an_agency

pytestmark = [pytest.mark.django_db(transaction=True)]
SECRET = new_secret()
KILLS = 4
INCIDENTS = 4


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server in a process of its own."""
    (tmp_path / "mail").mkdir()
    with a_mail_server(tmp_path / "mail") as started:
        yield started


@pytest.fixture
def web(tmp_path: Path) -> Iterator[WebReceiver]:
    """A receiver of posts in a process of its own."""
    (tmp_path / "web").mkdir()
    with a_web_receiver(tmp_path / "web") as started:
        yield started


@pytest.fixture
def agency() -> Organization:
    """Whose units are told."""
    return an_agency()


@pytest.fixture
def tell(agency: Organization, web: WebReceiver) -> Callable[..., None]:
    """Adds addresses of the agency: of mailboxes, and paths of the receiver."""

    def add(*names: str) -> None:
        for each in names:
            if "@" in each:
                a_contact(unit=agency, channel="email", address=each)
            else:
                a_contact(unit=agency, channel="webhook", address=web.at(each), secrets=[SECRET])

    return add


def happened(agency: Organization, many: int = 1) -> None:
    """Incidents that nobody was told of yet; days apart, or they would be one."""
    for each in range(many):
        an_incident(a_service(a_unit(agency)), timezone.now() - timedelta(days=3 * each, hours=1))


@pytest.mark.proves("280.7-h3")
def test_workers_race_and_die_and_each_address_is_told_once_or_the_log_says_why_not(
    agency: Organization, tell: Callable[..., None], mail: MailServer, web: WebReceiver,
    tmp_path: Path,
) -> None:  # fmt: skip
    tell(*(f"slow{each}@example.gov" for each in range(4)), "ana@example.gov")
    tell(*(f"/slow/0.5/{each}" for each in range(4)), "/take/quick")
    happened(agency, INCIDENTS)
    chance = random.Random()
    with Stage(mail, web, tmp_path) as stage:
        stage.start(2)
        for _ in range(KILLS):
            stage.wait(lambda: any(each.state != "sent" for each in stage.told()))
            time.sleep(chance.random() / 2)
            stage.kill()
            stage.start()
        stage.wait(lambda: [each.state for each in stage.told()] == ["sent"] * 10 * INCIDENTS)
        stage.end()

    told, reached = stage.told(), stage.reached()
    assert set(reached) == {each.name for each in told}
    for each in told:
        assert 1 <= reached[each.name] <= 1 + each.lost + each.failed, each
    assert sum(each.failed for each in told) == 0, "no receiver failed"


@pytest.mark.any_database
@pytest.mark.proves("280.7-h3")
def test_that_it_is_over_is_told_once_too_however_workers_race_and_die(
    agency: Organization, tell: Callable[..., None], mail: MailServer, web: WebReceiver,
    tmp_path: Path,
) -> None:  # fmt: skip
    tell("slow1@example.gov", "slow2@example.gov", "/slow/0.5/1", "/slow/0.5/2", "/take/quick")
    happened(agency, INCIDENTS)
    ring(timezone.now())
    Delivery.objects.update(state=Sending.SENT, sent_at=timezone.now())
    for incident in Incident.objects.all():
        resolve(incident, by=a_person(), now=timezone.now())
    chance = random.Random()
    with Stage(mail, web, tmp_path) as stage:
        stage.start(2)
        for _ in range(KILLS):
            time.sleep(chance.random())
            stage.kill()
            stage.start()
        stage.wait(lambda: [each.state for each in stage.told()] == ["sent"] * 10 * INCIDENTS)
        stage.end()

    over, reached = stage.told()[5 * INCIDENTS :], stage.reached()
    assert set(reached) == {each.name for each in over}
    for each in over:
        assert 1 <= reached[each.name] <= 1 + each.lost + each.failed, each
    replies = [each["In-Reply-To"] for each in mail.letters()]
    assert all(each and each.startswith("<alarm-") for each in replies)


@pytest.mark.any_database
def test_a_receiver_that_fails_is_told_again_and_the_log_counts_it(
    agency: Organization, tell: Callable[..., None], mail: MailServer, web: WebReceiver,
    tmp_path: Path,
) -> None:  # fmt: skip
    """And whoever hangs, redirects, is full or is gone harms nobody else."""
    tell("/flaky/3/a", "/hang", "/redirect", "/status/500", "/status/410", "never@example.gov",
         "later@example.gov", "ana@example.gov", "/take/quick")  # fmt: skip
    happened(agency)
    failing = (web.at("/hang"), web.at("/status/500"), "later@example.gov")

    def settled() -> bool:
        told = {each.address: each for each in stage.told()}
        return len(told) == 9 and all(told[address].failed for address in failing) and all(
            told[address].state == state
            for address, state in (
                (web.at("/flaky/3/a"), "sent"), (web.at("/take/quick"), "sent"),
                ("ana@example.gov", "sent"), (web.at("/redirect"), "failed"),
                (web.at("/status/410"), "failed"), ("never@example.gov", "failed"),
            )
        )  # fmt: skip

    with Stage(mail, web, tmp_path, lease=120) as stage:
        stage.start(2)
        stage.wait(settled)
        stage.end()

    told = {each.address: each for each in stage.told()}
    assert told[web.at("/flaky/3/a")].failed == 2
    assert len(web.requests("/flaky/3/a")) == 3
    assert len({each["headers"]["webhook-id"] for each in web.requests("/flaky/3/a")}) == 1
    assert len(web.requests("/redirect")) == 3, "three times in all"
    assert len(web.requests("/status/410")) == 1
    assert len(web.requests("/take/quick")) == 1
    assert len(mail.letters("ana@example.gov")) == 1
    for address in failing:
        assert told[address].state != "sent"


@pytest.mark.any_database
def test_a_worker_killed_between_the_receiver_s_answer_and_its_note_is_told_of_in_the_log(
    agency: Organization, tell: Callable[..., None], mail: MailServer, web: WebReceiver,
    tmp_path: Path,
) -> None:  # fmt: skip
    tell("/slow/1")
    happened(agency)

    with Stage(mail, web, tmp_path) as stage:
        stage.start()
        stage.wait(lambda: bool(web.requests("/slow/1")))
        stage.kill()
        stage.start()
        stage.wait(lambda: [each.state for each in stage.told()] == ["sent"])
        stage.end()

    requests = web.requests("/slow/1")
    assert len(requests) == 2
    assert len({each["headers"]["webhook-id"] for each in requests}) == 1
    for each in requests:
        assert Webhook(SECRET).verify(each["body"], each["headers"])
    (told,) = stage.told()
    assert [TWICE in each for each in told.log] == [True, False]


@pytest.mark.any_database
def test_while_receivers_hang_another_job_of_the_worker_keeps_its_rhythm(
    agency: Organization, tell: Callable[..., None], mail: MailServer, web: WebReceiver,
    tmp_path: Path,
) -> None:  # fmt: skip
    tell(*(f"/hang/{each}" for each in range(20)), "ana@example.gov")
    happened(agency)
    finishes: list[str] = []

    def ran_three_times_more() -> bool:
        now = stage.finished("Mail sign-in links")
        if now and now not in finishes:
            finishes.append(now)
        return len(finishes) >= 4

    with Stage(mail, web, tmp_path) as stage:
        stage.start_whole()
        stage.wait(lambda: len(web.requests()) >= 15)
        stage.wait(ran_three_times_more, seconds=50)
        told = stage.told()

    assert sum(each.state == "claimed" for each in told) >= 15, "they hang still"
    assert not any(each.failed for each in told)


def test_a_run_that_meets_many_that_hang_begins_nothing_new_after_a_while(
    agency: Organization, tell: Callable[..., None], web: WebReceiver, settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What is found meanwhile waits for the next run."""
    settings.CX280_WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    settings.CX280_WEBHOOK_SECONDS = 0.5
    monkeypatch.setattr(sending, "_AT_ONCE", 1)
    monkeypatch.setattr(sending, "_LONG", 0.1)
    tell(*(f"/hang/{each}" for each in range(3)))
    happened(agency)

    tell_of_incidents(timezone.now())

    states = Counter(Delivery.objects.values_list("tries", flat=True))
    assert states == {0: 2, 1: 1}, "two are left for the next run, unclaimed"
    assert not Delivery.objects.filter(state=Sending.CLAIMED).exists()
