"""Several workers at once, some killed: each delivery is sent once, or the log says why not."""

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

from cx280.alarms.models import Contact, Delivery, Flip, Incident
from cx280.alarms.rules.vocabulary import Sending
from tests.alarms.builders import an_incident
from tests.audit.test_turns import same_database
from tests.builders import a_service, a_unit, an_agency

pytestmark = [pytest.mark.django_db(transaction=True)]
ADDRESSES = 12
# A worker: rings, claims, gives back; what it sends it writes into a file, at once and for good.
WORKER = """
import os, sys, time
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from cx280.alarms.actions import delivering
delivering.LEASE = timedelta(seconds=1)
out = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
print("ready", flush=True)
while True:
    now = timezone.now()
    delivering.give_back(now)
    delivering.ring(now)
    for each in delivering.claim(now, limit=2):
        if delivering.begin(each, timezone.now()):
            os.write(out, f"{each.pk}\\n".encode())
            time.sleep(0.02)
            delivering.mark_sent(each, timezone.now())
    time.sleep(0.01)
"""


def start(sent: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(sent)], env=environment, text=True,
                              stdout=subprocess.PIPE)  # fmt: skip
    assert worker.stdout is not None
    with worker.stdout as said:
        assert said.readline() == "ready\n"
    return worker


def wait_until_sent(many: int) -> None:
    ends = time.monotonic() + 60
    while Delivery.objects.filter(state=Sending.SENT).count() < many:
        assert time.monotonic() < ends, Counter(Delivery.objects.values_list("state", flat=True))
        time.sleep(0.1)


@pytest.mark.proves("280.7-h3")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_each_incident_is_told_once_to_each_contact_though_workers_race_and_die(
    tmp_path: Path,
) -> None:
    agency = an_agency()
    for number in range(ADDRESSES):
        Contact.objects.create(unit=agency, channel="webhook", address=f"https://{number}.gov/")
    for _ in range(3):
        an_incident(a_service(a_unit(agency)), timezone.now() - timedelta(hours=1))
    incidents = Incident.objects.count()
    sent, chance = tmp_path / "sent", random.Random()
    environment = same_database(tmp_path)
    workers = [start(sent, environment) for _ in range(2)]

    killed = 0
    while Delivery.objects.filter(state=Sending.SENT).count() < ADDRESSES // 2 or killed < 2:
        time.sleep(chance.random() / 5)
        os.kill(workers[0].pid, signal.SIGKILL)
        workers.pop(0).wait()
        killed += 1
        workers.append(start(sent, environment))
    wait_until_sent(ADDRESSES * incidents)
    for worker in workers:
        worker.kill()
        worker.wait()

    rows = list(Delivery.objects.all())
    assert len(rows) == ADDRESSES * incidents
    assert Flip.objects.filter(cause="found").count() == incidents
    told = Counter(sent.read_text().split())
    assert set(told) == {str(each.pk) for each in rows}
    for each in rows:
        twice = [words for _, words in each.attempts if "may come twice" in words]
        assert told[str(each.pk)] <= 1 + len(twice), each.attempts
