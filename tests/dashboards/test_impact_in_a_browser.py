"""Where to ask first, in Chromium: axe at both widths, from the plan to a service and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.services.models import ServiceVolume
from tests.browser import faults_on
from tests.builders import a_person, a_service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_service_is_weighed_from_the_plan(signed_in_page: Callable[[Person], Page]) -> None:
    service = a_service(code="floods", name="Flood grants")
    ServiceVolume.objects.create(service=service, fiscal_year=2022, customers=100, source="Counts")
    page = signed_in_page(a_person(Role.CX_LEAD, service.owner))

    page.goto("/surveys/plan/")
    page.get_by_role("link", name="Where should we ask first?").click()
    page.get_by_role("link", name="Flood grants").click()
    page.get_by_label("How much it matters").select_option("5")
    page.get_by_label("Who says so").fill("Interviews")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/plan/first/")

    assert "5 of 5" in page.inner_text("main")
    assert faults_on(page, ["/surveys/plan/first/", "/surveys/plan/first/floods/"]) == {}
