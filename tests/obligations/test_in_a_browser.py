"""The pages of what is owed in Chromium: axe, two widths, the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from tests.browser import faults_on
from tests.builders import a_person
from tests.obligations.builders import a_provider_that_owes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Person], Page]


def test_every_page_passes_axe_at_both_widths(signed_in_page: SignedIn) -> None:
    owing = a_provider_that_owes(timezone.localdate())
    rows = [owing.owes(code, "FY2023").pk for code in ("capacity_assessment", "designation")]
    lead = [
        reverse("obligations:year"),
        reverse("obligations:year") + "?year=2023",
        reverse("obligations:calendar"),
        *(reverse("obligations:obligation", args=[pk]) for pk in rows),
    ]

    assert faults_on(signed_in_page(owing.lead), lead) == {}
    omb = signed_in_page(a_person(Role.OMB_REVIEWER))
    assert faults_on(omb, [reverse("obligations:matrix") + "?year=2023"]) == {}


def test_the_lead_records_with_the_keyboard_and_the_official_signs(
    signed_in_page: SignedIn,
) -> None:
    owing = a_provider_that_owes(timezone.localdate())
    row = owing.owes("action_plan", "FY2023")
    page = signed_in_page(owing.lead)
    page.goto(reverse("obligations:obligation", args=[row.pk]))

    page.get_by_label("On which day").fill("2023-05-30")
    page.get_by_label("What was it?").fill("CX Action Plan 2023")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It counts once the senior accountable official")).to_be_visible()

    page = signed_in_page(owing.official)
    page.goto(reverse("obligations:obligation", args=[row.pk]))
    page.get_by_role("button", name="Sign").press("Enter")
    expect(page.get_by_text("On time").first).to_be_visible()
