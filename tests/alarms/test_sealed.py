"""Addresses and secrets are kept encrypted: whoever has the database alone reads none of them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms.actions.addresses import add_address, change_address, renew_secret
from cx280.alarms.actions.ringing import ring
from cx280.alarms.actions.sending import deliver
from cx280.alarms.channels.shape import ChannelKind
from cx280.alarms.models import Contact, Delivery
from cx280.delivery.sealing import CannotOpen
from cx280.kernel.problem import Conflict
from tests.a_server import PROJECT
from tests.alarms.builders import an_incident
from tests.builders import a_person, a_service, an_agency

pytestmark = pytest.mark.django_db
HOOK, ROOM = "https://hooks.example.gov/cx/key", "https://hooks.slack.com/services/T0/B0/opensesame"
PHONE = "+12025550123"
CHOSEN = {
    "pace": "at_once", "waits_hours": None, "tells_worse": True, "tells_over": True,
    "quiet_from": None, "quiet_until": None, "quiet_weekends": False, "enabled": True,
}  # fmt: skip
# A record from before addresses were encrypted, with what is asked to be in it; then today's.
UPGRADE = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
before = [("alarms", "0002_digests_and_replays")]
call_command("migrate", *before[0], verbosity=0)
apps = MigrationExecutor(connection).loader.project_state(before).apps
unit = apps.get_model("agencies", "Organization").objects.create(
    code="a", name="A", path="/1/", level="department"
)
make = apps.get_model("alarms", "Contact").objects.create
hook, room, secret = sys.argv[1:]
make(unit=unit, channel="webhook", address=hook, secrets=[secret, "whsec_old"])
make(unit=unit, channel="slack", address=room)
make(person=apps.get_model("accounts", "Person").objects.create(email="ana@a.gov"), channel="email")
call_command("migrate", "alarms", verbosity=0)
from cx280.alarms.models import Contact
for each in Contact.objects.all():
    print(each.told_at, *each.secrets)
"""


@pytest.fixture
def agency() -> Organization:
    """Whose addresses they are."""
    return an_agency()


@pytest.fixture
def manager(agency: Organization) -> Person:
    """Who keeps them."""
    return a_person(Role.PROGRAM_MANAGER, agency)


def add(by: Person, unit: Organization | None, channel: ChannelKind, address: str) -> Contact:
    return add_address(by=by, unit=unit, channel=channel, address=address, values=CHOSEN)


def everything() -> str:
    """Every row of every table, as it is stored."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    return "\n".join(found)


def test_the_raw_database_tells_no_address_and_no_secret(
    settings: Settings, agency: Organization, manager: Person
) -> None:
    settings.CX280_SMS_URL = "https://sms.example.gov/"
    hook = add(manager, agency, ChannelKind.WEBHOOK, HOOK)
    first = hook.secrets[0]
    second = renew_secret(hook, by=manager)
    add(manager, None, ChannelKind.SLACK, ROOM)
    add(manager, None, ChannelKind.SMS, PHONE)
    change_address(hook, by=manager, values=CHOSEN)
    an_incident(a_service(agency))
    settings.CX280_WEBHOOK_SECONDS = 0.01  # nobody is reached, and what failed is noted
    ring(timezone.now())
    deliver(timezone.now())

    found = everything()

    assert Delivery.objects.exclude(last_error="").exists()
    for each in (HOOK, "cx/key", "opensesame", PHONE, first, second):
        assert each not in found
    kept = {each.channel: each for each in Contact.objects.all()}
    assert (kept["webhook"].told_at, kept["webhook"].secrets) == (HOOK, (second, first))
    assert (kept["slack"].told_at, kept["sms"].told_at) == (ROOM, PHONE)


def test_an_address_kept_under_a_former_key_is_told_and_is_known_again(
    settings: Settings, agency: Organization, manager: Person
) -> None:
    kept = add(manager, agency, ChannelKind.WEBHOOK, HOOK)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]

    found = Contact.objects.get(pk=kept.pk)

    assert (found.told_at, found.secrets) == (HOOK, kept.secrets)
    with pytest.raises(Conflict, match="kept already"):
        add(manager, agency, ChannelKind.WEBHOOK, HOOK)


def test_an_address_that_cannot_be_read_is_told_of_and_harms_no_other(
    settings: Settings, agency: Organization, manager: Person
) -> None:
    add(manager, agency, ChannelKind.WEBHOOK, HOOK)
    settings.SECRET_KEY = "a strange one"
    an_incident(a_service(agency))

    ring(timezone.now())
    taken = deliver(timezone.now())

    by_channel = {each.contact.channel: each for each in Delivery.objects.all()}
    assert taken == 1
    assert by_channel["email"].state == "sent"
    assert (by_channel["webhook"].state, by_channel["webhook"].tries) == ("waiting", 1)
    assert "CX280_SECRET_KEY" in by_channel["webhook"].last_error
    with pytest.raises(CannotOpen):
        _ = Contact.objects.get(channel="webhook").told_at


def test_what_stood_readable_is_encrypted_by_the_upgrade_and_wiped(tmp_path: Path) -> None:
    secret = "whsec_dGhpcyB3YXMgcmVhZGFibGUgb25jZQ=="
    environment = {**os.environ, "CX280_DATA": str(tmp_path), "PYTHONPATH": str(PROJECT),
                   "DJANGO_SETTINGS_MODULE": "cx280.site.settings"}  # fmt: skip
    environment.pop("DATABASE_URL", None)

    said = subprocess.run(
        [sys.executable, "-c", UPGRADE, HOOK, ROOM, secret],
        env=environment, cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert said.stdout.splitlines() == [f"{HOOK} {secret} whsec_old", ROOM, "ana@a.gov"]
    with closing(sqlite3.connect(tmp_path / "cx280.sqlite3")) as record:
        record.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(each.read_bytes() for each in tmp_path.glob("cx280.sqlite3*"))
    assert b"ana@a.gov" in kept
    for each in (HOOK, ROOM, secret):
        assert each.encode() not in kept, each
