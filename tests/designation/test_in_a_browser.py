"""The pages of designation in Chromium: axe at both widths, and the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from tests.browser import faults_on
from tests.designation.builders import a_provider_that_chooses, a_ready_proposal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_proposal_is_read_and_signed_with_the_keyboard(
    signed_in_page: Callable[[Person], Page],
) -> None:
    choosing = a_provider_that_chooses()
    a_ready_proposal(choosing)
    where = [choosing.hisp.code, 2023]
    page = signed_in_page(choosing.official)
    proposal = reverse("designation:proposal", args=where)

    assert faults_on(page, [
        reverse("designation:list"), proposal,
        reverse("designation:figures", args=[*where, choosing.services[0].code]),
        reverse("designation:new-meeting", args=where),
        reverse("designation:meetings", args=where), reverse("designation:assessments"),
    ]) == {}  # fmt: skip
    page.goto(proposal)
    page.get_by_role("button", name="Sign and send to OMB").press("Enter")
    expect(page.get_by_text("The services are with OMB now.")).to_be_visible()

    omb = signed_in_page(choosing.reviewer)
    assert faults_on(omb, [proposal]) == {}
    omb.get_by_role("button", name="OMB concurs").press("Enter")
    expect(omb.get_by_text("The services are designated.")).to_be_visible()
