"""Several workers at once, some killed: each contact is told once, or the log says why not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from cx280.alarms.channels.webhook.signature import new_secret
from cx280.alarms.models import Contact, Delivery, Flip, Incident
from cx280.alarms.rules.vocabulary import Sending
from tests.alarms.builders import a_contact, an_incident
from tests.alarms.channels.receivers import (
    MailServer,
    WebReceiver,
    a_mail_server,
    a_web_receiver,
)
from tests.audit.test_turns import same_database
from tests.builders import a_service, an_agency

pytestmark = [pytest.mark.django_db(transaction=True)]
AGENCIES, OF_EACH_KIND, KILLS = 3, 4, 3
# What the worker of cx280 does every few seconds, with hardly a pause and with a short lease.
WORKER = """
import time
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from cx280.alarms import tasks
from cx280.alarms.actions import delivering
delivering.LEASE = timedelta(seconds=3)
print("ready", flush=True)
while True:
    tasks.give_back_lost_deliveries(timezone.now())
    tasks.tell_of_incidents(timezone.now())
    time.sleep(0.05)
"""


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=environment, text=True,
                              stdout=subprocess.PIPE)  # fmt: skip
    assert worker.stdout is not None
    with worker.stdout as said:
        assert said.readline() == "ready\n"
    return worker


def sent() -> int:
    return Delivery.objects.filter(state=Sending.SENT).count()


def wait_until_sent(many: int) -> None:
    ends = time.monotonic() + 120
    while sent() < many:
        assert time.monotonic() < ends, Counter(Delivery.objects.values_list("state", flat=True))
        time.sleep(0.1)


def contacts_of_an_agency(number: int, receiver: WebReceiver) -> None:
    """Mail and webhook addresses, and an incident to tell them of."""
    agency = an_agency()
    for each in range(OF_EACH_KIND):
        a_contact(unit=agency, channel="email", address=f"a{number}-{each}@example.gov")
        a_contact(
            unit=agency, channel="webhook", address=receiver.at(f"/take/{number}/{each}"),
            secrets=[new_secret()],
        )  # fmt: skip
    an_incident(a_service(agency), timezone.now() - timedelta(hours=1))


def told(contact: Contact, mail: MailServer, web: WebReceiver) -> int:
    """How many messages the contact's receiver has taken."""
    if contact.channel == "email":
        return len(mail.letters(contact.address))
    return len(web.requests(contact.address.partition(str(web.port))[2]))


@pytest.mark.proves("280.7-h3")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_each_incident_is_told_once_to_each_contact_though_workers_race_and_die(
    tmp_path: Path,
) -> None:
    for name in ("mail", "web", "record"):
        (tmp_path / name).mkdir()
    with a_mail_server(tmp_path / "mail") as mail, a_web_receiver(tmp_path / "web") as web:
        for number in range(AGENCIES):
            contacts_of_an_agency(number, web)
        environment = {
            **same_database(tmp_path / "record"),
            "CX280_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "CX280_SMTP_HOST": "127.0.0.1",
            "CX280_SMTP_PORT": str(mail.port),
            "CX280_WEBHOOK_PRIVATE": "127.0.0.0/8",
        }
        everybody, chance = AGENCIES * OF_EACH_KIND * 2, random.Random()

        workers = [start(environment) for _ in range(2)]
        for _ in range(KILLS):
            time.sleep(chance.random())
            os.kill(workers[0].pid, signal.SIGKILL)
            workers.pop(0).wait()
            workers.append(start(environment))
        wait_until_sent(everybody)
        for worker in workers:
            worker.kill()
            worker.wait()

        rows = list(Delivery.objects.select_related("contact"))
        assert len(rows) == everybody
        assert Flip.objects.filter(cause="found").count() == Incident.objects.count() == AGENCIES
        for each in rows:
            twice = [words for _, words in each.attempts if "may come twice" in words]
            assert 1 <= told(each.contact, mail, web) <= 1 + len(twice), each.attempts
