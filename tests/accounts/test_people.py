"""People and the roles they hold: given and ended with dates, never by oneself."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cx280.accounts import actions
from cx280.accounts.access import capabilities_of, may
from cx280.accounts.models import Assignment, Person
from cx280.accounts.queries import holders_of, justifications_for, people
from cx280.accounts.rules import MAY, Capability, Role
from cx280.audit.actions import subject_of
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from tests.builders import a_person, a_survey, a_unit, an_agency

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def test_a_person_is_added_without_any_role() -> None:
    person = actions.add_person(email=" Ana@Example.GOV ", name="Ana  Ruiz")

    assert (person.email, person.name) == ("ana@example.gov", "Ana Ruiz")
    assert capabilities_of(person) == frozenset()
    assert not person.has_usable_password()
    assert AuditEntry.objects.get().actor == "system"


def test_an_address_is_known_once_whatever_its_case() -> None:
    actions.add_person(email="ana@example.gov", name="Ana")

    with pytest.raises(Conflict):
        actions.add_person(email="ANA@example.gov", name="Other")


@pytest.mark.parametrize(("email", "name"), [("ana", "Ana"), ("a@example.gov", "  ")])
def test_a_person_has_an_address_and_a_name(email: str, name: str) -> None:
    with pytest.raises(Unusable):
        actions.add_person(email=email, name=name)


def test_a_role_counts_on_its_first_and_last_day_and_not_beside() -> None:
    agency, person = an_agency(), a_person()
    first, last = today() - timedelta(days=2), today()

    actions.assign(person, role=Role.ANALYST, organization=agency, since=first, until=last)

    def may_see(day: date) -> bool:
        return person in holders_of(Role.ANALYST, day)

    assert [may_see(first), may_see(last)] == [True, True]
    assert not may_see(first - timedelta(days=1))
    assert not may_see(last + timedelta(days=1))


def test_ending_a_role_at_once_takes_its_capabilities_in_the_same_request() -> None:
    person = a_person(Role.ANALYST)
    assert capabilities_of(person)

    actions.end_assignment(person.assignments.get())

    assert capabilities_of(person) == frozenset()
    assert Assignment.objects.get().until == today() - timedelta(days=1)


def test_a_role_that_had_not_begun_is_taken_back() -> None:
    person = a_person()
    given = actions.assign(
        person,
        role=Role.ANALYST,
        organization=an_agency(),
        since=today() + timedelta(days=10),
    )

    actions.end_assignment(given)

    assert not person.assignments.exists()
    assert AuditEntry.objects.filter(action="end_role").count() == 1


def test_the_same_role_is_not_held_twice_at_a_time() -> None:
    agency, person = an_agency(), a_person()
    actions.assign(person, role=Role.ANALYST, organization=agency)

    with pytest.raises(Conflict):
        actions.assign(person, role=Role.ANALYST, organization=agency, until=today())


def test_a_role_may_be_held_again_later() -> None:
    agency, person = an_agency(), a_person()
    start = today() - timedelta(days=100)
    actions.assign(
        person, role=Role.ANALYST, organization=agency, since=start, until=today() - timedelta(50)
    )

    actions.assign(person, role=Role.ANALYST, organization=agency)

    assert person.assignments.count() == 2


@pytest.mark.parametrize("role", list(Role))
def test_agency_roles_name_their_organization_and_government_roles_name_none(role: Role) -> None:
    government_wide = role in {Role.ADMINISTRATOR, Role.OMB_REVIEWER}
    wrong = an_agency() if government_wide else None

    with pytest.raises(Unusable) as caught:
        actions.assign(a_person(), role=role, organization=wrong)

    assert caught.value.field == "organization"


def test_nobody_gives_themselves_a_role() -> None:
    administrator = a_person(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        actions.assign(administrator, role=Role.CX_LEAD, organization=an_agency(), by=administrator)


def test_the_last_administrator_keeps_the_role_and_the_key() -> None:
    last, other = a_person(Role.ADMINISTRATOR), a_person(Role.CX_LEAD)

    with pytest.raises(Conflict):
        actions.end_assignment(last.assignments.get(), by=other)
    with pytest.raises(Conflict):
        actions.deactivate_person(last, by=other)

    actions.assign(other, role=Role.ADMINISTRATOR)
    actions.deactivate_person(last, by=other)
    assert not Person.objects.get(pk=last.pk).is_active


def test_nobody_shuts_themselves_out() -> None:
    person = a_person(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        actions.deactivate_person(person, by=person)


def test_every_write_is_in_the_trail_with_its_actor() -> None:
    boss, agency = a_person(Role.ADMINISTRATOR), an_agency("dept")
    person = actions.add_person(email="ana@example.gov", name="Ana", by=boss)
    actions.change_person(person, name="Ana Ruiz", by=boss)
    given = actions.assign(person, role=Role.ANALYST, organization=agency, by=boss)
    actions.end_assignment(given, by=boss)
    actions.deactivate_person(person, by=boss)
    actions.reactivate_person(person, by=boss)

    told = AuditEntry.objects.filter(actor=boss.email).values_list("action", "organization")
    assert list(told) == [
        ("add_person", ""),
        ("change_person", ""),
        ("assign_role", "dept"),
        ("end_role", "dept"),
        ("deactivate_person", ""),
        ("reactivate_person", ""),
    ]


def test_people_are_found_by_words_and_by_the_role_they_hold() -> None:
    ana = a_person(Role.ANALYST, name="Ana Ruiz")
    a_person(Role.CX_LEAD, name="Bo Chen")

    assert list(people(words="ruiz")) == [ana]
    assert list(people(role=Role.ANALYST)) == [ana]
    assert people().count() == 2


def test_a_justification_is_kept_with_its_thing_and_replaced_with_a_trace() -> None:
    survey, lead = a_survey(), a_person(Role.CX_LEAD)
    subject, finding = subject_of(survey), "280.10-n1@pages"

    actions.justify(subject, finding=finding, text="Two screens on paper kiosks.", by=lead)
    actions.justify(subject, finding=finding, text="The kiosk shows two screens.", by=lead)

    kept = justifications_for(subject)
    assert kept[finding].text == "The kiosk shows two screens."
    assert AuditEntry.objects.last().detail["before"] == "Two screens on paper kiosks."  # type: ignore[union-attr]


def test_a_justification_has_words() -> None:
    with pytest.raises(Unusable):
        actions.justify("x.X:1", finding="280.10-n1@", text="  because ", by=a_person())


def test_a_role_reaches_the_units_below_and_no_other_agency() -> None:
    agency, other = an_agency(), an_agency()
    bureau = a_unit(agency, "bureau")
    office, sibling = a_unit(bureau, "program_office"), a_unit(agency, "bureau")
    manager = a_person(Role.PROGRAM_MANAGER, bureau)

    reach = [
        may(manager, Capability.EDIT_SURVEYS, each)
        for each in (bureau, office, sibling, agency, other)
    ]

    assert reach == [True, True, False, False, False]


def test_the_omb_reviewer_reaches_every_agency_and_no_raw_comment() -> None:
    reviewer, agency = a_person(Role.OMB_REVIEWER), an_agency()

    assert may(reviewer, Capability.REVIEW_QUARTERS, agency)
    assert not may(reviewer, Capability.SEE_COMMENTS, agency)
    assert not may(reviewer, Capability.EXPORT_RESPONSES, agency)


def test_several_roles_add_up_each_in_its_own_place() -> None:
    one, other = an_agency(), an_agency()
    person = a_person(Role.ANALYST, one)
    actions.assign(person, role=Role.CX_LEAD, organization=other)

    assert may(person, Capability.SEE_MEASURES, one)
    assert not may(person, Capability.EDIT_SURVEYS, one)
    assert may(person, Capability.EDIT_SURVEYS, other)
    assert capabilities_of(person) == MAY[Role.ANALYST] | MAY[Role.CX_LEAD]
