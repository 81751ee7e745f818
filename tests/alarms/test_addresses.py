"""Addresses: checked by their channel, kept by their owner, quiet hours, digests, secrets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms.models import Contact
from cx280.audit.models import AuditEntry
from tests.alarms.builders import a_contact
from tests.builders import a_person, a_unit, an_agency

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AT_ONCE = {"pace": "at_once", "waits_hours": "", "enabled": "on"}


@pytest.fixture
def agency() -> Organization:
    return an_agency()


@pytest.fixture
def manager(agency: Organization) -> Person:
    return a_person(Role.PROGRAM_MANAGER, agency, email="ada@example.gov")


def test_whoever_has_chosen_nothing_reads_where_alarms_go(sign_in: SignIn, manager: Person) -> None:
    said = sign_in(manager).get(reverse("alarms:addresses")).content.decode()

    assert "mailed to ada@example.gov: at once if you manage the service" in said


def test_quiet_hours_and_digests_are_chosen(sign_in: SignIn, manager: Person) -> None:
    client = sign_in(manager)
    given = {**AT_ONCE, "whose": "", "channel": "email", "address": "night@example.gov",
             "quiet_from": "21:00", "quiet_until": "07:00", "quiet_weekends": "on"}  # fmt: skip

    client.post(reverse("alarms:new-address"), given)

    [kept] = (each for each in Contact.objects.all() if each.sealed_address)
    assert kept.told_at == "night@example.gov"
    assert f"{kept.quiet_from:%H:%M}" == "21:00"
    client.post(reverse("alarms:address", args=[kept.pk]), {**AT_ONCE, "pace": "weekly"})
    kept.refresh_from_db()
    assert (kept.pace, kept.quiet_from) == ("weekly", None)
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"add_address", "change_address"} <= set(actions)


def test_a_further_address_does_not_end_the_mail(sign_in: SignIn, manager: Person) -> None:
    given = {**AT_ONCE, "channel": "slack", "address": "https://hooks.slack.com/services/x"}

    sign_in(manager).post(reverse("alarms:new-address"), given)

    assert {(each.channel, each.enabled) for each in Contact.objects.all()} == {
        ("slack", True), ("email", True),
    }  # fmt: skip


def test_half_of_quiet_hours_is_refused(sign_in: SignIn, manager: Person) -> None:
    given = {**AT_ONCE, "channel": "email", "address": "x@example.gov", "quiet_from": "21:00"}

    answer = sign_in(manager).post(reverse("alarms:new-address"), given)

    assert answer.status_code == 422
    assert not Contact.objects.exists()


def test_a_webhook_s_secret_is_shown_once(
    sign_in: SignIn, manager: Person, agency: Organization
) -> None:
    client = sign_in(manager)
    given = {**AT_ONCE, "whose": str(agency.pk), "channel": "webhook",
             "address": "https://hooks.example.gov/cx"}  # fmt: skip

    made = client.post(reverse("alarms:new-address"), given).content.decode()

    kept = Contact.objects.get(unit=agency)
    [first] = kept.secrets
    assert first in made
    for address in (reverse("alarms:addresses"), reverse("alarms:address", args=[kept.pk])):
        assert first not in client.get(address).content.decode()
    renewed = client.post(reverse("alarms:secret", args=[kept.pk])).content.decode()
    kept.refresh_from_db()
    assert kept.secrets[1] == first
    assert kept.secrets[0] in renewed
    assert first not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("channel", "address"),
    [("webhook", "http://plain.example.gov/"), ("webhook", "https://127.0.0.1/"),
     ("email", "nobody"), ("sms", "12")],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused(
    sign_in: SignIn, manager: Person, channel: str, address: str
) -> None:
    given = {**AT_ONCE, "channel": channel, "address": address}

    answer = sign_in(manager).post(reverse("alarms:new-address"), given)

    assert answer.status_code == 422
    assert not Contact.objects.exists()


def test_only_mail_gathers_alarms(sign_in: SignIn, manager: Person, agency: Organization) -> None:
    given = {**AT_ONCE, "pace": "daily", "channel": "webhook", "address": "https://x.gov/"}

    assert sign_in(manager).post(reverse("alarms:new-address"), given).status_code == 422
    with pytest.raises(IntegrityError, match="only_mail_is_gathered"), transaction.atomic():
        a_contact(unit=agency, channel="sms", address="+12025550123", pace="daily")


def test_the_same_address_is_kept_once(sign_in: SignIn, manager: Person) -> None:
    client = sign_in(manager)
    given = {**AT_ONCE, "channel": "email", "address": "x@example.gov"}

    answers = [client.post(reverse("alarms:new-address"), given) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 422]


def test_one_s_own_mail_address_is_switched_off_and_stays_off(
    sign_in: SignIn, manager: Person
) -> None:
    """Without the row it would be made anew with the next alarm."""
    own = Contact.objects.create(person=manager, channel="email")

    sign_in(manager).post(reverse("alarms:remove-address", args=[own.pk]))

    assert not Contact.objects.get().enabled


@pytest.mark.parametrize("name", ["address", "secret", "remove-address"])
def test_an_address_of_somebody_else_does_not_exist(
    sign_in: SignIn, manager: Person, agency: Organization, name: str
) -> None:
    of_person = Contact.objects.create(person=manager, channel="email")
    of_unit = a_contact(unit=agency, channel="email", address="cx@example.gov")
    colleague = a_person(Role.PROGRAM_MANAGER, a_unit(agency))
    client = sign_in(colleague)

    for each in (of_person, of_unit):
        answer = client.post(reverse(f"alarms:{name}", args=[each.pk]), AT_ONCE)
        assert answer.status_code == 404
    assert Contact.objects.count() == 2


def test_a_unit_that_is_not_one_s_own_cannot_be_chosen(sign_in: SignIn, manager: Person) -> None:
    given = {**AT_ONCE, "whose": str(an_agency().pk), "channel": "email", "address": "x@a.gov"}

    assert sign_in(manager).post(reverse("alarms:new-address"), given).status_code == 422
