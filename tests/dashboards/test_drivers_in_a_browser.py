"""The driver pages in Chromium: axe at both widths, no sideways scroll, keyboard, no script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from tests.browser import PHONE, axe_at_both_widths
from tests.builders import a_document, a_person, a_service, a_survey, a_version
from tests.dashboards.answered import an_office, counted
from tests.measures.asked import a_prompted_service, people, store, taps
from tests.measures.test_tasks import TAPPED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lead() -> Person:
    """A CX lead of a service with rated drivers, one with tapped ones, and a thin office."""
    version = a_prompted_service(code="boat-permits")
    service = version.survey.service
    store(version, people(500, lower=["ease"], skipped=0.1))
    store(version, people(40, seed=2), unit=an_office(service, "Boise"))
    docks = a_service(service.owner, code="docks", name="Docks")
    store(a_version(a_survey(docks, draft=a_document("Docks"))), people(300, seed=3))
    tapped = a_document()
    tapped["questions"] = [*tapped["questions"][:2], TAPPED]
    camp = a_service(service.owner, code="camp", name="Campsites", service_type="recreation")
    store(a_version(a_survey(camp, draft=tapped)), taps(400))
    counted()
    return a_person(Role.CX_LEAD, service.owner)


PAGES = [
    "/measures/boat-permits/drivers/",
    "/measures/boat-permits/drivers/?outcome=satisfaction&period=quarter",
    "/measures/boat-permits/drivers/?unit=boise",
    "/measures/camp/drivers/",
    "/measures/camp/drivers/?outcome=satisfaction",
    "/government/drivers/",
    "/government/drivers/?type=recreation",
]


def test_nothing_stands_in_anybodys_way(
    signed_in_page: Callable[[Person], Page], lead: Person
) -> None:
    page = signed_in_page(lead)
    for path in PAGES:
        page.goto(path)

        assert axe_at_both_widths(page) == [], path
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_the_outcome_is_switched_by_keyboard_and_without_script(
    new_context: Callable[..., BrowserContext], lead: Person
) -> None:
    page = new_context(lead, javascript=False).new_page()
    page.goto("/measures/boat-permits/")

    page.get_by_role("navigation", name="Measures of").get_by_role("link", name="Drivers").click()
    page.get_by_label("Outcome").focus()
    page.keyboard.type("Satisf")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**outcome=satisfaction**")

    assert "raise satisfaction with" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("See the table").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table")).to_be_visible()


def test_the_picture_is_a_strip_on_a_phone_and_a_plane_on_a_desk(
    signed_in_page: Callable[[Person], Page], lead: Person
) -> None:
    page = signed_in_page(lead)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/measures/boat-permits/drivers/")
    shown = page.locator("#importance svg:visible")

    assert "cx-chart--wide" in (shown.get_attribute("class") or "")
    page.set_viewport_size(PHONE)
    assert "cx-chart--narrow" in (shown.get_attribute("class") or "")
    assert "agree" in (shown.text_content() or "")
