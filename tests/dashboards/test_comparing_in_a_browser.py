"""The pages that compare, in Chromium: axe at both widths, and the walk of an OMB reviewer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.reporting.models import ReportedRow
from tests.browser import axe_at_both_widths
from tests.builders import a_person
from tests.dashboards.answered import a_measured_service, answered, counted
from tests.dashboards.test_compare import reported

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def services() -> None:
    """Four like services, one of which nobody was asked to rate, and one asked by phone."""
    for number, agree in ((1, 800), (2, 300), (3, 780), (4, 400)):
        reported(number, agree, 900)
    reported(5, 700, 900, channel="phone")
    ReportedRow.objects.filter(service__name="Service 4").update(self_selected=True)


@pytest.mark.usefixtures("services")
def test_the_comparison_stands_in_nobody_s_way(page: Page) -> None:
    page.goto("/government/compare/")

    assert axe_at_both_widths(page) == []


@pytest.mark.usefixtures("services")
def test_a_reviewer_finds_two_services_that_must_not_be_compared_and_sees_why(
    new_context: Callable[..., BrowserContext],
) -> None:
    """By keyboard and without script, from the government page on."""
    page = new_context(a_person(Role.OMB_REVIEWER), javascript=False).new_page()
    page.goto("/government/")

    page.get_by_role("link", name="How do like services compare?").press("Enter")
    page.get_by_label("One service").focus()
    page.keyboard.type("Service 1")
    page.get_by_label("Another").focus()
    page.keyboard.type("Service 5")
    page.get_by_role("button", name="See why").press("Enter")
    page.wait_for_url("**other=**")

    said = page.locator("#answer").inner_text()
    assert "Must not be compared." in said
    assert "phone" in said


@pytest.mark.usefixtures("services")
def test_places_are_read_and_kept_in_a_file(page: Page) -> None:
    page.goto("/government/compare/")

    table = page.get_by_role("table").first

    assert "1st to 2nd of 3" in table.inner_text()
    assert "not ranked" in table.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these lists as CSV").click()
    assert download.value.suggested_filename.startswith("compare-trust")


def test_groups_by_channel_and_language_stand_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page],
) -> None:
    version = a_measured_service(code="boat-permits")
    for channel, language, agree, of in (
        ("website", "en", 25, 30), ("website", "es", 10, 20), ("phone", "en", 12, 20),
        ("phone", "es", 8, 12), ("paper", "en", 1, 3),
    ):  # fmt: skip
        answered(version, agree, of, channel=channel, language=language)
    counted()
    page = signed_in_page(a_person(Role.CX_LEAD, version.survey.service.owner))
    page.goto("/measures/boat-permits/groups/")

    assert "not estimable" in page.content()
    assert axe_at_both_widths(page) == []
