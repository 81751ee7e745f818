"""Providers are dated, lists differ, and designations need a signature and OMB's word."""

from datetime import date

import pytest

from cx280.accounts.rules import Capability, Role
from cx280.agencies.models import Organization
from cx280.circular.deadlines import Standing
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.services import access, actions, queries
from cx280.services.models import Designation, Hisp, HispList
from cx280.services.rules.hisp_list import Entry
from tests.builders import a_designation, a_hisp, a_person, a_service, an_agency

pytestmark = pytest.mark.django_db
SOURCE = "https://www.performance.gov/hisps"
FIRST, SECOND, THIRD = date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)


def import_list(effective_on: date, *entries: Entry) -> HispList:
    return actions.import_hisp_list(
        entries, effective_on=effective_on, source_url=SOURCE, retrieved_on=effective_on, by=None
    )


def names_on(day: date) -> list[str]:
    return [queries.name_of(each, day) for each in queries.hisps_on(day)]


def a_certified_agency(services: int = 2) -> Organization:
    agency = an_agency()
    for _ in range(services):
        a_service(agency)
    lead = a_person(Role.CX_LEAD, agency)
    cycle = actions.open_cycle(agency, fiscal_year=2022, by=lead)
    actions.start_review(cycle, by=lead)
    actions.certify_inventory(cycle, by=lead)
    return agency


@pytest.mark.proves("280.13-a1", "280.13-a2", "280.13-a3")
def test_lists_give_the_right_providers_on_any_day() -> None:
    unit = an_agency().code

    import_list(FIRST, Entry("boats", "Boat Office", unit), Entry("trails", "Trails", unit))
    second = import_list(SECOND, Entry("boats", "Boats and Harbors", unit))
    import_list(THIRD, Entry("boats", "Boats and Harbors", unit), Entry("trails", "Trails", unit))

    assert names_on(date(2019, 12, 31)) == []
    assert names_on(date(2020, 6, 1)) == ["Boat Office", "Trails"]
    assert names_on(SECOND) == ["Boats and Harbors"]
    assert names_on(THIRD) == ["Boats and Harbors", "Trails"]
    assert (second.source_url, second.retrieved_on) == (SOURCE, SECOND)
    assert [each["code"] for each in second.difference["removed"]] == ["trails"]
    assert second.difference["renamed"][0][1]["name"] == "Boats and Harbors"


def test_the_same_list_again_changes_no_provider() -> None:
    entry = Entry("boats", "Boat Office", an_agency().code)
    import_list(FIRST, entry)

    again = import_list(SECOND, entry)

    assert not any(again.difference.values())
    assert Hisp.objects.get().designated_on == FIRST


def test_a_list_with_an_unknown_unit_changes_nothing() -> None:
    with pytest.raises(Unusable, match="not the code of an organization"):
        import_list(FIRST, Entry("boats", "Boat Office", "nowhere"))

    assert not Hisp.objects.exists()
    assert not HispList.objects.exists()


def test_a_list_older_than_the_last_is_refused() -> None:
    unit = an_agency().code
    import_list(SECOND, Entry("boats", "Boat Office", unit))

    with pytest.raises(Unusable, match="later list"):
        import_list(FIRST, Entry("trails", "Trails", unit))


@pytest.mark.proves("280.13-a2")
def test_the_services_of_a_provider_that_ended_are_designated_no_more() -> None:
    agency = an_agency()
    hisp = a_hisp(agency)
    service = a_designation(hisp, a_service(agency)).service
    assert list(queries.designated_services(hisp, SECOND.replace(year=2022))) == [service]

    import_list(date(2022, 6, 1), Entry("boats", "Boat Office", agency.code))

    assert list(queries.designated_services(on=date(2022, 5, 31))) == [service]
    assert not queries.designated_services(on=date(2022, 6, 1)).exists()


@pytest.mark.proves("280.13-b1", "INC-25")
def test_a_designation_is_signed_before_omb_concurs_and_counts_after() -> None:
    agency = a_certified_agency()
    hisp = a_hisp(agency)
    service = agency.services.all()[0]
    official, reviewer = a_person(Role.ACCOUNTABLE_OFFICIAL, agency), a_person(Role.OMB_REVIEWER)
    day = date(2021, 12, 1)
    designation = actions.propose_designation(hisp, service, by=official, on=day)

    with pytest.raises(Conflict, match="has not signed") as refused:
        actions.concur(designation, by=reviewer, on=day)
    assert refused.value.rule == "280.13-b1"
    actions.sign_designation(designation, by=official, on=day)
    assert not queries.designated_services(hisp, day).exists()
    actions.concur(designation, by=reviewer, on=day)

    assert list(queries.designated_services(hisp, day)) == [service]
    assert queries.hisp_of(service) == hisp


@pytest.mark.proves("280.13-b1")
def test_only_the_accountable_official_signs_and_only_omb_concurs() -> None:
    agency = an_agency()
    designation = Designation.objects.create(
        hisp=a_hisp(agency), service=a_service(agency), proposed_on=FIRST
    )
    capability = Capability
    lead, official = a_person(Role.CX_LEAD, agency), a_person(Role.ACCOUNTABLE_OFFICIAL, agency)
    reviewer = a_person(Role.OMB_REVIEWER)

    assert access.designation_to(official, capability.SIGN_DESIGNATIONS, designation.pk)
    assert access.designation_to(reviewer, capability.CONCUR, designation.pk)
    for person, what in (
        (lead, capability.SIGN_DESIGNATIONS),
        (reviewer, capability.SIGN_DESIGNATIONS),
        (official, capability.CONCUR),
    ):
        with pytest.raises(NotAllowed):
            access.designation_to(person, what, designation.pk)


@pytest.mark.proves("280.13-b6", "280.14-a2")
def test_a_service_outside_the_inventory_or_below_the_minimum_is_not_signed() -> None:
    agency = a_certified_agency()
    hisp = a_hisp(agency)
    official = a_person(Role.ACCOUNTABLE_OFFICIAL, agency)
    stray = actions.propose_designation(hisp, a_service(agency), by=official, on=FIRST)
    weak = actions.propose_designation(hisp, agency.services.all()[0], by=official, on=FIRST)
    actions.save_service(weak.service, by=None, values={"description": ""})

    with pytest.raises(Conflict, match="not in the agency’s certified inventory"):
        actions.sign_designation(stray, by=official, on=FIRST)
    with pytest.raises(Conflict, match="does not meet the minimum") as refused:
        actions.sign_designation(weak, by=official, on=FIRST)
    assert refused.value.rule == "280.14-a2"


@pytest.mark.proves("280.13-b6", "280.14-a1")
def test_two_certified_services_with_omb_concurrence_satisfy_the_duty() -> None:
    agency = a_certified_agency()
    hisp = a_hisp(agency)
    one, other = agency.services.all()
    a_designation(hisp, one)
    assert [each.rule for each in queries.designation_findings(hisp)] == ["280.13-b6"]

    a_designation(hisp, other)

    assert queries.designation_findings(hisp) == []
    due, standing = queries.designation_standing_of(hisp, 2022, date(2022, 3, 1))
    assert (due.due, standing) == (date(2021, 12, 31), Standing.ON_TIME)


def test_a_provider_designates_services_of_its_own_agency() -> None:
    official = a_person(Role.ACCOUNTABLE_OFFICIAL, an_agency())

    with pytest.raises(Conflict, match="another agency"):
        actions.propose_designation(a_hisp(), a_service(), by=official, on=FIRST)


def test_a_service_is_designated_once_at_a_time() -> None:
    agency = an_agency()
    designation = a_designation(a_hisp(agency), a_service(agency))
    official = a_person(Role.ACCOUNTABLE_OFFICIAL, agency)

    with pytest.raises(Conflict, match="already designated"):
        actions.propose_designation(designation.hisp, designation.service, by=official, on=THIRD)
    actions.end_designation(designation, by=official, on=THIRD, why="Another service.")

    assert actions.propose_designation(designation.hisp, designation.service, by=official, on=THIRD)
