"""What a digest makes of incidents that were opened again, fell together, or are simulated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.alarms import tasks
from cx280.alarms.actions.turns import acknowledge, open_again
from cx280.alarms.models import Contact
from cx280.alarms.queries.digests import digest_for
from cx280.alarms.rules.digests import Digest
from tests.alarms.builders import NOON, a_contact, an_incident
from tests.builders import a_person, a_service, a_unit, an_agency

pytestmark = pytest.mark.django_db
MONDAY = datetime(2022, 3, 21, 16, tzinfo=UTC)


@pytest.fixture
def agency() -> Organization:
    """Whose digest it is."""
    return an_agency()


def told(agency: Organization) -> Digest:
    """The week's digest of the agency."""
    contact = a_contact(unit=agency, channel="email", address="unit@example.gov", pace="weekly")
    found = digest_for(contact, MONDAY, "America/New_York")
    assert found is not None
    return found


def test_what_was_taken_and_opened_again_is_nobody_s(agency: Organization) -> None:
    incident = an_incident(a_service(agency), seen=700.0)
    person = a_person(Role.PROGRAM_MANAGER, agency)
    acknowledge(incident, by=person, now=NOON + timedelta(hours=2))
    taken = told(agency)
    open_again(incident, by=person, now=NOON + timedelta(hours=3))

    Contact.objects.all().delete()
    again = told(agency)

    assert [part for part, _ in taken.parts] == ["Somebody is on it"]
    assert [part for part, _ in again.parts] == ["Nobody has taken it"]


def test_services_that_fell_together_are_told_once_and_none_is_quiet(agency: Organization) -> None:
    for name in ("Boat permit", "Park pass"):
        an_incident(a_service(a_unit(agency), name=name), seen=700.0)

    digest = told(agency)

    assert [len(lines) for _, lines in digest.parts] == [1]
    assert digest.quiet == ""


def test_a_digest_of_simulated_services_says_so(agency: Organization) -> None:
    service = a_service(agency)
    an_incident(service, seen=700.0)
    service.simulated = True
    service.save(update_fields=["simulated"])

    assert told(agency).simulated


def test_a_mail_server_that_is_slow_leaves_the_rest_to_the_next_run(
    agency: Organization, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(tasks, "_LONG", -1.0)  # all of it was used up
    an_incident(a_service(agency), seen=700.0)
    told(agency)

    assert tasks.send_digests_of_alarms(MONDAY) == 0
    assert Contact.objects.get().digest_on is None
    monkeypatch.setattr(tasks, "_LONG", 20.0)
    assert tasks.send_digests_of_alarms(MONDAY) == 1
