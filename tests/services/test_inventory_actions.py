"""Services, parts and journeys are written once, told to the trail, and stop where they must."""

from datetime import date

import pytest
from django.db.models import ProtectedError

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import OrganizationChange
from cx280.audit.models import AuditEntry
from cx280.kernel.finding import Severity
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.services import access, actions, queries
from cx280.services.models import Service, ServiceChannel
from cx280.services.rules.vocabulary import Channel, PerformerKind
from cx280.surveys.forms import channels_of
from tests.builders import (
    a_designation,
    a_hisp,
    a_person,
    a_service,
    a_survey,
    a_unit,
    an_agency,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Person:
    return a_person(Role.CX_LEAD, an_agency())


def test_a_new_service_gets_the_code_of_its_name(lead: Person) -> None:
    values = {"owner": an_agency(), "name": "Boat permits (new)"}

    first = actions.save_service(None, by=lead, values=values)
    second = actions.save_service(None, by=lead, values={**values, "owner": an_agency()})

    assert (first.code, second.code) == ("boat-permits-new", "boat-permits-new-2")
    assert AuditEntry.objects.filter(action="add_service", actor=lead.email).count() == 2


def test_a_change_is_told_with_before_and_after(lead: Person) -> None:
    service = a_service(occasion="Before.")

    actions.save_service(service, by=lead, values={"occasion": "After,\r\nin two lines."})

    service.refresh_from_db()
    assert service.occasion == "After,\nin two lines."
    (entry,) = AuditEntry.objects.filter(action="change_service")
    assert entry.detail["changed"] == {"occasion": ["Before.", "After,\nin two lines."]}


def test_saving_nothing_new_tells_nothing(lead: Person) -> None:
    service = a_service()

    actions.save_service(service, by=lead, values={"name": service.name})

    assert not AuditEntry.objects.exists()


@pytest.mark.proves("280.5-a2")
def test_a_unit_has_a_name_once_and_an_agency_is_warned(lead: Person) -> None:
    agency = an_agency()
    bureau = a_unit(agency, "bureau")
    service = a_service(agency, name="Boat permits")

    with pytest.raises(Unusable, match="already has"):
        actions.save_service(None, by=lead, values={"owner": agency, "name": "boat PERMITS"})
    twin = actions.save_service(None, by=lead, values={"owner": bureau, "name": "Boat Permits"})

    for each in (service, twin):
        found = [one for one in queries.findings_of(each) if one.rule == "280.5-a2"]
        assert [one.severity for one in found] == [Severity.ERROR]


def test_a_retired_service_gives_its_name_free(lead: Person) -> None:
    agency = an_agency()
    old = a_service(agency, name="Boat permits")
    twin = a_service(a_unit(agency, "bureau"), name="Boat permits")

    actions.retire_service(old, on=date(2021, 1, 1), by=lead, why="Moved.")

    assert not [one for one in queries.findings_of(twin) if one.rule == "280.5-a2"]


@pytest.mark.proves("280.5-a4")
def test_a_service_of_a_unit_that_ended_has_an_error() -> None:
    service = a_service(a_unit(an_agency(), "bureau", active_until=date(2020, 1, 1)))

    found = [each for each in queries.findings_of(service) if each.rule == "280.5-a4"]

    assert [each.severity for each in found] == [Severity.ERROR]


@pytest.mark.proves("280.4-d4")
def test_a_service_outlives_changes_of_its_unit() -> None:
    unit = a_unit(an_agency(), "bureau")
    service = a_service(unit)
    partner = a_unit(an_agency(), "bureau")
    service.partners.create(organization=partner)

    OrganizationChange.objects.create(
        organization=unit,
        field="name",
        before=unit.name,
        after="Waters Bureau",
        effective_on=date(2021, 1, 1),
    )
    unit.name = "Waters Bureau"
    unit.save()

    for each in (unit, partner):
        with pytest.raises(ProtectedError):
            each.delete()
    assert Service.objects.get(pk=service.pk).owner.name == "Waters Bureau"
    assert unit.changes.get().effective_on == date(2021, 1, 1)


@pytest.mark.proves("280.6-b1")
def test_the_last_traditional_channel_cannot_be_retired_or_removed(lead: Person) -> None:
    service = a_service()
    counter = service.channels.get(channel=Channel.IN_PERSON)

    with pytest.raises(Conflict, match="last traditional channel") as refused:
        actions.remove_part(service, "channels", counter.pk, by=lead)
    assert refused.value.rule == "280.6-b1"
    with pytest.raises(Conflict):
        actions.retire_channel(counter, last_day=date(2021, 1, 1), by=lead)

    actions.add_part(service, "channels", by=lead, values={"channel": Channel.PHONE})
    actions.retire_channel(counter, last_day=date(2021, 1, 1), by=lead)
    assert queries.facts_of(service, date(2021, 1, 2)).retired_channels == {Channel.IN_PERSON}
    assert Channel.IN_PERSON in queries.facts_of(service, date(2021, 1, 1)).channels


def test_the_same_channel_is_listed_once(lead: Person) -> None:
    service = a_service()

    with pytest.raises(Unusable, match="listed already"):
        actions.add_part(service, "channels", by=lead, values={"channel": Channel.WEBSITE})

    assert service.channels.count() == 2


def test_the_part_of_another_service_cannot_be_removed(lead: Person) -> None:
    stray = ServiceChannel.objects.filter(service=a_service()).first()
    assert stray is not None

    with pytest.raises(NotFound):
        actions.remove_part(a_service(), "channels", stray.pk, by=lead)


@pytest.mark.proves("280.4-g6")
def test_a_service_without_people_turns_the_employee_driver_off() -> None:
    service = a_service()
    assert queries.has_human_role(service)

    service.roles.update(performer=PerformerKind.AUTOMATED)

    assert not queries.has_human_role(service)


@pytest.mark.proves("280.4-g5")
def test_a_service_has_a_channel_and_a_survey_names_one_of_them() -> None:
    service = a_service()
    assert [value for value, _ in channels_of(service)] == ["website", "in_person"]

    service.channels.all().delete()

    found = [each for each in queries.findings_of(service) if each.where == "channels"]
    assert [(each.rule, each.severity) for each in found] == [("280.5-a5", Severity.ERROR)]


@pytest.mark.proves("280.6-b2")
def test_a_service_at_a_counter_with_a_web_survey_only_is_warned() -> None:
    survey = a_survey(channel=Channel.WEBSITE, state="open")

    found = queries.findings_of(survey.service)

    assert "surveys" in [each.where for each in found if each.rule == "280.6-b2"]


def test_a_designated_service_and_one_with_an_open_survey_stay(lead: Person) -> None:
    agency = an_agency()
    designated = a_designation(a_hisp(agency), a_service(agency)).service
    asked = a_survey(state="open").service

    for service in (designated, asked):
        with pytest.raises(Conflict):
            actions.retire_service(service, on=date(2021, 1, 1), by=lead, why="Old.")


def test_a_retired_service_comes_back(lead: Person) -> None:
    service = a_service()

    actions.retire_service(service, on=date(2021, 1, 1), by=lead, why="Old.")
    assert not queries.active_services(Service.objects.all(), date(2021, 1, 1)).exists()
    actions.return_service(service, by=lead)

    assert queries.active_services(Service.objects.all()).get() == service


def test_a_program_manager_sees_and_changes_the_own_subtree_only() -> None:
    agency = an_agency()
    bureau, other = a_unit(agency, "bureau"), a_unit(agency, "bureau")
    manager = a_person(Role.PROGRAM_MANAGER, bureau)
    own, foreign = a_service(a_unit(bureau)), a_service(other)

    assert access.service_to_edit(manager, own.code) == own
    with pytest.raises(NotFound):
        access.service_to_see(manager, foreign.code)


def test_an_analyst_and_omb_read_and_do_not_write() -> None:
    service = a_service()

    for person in (a_person(Role.ANALYST, service.owner), a_person(Role.OMB_REVIEWER)):
        assert access.service_to_see(person, service.code) == service
        with pytest.raises(NotAllowed):
            access.service_to_edit(person, service.code)
