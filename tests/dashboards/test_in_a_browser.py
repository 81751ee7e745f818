"""The staff dashboards in Chromium: axe at both widths, filters by keyboard and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.measures.tasks import file_new_comments
from cx280.responses.models import OfferCount
from tests.browser import axe_at_both_widths, faults_on
from tests.builders import a_person, an_agency
from tests.dashboards.answered import (
    a_comment,
    a_measured_service,
    an_office,
    answered,
    counted,
    last_quarter_day,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lead() -> Person:
    """A CX lead of a service with two quarters, three offices, a small one, and comments."""
    version = a_measured_service(code="boat-permits", owner=an_agency("rivers"))
    service = version.survey.service
    for name, agree, of in (("Boise", 25, 30), ("Portland", 8, 30), ("Spokane", 3, 4)):
        unit = an_office(service, name)
        OfferCount.objects.create(
            version=version, unit=unit, channel="website", day=timezone.localdate(), offered=100
        )
        answered(version, agree, of, unit=unit)
        answered(version, agree, of, unit=unit, on=last_quarter_day())
    a_comment(version, "Waited three hours", trust=1)
    a_comment(version, "Muy amables", trust=5, language="es")
    for _ in range(12):
        a_comment(version, "The website froze", trust=2)
    counted()
    file_new_comments(timezone.now())
    return a_person(Role.CX_LEAD, service.owner)


PAGES = (
    "/today/",
    "/measures/boat-permits/",
    "/measures/boat-permits/?unit=portland",
    "/measures/boat-permits/units/",
    "/measures/boat-permits/comments/",
    "/measures/boat-permits/nonresponse/",
    "/measures/boat-permits/comments/?theme=wait",
    "/codebook/",
    "/codebook/rivers/wait/",
    "/codebook/rivers/new/",
)


def test_nothing_stands_in_anybodys_way(
    signed_in_page: Callable[[Person], Page], lead: Person
) -> None:
    assert faults_on(signed_in_page(lead), PAGES) == {}


def test_pages_of_people_who_chose_to_answer_stand_in_nobodys_way(
    signed_in_page: Callable[[Person], Page],
) -> None:
    version = a_measured_service(placement="link", code="trails")
    service = version.survey.service
    for name in ("Boise", "Portland", "Seattle"):
        answered(version, 20, 30, unit=an_office(service, name))
    counted()
    page = signed_in_page(a_person(Role.CX_LEAD, service.owner))

    for path in ("/measures/trails/", "/measures/trails/units/", "/measures/trails/nonresponse/"):
        page.goto(path)
        assert axe_at_both_widths(page) == []
        assert page.locator("[data-part=whisker], [data-part=band]").count() == 0


def test_the_filter_works_by_keyboard_and_without_script(
    new_context: Callable[..., BrowserContext], lead: Person
) -> None:
    page = new_context(lead, javascript=False).new_page()
    page.goto("/measures/boat-permits/")

    page.get_by_label("Office").focus()
    page.keyboard.type("Portland")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**unit=portland**")

    assert "at Portland" in page.get_by_role("heading", level=1).inner_text()


def test_every_chart_has_its_table_and_its_file(
    signed_in_page: Callable[[Person], Page], lead: Person
) -> None:
    page = signed_in_page(lead)
    page.goto("/measures/boat-permits/")

    charts = page.locator(".cx-figure:has(.cx-chart)")
    for at in range(charts.count()):
        chart = charts.nth(at)
        chart.get_by_text("See the table").click()
        expect(chart.get_by_role("table")).to_be_visible()
    with page.expect_download() as download:
        page.locator("#trend").get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


def test_a_theme_is_opened_and_a_comment_corrected_by_keyboard_and_without_script(
    new_context: Callable[..., BrowserContext], lead: Person
) -> None:
    page = new_context(lead, javascript=False).new_page()
    page.goto("/measures/boat-permits/comments/")

    page.get_by_role("link", name="Website and app").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**theme=website**")
    page.locator(".cx-comment summary").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Correct the themes").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Phone: Reaching somebody").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/comments/")

    expect(page.get_by_text("Filed as you said.")).to_be_visible()
