"""Pages of the organization tree: seen by those who work there, changed by those who may."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.actions import Change, change_organization
from cx280.agencies.models import Level, Organization
from tests.builders import a_person, a_unit, an_agency

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def text_of(response: object) -> str:
    html: str = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_each_sees_the_tree_of_their_own_agency(sign_in: SignIn) -> None:
    mine, other = an_agency(name="Rivers"), an_agency(name="Roads")
    a_unit(mine, Level.BUREAU, name="Northern bureau")
    client = sign_in(a_person(Role.ANALYST, mine))

    words = text_of(client.get("/organizations/"))

    assert "Rivers" in words
    assert "Northern bureau" in words
    assert "Roads" not in words
    assert client.get(f"/organizations/{other.code}/").status_code == 404
    assert "Add a unit" not in words


def test_the_administrator_sees_every_agency(sign_in: SignIn) -> None:
    an_agency(name="Rivers"), an_agency(name="Roads")
    client = sign_in(a_person(Role.ADMINISTRATOR))

    words = text_of(client.get("/organizations/"))

    assert "Rivers" in words
    assert "Roads" in words


def test_an_empty_tree_says_how_to_begin(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))

    assert "Add your department or agency first" in text_of(client.get("/organizations/"))


def test_the_cx_lead_adds_a_unit_below_their_agency(sign_in: SignIn) -> None:
    agency = an_agency(time_zone="America/Denver")
    client = sign_in(a_person(Role.CX_LEAD, agency))

    page = client.get(f"/organizations/new/?below={agency.code}")
    client.post(
        "/organizations/new/",
        {"name": "Portland desk", "code": "portland-desk", "level": "service_center",
         "parent": agency.pk},
    )  # fmt: skip

    unit = Organization.objects.get(code="portland-desk")
    assert f'value="{agency.pk}" selected' in page.content.decode()
    assert (unit.parent, unit.time_zone) == (agency, "America/Denver")


def test_the_cx_lead_adds_no_agency_and_nothing_elsewhere(sign_in: SignIn) -> None:
    mine, other = an_agency(), an_agency()
    client = sign_in(a_person(Role.CX_LEAD, mine))
    unit = {"name": "X", "code": "x-desk", "level": "bureau"}

    top = client.post("/organizations/new/", {**unit, "level": "department"})
    elsewhere = client.post("/organizations/new/", {**unit, "parent": other.pk})

    assert (top.status_code, elsewhere.status_code) == (422, 422)
    assert not Organization.objects.filter(code="x-desk").exists()


def test_a_taken_code_is_told_beside_the_field_and_what_was_typed_is_kept(
    sign_in: SignIn,
) -> None:
    agency = an_agency("rivers")
    client = sign_in(a_person(Role.ADMINISTRATOR))

    response = client.post(
        "/organizations/new/", {"name": "Second", "code": agency.code, "level": "department"}
    )

    assert response.status_code == 422
    assert "Another unit has the code “rivers”" in text_of(response)
    assert 'value="Second"' in response.content.decode()


def test_a_rename_appears_in_what_changed(sign_in: SignIn) -> None:
    agency = an_agency()
    unit = a_unit(agency, Level.BUREAU, name="Old name")
    client = sign_in(a_person(Role.CX_LEAD, agency))

    page = client.post(
        f"/organizations/{unit.code}/change/",
        {"name": "New name", "level": "bureau", "parent": agency.pk,
         "time_zone": unit.time_zone, "on": "2021-10-01"},
        follow=True,
    )  # fmt: skip

    assert "Oct 1, 2021 name Old name New name" in text_of(page)


def test_a_planned_change_can_be_withdrawn_on_the_page(sign_in: SignIn) -> None:
    agency = an_agency()
    unit = a_unit(agency, name="Old name")
    day = timezone.localdate() + timedelta(days=30)
    [planned] = change_organization(unit, actor="x@x.gov", change=Change(name="New name"), on=day)
    client = sign_in(a_person(Role.CX_LEAD, agency))

    before = text_of(client.get(f"/organizations/{unit.code}/"))
    after = client.post(f"/organizations/planned/{planned.pk}/cancel/", follow=True)

    assert "Planned" in before
    assert "Old name → New name" in before
    assert "The planned change is withdrawn" in text_of(after)


def test_a_unit_ends_and_goes_on_again_by_a_button(sign_in: SignIn) -> None:
    agency = an_agency()
    unit = a_unit(agency)
    client = sign_in(a_person(Role.CX_LEAD, agency))

    ended = client.post(f"/organizations/{unit.code}/end/", {"last_day": "2022-01-28"}, follow=True)
    again = client.post(f"/organizations/{unit.code}/reopen/", follow=True)

    assert "ended on Friday, January 28, 2022" in text_of(ended)
    assert "goes on" in text_of(again)


def test_an_end_before_the_units_below_is_refused_beside_the_field(sign_in: SignIn) -> None:
    agency = an_agency()
    bureau = a_unit(agency, Level.BUREAU)
    a_unit(bureau)
    client = sign_in(a_person(Role.CX_LEAD, agency))

    response = client.post(f"/organizations/{bureau.code}/end/", {"last_day": "2022-01-28"})

    assert response.status_code == 422
    assert "End them or move them first" in text_of(response)


def test_a_reader_may_not_change_anything(sign_in: SignIn) -> None:
    agency = an_agency()
    client = sign_in(a_person(Role.ANALYST, agency))

    answers = [
        client.post(f"/organizations/{agency.code}/{each}/").status_code
        for each in ("change", "end", "reopen")
    ]

    assert answers == [403, 403, 403]


def test_a_lead_of_one_agency_may_not_change_another(sign_in: SignIn) -> None:
    other = an_agency()
    client = sign_in(a_person(Role.CX_LEAD))

    answers = [
        client.post(f"/organizations/{other.code}/{each}/").status_code
        for each in ("change", "end", "reopen")
    ]

    assert answers == [404, 404, 404]


def test_a_file_is_checked_first_and_then_taken_over(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))

    def send(**more: str) -> object:
        file = SimpleUploadedFile("units.csv", b"code,name,level\nrivers,Rivers,department\n")
        return client.post(
            "/organizations/import/", {"file": file, "on": "2022-01-28", **more}, follow=True
        )

    checked, before = send(only_check="on"), Organization.objects.count()
    taken, after = send(), Organization.objects.count()

    assert "The file is sound" in text_of(checked)
    assert "1 units added" in text_of(taken)
    assert (before, after) == (0, 1)


def test_a_file_at_fault_names_its_line(sign_in: SignIn) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))
    file = SimpleUploadedFile("units.csv", b"code,name,level\nrivers,Rivers,office\n")

    response = client.post("/organizations/import/", {"file": file, "on": "2022-01-28"})

    assert response.status_code == 422
    assert "Line 2" in text_of(response)


def test_the_tree_downloads_as_it_is_taken_over(sign_in: SignIn) -> None:
    agency = an_agency("rivers", name="Rivers")
    client = sign_in(a_person(Role.ANALYST, agency))

    response = client.get("/organizations/units.csv")
    file = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    assert file.splitlines()[1].startswith("rivers,Rivers,department,")
