"""OMB's pages and talks in Chromium: a journey by keyboard, axe at two widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from tests.browser import axe_at_both_widths, faults_on
from tests.builders import a_designation, a_person, a_service
from tests.deep_dive.builders import a_follow_up, a_planned_talk, held
from tests.obligations.builders import a_provider_that_owes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_omb_goes_from_the_console_to_a_talk_and_records_it(
    signed_in_page: Callable[[Person], Page],
) -> None:
    owing = a_provider_that_owes(timezone.localdate())
    omb = a_person(Role.OMB_REVIEWER)
    a_designation(owing.hisp, a_service(owing.agency, name="Canoe hire"), concurred_on=None)
    last = held(a_planned_talk(owing.hisp, omb, fiscal_year=2022), omb)
    a_follow_up(last, omb, side="omb")
    a_planned_talk(owing.hisp, omb)
    page = signed_in_page(omb)

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 things wait for OMB")
    assert axe_at_both_widths(page) == []
    page.get_by_role("link", name="Deep dive FY2023").press("Enter")
    page.get_by_label("What was agreed?").fill("Mend the wait.")
    page.get_by_label("Who came for the provider?").fill("CX lead")
    page.get_by_label("Who came for OMB?").fill("CX desk")
    page.get_by_role("button", name="Record it").press("Enter")
    expect(page.get_by_text("Recorded. Write down what is left to do.")).to_be_visible()
    assert axe_at_both_widths(page) == []

    names = ("waiting", "handed-in", "releases", "groups", "findings")
    lists = [reverse(f"oversight:{each}") for each in names]
    talks = [reverse(f"deep_dive:{each}") for each in ("list", "plan", "follow-ups")]
    assert faults_on(page, [lists[1] + "?year=2023", *lists, *talks]) == {}
