"""/api/v1/services: the inventory as the person may see it."""

from __future__ import annotations

from datetime import date

import pytest

from cx280.accounts.rules import Role
from cx280.services.models import ServicePartner
from tests.builders import a_designation, a_hisp, a_journey, a_person, a_service, an_agency
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db


def test_the_list_holds_the_services_of_ones_units_by_code() -> None:
    agency = an_agency()
    one, other = a_service(agency), a_service(agency)
    a_service()
    program = Program(a_person(Role.ANALYST, agency))

    found = program.read("/services")

    assert found["count"] == 2
    assert [each["code"] for each in found["items"]] == sorted([one.code, other.code])
    assert found["items"][0]["channels"] == ["in_person", "website"]
    assert found["items"][0]["unit_path"] == agency.name


def test_retired_services_are_listed_when_asked_for() -> None:
    agency = an_agency()
    a_service(agency, retired_on=date(2021, 1, 1))
    program = Program(a_person(Role.ANALYST, agency))

    assert program.read("/services")["items"] == []
    assert program.read("/services?retired=true")["count"] == 1


def test_a_list_is_given_slice_by_slice_and_never_whole() -> None:
    agency = an_agency()
    codes = sorted(a_service(agency).code for _ in range(3))
    program = Program(a_person(Role.ANALYST, agency))

    second = program.read("/services?limit=1&offset=1")

    assert (second["count"], second["limit"], second["offset"]) == (3, 1, 1)
    assert [each["code"] for each in second["items"]] == [codes[1]]
    assert program.read("/services?offset=9")["items"] == []
    for bad in ("limit=0", "limit=201", "offset=-1", "offset=99999999999999999999"):
        assert program.refused(f"/services?{bad}") == (422, PROBLEM)


def test_a_service_has_its_profile_designation_and_findings() -> None:
    agency = an_agency()
    service = a_service(agency, offering="")
    hisp = a_hisp(agency)
    a_designation(hisp, service)
    a_journey(service)
    program = Program(a_person(Role.CX_LEAD, agency))

    found = program.read(f"/services/{service.code}")

    assert found["profile"]["journeys"][0]["steps"][1]["moment"] == "Most people give up here."
    assert found["designation"] == {
        "provider": hisp.code,
        "proposed_on": "2021-11-01",
        "signed_on": "2021-11-15",
        "concurred_on": "2021-12-01",
    }
    assert "280.4-g4" in {each["rule"] for each in found["findings"]}


def test_a_service_nobody_designated_says_so() -> None:
    service = a_service()
    program = Program(a_person(Role.ANALYST, service.owner))

    assert program.read(f"/services/{service.code}")["designation"] is None


def test_contacts_are_only_for_those_who_may_change_the_service() -> None:
    service = a_service(traditional_exemption="A pilot.", traditional_exemption_by="Ada Roe")
    ServicePartner.objects.create(service=service, name="State office", contact="Bo Li")
    address = f"/services/{service.code}"

    manager = Program(a_person(Role.PROGRAM_MANAGER, service.owner)).read(address)["profile"]
    reviewer = Program(a_person(Role.OMB_REVIEWER)).read(address)["profile"]

    assert manager["partners"][0]["contact"] == "Bo Li"
    assert reviewer["partners"][0] == {"unit": "", "name": "State office", "contact": ""}
    assert "Ada Roe" not in str(reviewer)


def test_a_service_of_another_agency_is_not_found() -> None:
    program = Program(a_person(Role.CX_LEAD))

    for code in (a_service().code, "nothing-there"):
        assert program.refused(f"/services/{code}") == (404, PROBLEM)
    assert program.refused("/services/%00") == (422, PROBLEM)
