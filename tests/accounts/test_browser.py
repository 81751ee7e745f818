"""The pages of accounts in a real browser: axe finds nothing at 360 and 1280 px; keys suffice."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from cx280.accounts import actions
from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.actions import Change, change_organization
from cx280.agencies.models import Level, Organization
from tests.browser import axe_at_both_widths, faults_on
from tests.builders import a_person, a_unit, an_agency

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[[Person], Page]


def an_agency_with_units() -> Organization:
    agency = an_agency("rivers", name="Department of Rivers and Trails", abbreviation="DRT")
    north = a_unit(agency, Level.BUREAU, code="north", name="Northern Waters Bureau")
    office = a_unit(north, Level.PROGRAM_OFFICE, code="boats", name="Boat Permit Office")
    for name in ("Portland", "Spokane", "Boise"):
        a_unit(office, code=name.lower(), name=f"{name} counter")
    change_organization(north, actor="ana@example.gov", change=Change(name="Northern Waters"))
    return agency


def test_the_sign_in_page_is_accessible_and_works_by_keyboard(page: Page) -> None:
    person = a_person(Role.ANALYST, email="ana@example.gov")
    actions.set_password(person, password="river otter lantern seven")

    page.goto("/account/sign-in/?next=/account/")
    found = axe_at_both_widths(page)
    page.get_by_label("E-mail address").first.focus()
    page.keyboard.type("ana@example.gov")
    page.keyboard.press("Tab")
    page.keyboard.type("river otter lantern seven")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("What may I do here?")
    assert found == []


def test_a_link_signs_in_without_script(
    new_context: Callable[..., BrowserContext],
) -> None:
    person = a_person(Role.ANALYST, name="Ana Ruiz")
    page = new_context(javascript=False).new_page()
    page.goto(reverse("accounts:link", args=[actions.make_link(person)]))
    title = page.title()

    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/account/")

    assert "Sign in as Ana Ruiz" in title
    expect(page.get_by_role("heading", level=1)).to_have_text("What may I do here?")


ADMINISTRATORS_PAGES = (
    "/account/", "/account/people/", "/account/people/new/", "/account/people/{pk}/",
    "/account/audit/", "/organizations/", "/organizations/north/", "/organizations/new/",
    "/organizations/north/change/", "/organizations/import/",
)  # fmt: skip


def test_pages_of_the_administrator_are_accessible(signed_in_page: Open) -> None:
    agency = an_agency_with_units()
    lead = actions.add_person(email="lead@example.gov", name="Maria Lopez")
    actions.assign(lead, role=Role.CX_LEAD, organization=agency)
    administrator = a_person(Role.ADMINISTRATOR)
    actions.make_key(administrator, name="nightly export", by=administrator)
    page = signed_in_page(administrator)

    found = faults_on(page, [each.format(pk=lead.pk) for each in ADMINISTRATORS_PAGES])

    assert found == {}


def test_a_form_with_faults_is_accessible(signed_in_page: Open) -> None:
    page = signed_in_page(a_person(Role.ADMINISTRATOR))
    page.goto("/organizations/new/")

    page.get_by_role("button", name="Add the unit").click()

    expect(page.get_by_role("alert").first).to_contain_text("to correct")
    assert axe_at_both_widths(page) == []
