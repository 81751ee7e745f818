"""Low and high raters in Chromium: reachable, readable, and by nobody's way."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.services.models import Service
from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.builders import a_person, a_service, an_agency
from tests.dashboards.joined import a_joining_version, rated_visits
from tests.dashboards.online import a_flow
from tests.telemetry.builders import a_site
from tests.telemetry.happened import kept

FLOW = "/measures/boat-permits/digital/flows/renew-permit/"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def service(tmp_path: Path, settings: Settings) -> Service:
    """A service whose flow low raters leave at the payment."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    service = a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")
    a_site(service, key="boats", enabled=True)
    now = timezone.now()
    rated = rated_visits(
        a_joining_version(service), now, (60, 48, 36, 14, 14), (90, 78, 66, 52, 52)
    )
    kept(tmp_path / "lake", chain(rated, a_flow(service.pk, now, (400, 350, 300, 220, 200))))
    return service


def shot(page: Page, name: str) -> None:
    """A picture of the page at both widths, where CX280_SHOTS names a folder."""
    folder = os.environ.get("CX280_SHOTS")
    for width, size in (("360", PHONE), ("1280", DESK)) if folder else ():
        page.set_viewport_size(size)
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_the_part_comes_by_itself_and_the_page_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], service: Service
) -> None:
    page = signed_in_page(a_person(Role.CX_LEAD, service.owner))
    page.goto(FLOW)

    part = page.locator("#raters")
    expect(part.get_by_role("heading", level=3)).to_contain_text("stopped more often")
    expect(part.get_by_role("table", name="All figures")).to_be_visible()
    assert "reach Pay" in page.title()  # it is still the page of the flow
    assert axe_at_both_widths(page) == []
    shot(page, "flow")


def test_without_a_script_the_page_is_a_click_away(
    new_context: Callable[..., object], service: Service
) -> None:
    lead = a_person(Role.CX_LEAD, service.owner)
    page: Page = new_context(lead, javascript=False).new_page()  # type: ignore[attr-defined]
    page.goto(FLOW)

    page.get_by_role("link", name="Compare low and high raters").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Do people who rate us low meet something else?"
    )
    expect(page.get_by_role("heading", level=2).first).to_contain_text("stopped more often")


def test_the_page_of_its_own_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], service: Service
) -> None:
    page = signed_in_page(a_person(Role.CX_LEAD, service.owner))

    for query in ("", "?rated=satisfaction"):
        page.goto(f"{FLOW}raters/{query}")
        assert axe_at_both_widths(page) == []
        shot(page, f"raters{'-none' if query else ''}")
