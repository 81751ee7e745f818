"""An assessment answered in Chromium with the keyboard; axe at both widths on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.capacity.rules.vocabulary import Register
from tests.browser import faults_on
from tests.capacity.builders import DAY, a_ready_assessment, a_submitted_assessment, an_entry
from tests.obligations.builders import a_provider_that_owes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Person], Page]


def test_an_assessment_is_answered_with_the_keyboard_and_every_page_passes_axe(
    signed_in_page: SignedIn,
) -> None:
    owing = a_provider_that_owes(DAY)
    a_submitted_assessment(owing, 2022)
    draft = a_ready_assessment(owing, 2023)
    draft.answers.filter(code="culture").delete()
    an_entry(owing, Register.STAFF, 2023, what="CX team", amount=4)
    page = signed_in_page(owing.lead)
    page.goto(reverse("capacity:part", args=[draft.pk, "culture"]))

    page.get_by_label("Where do we stand?").fill("Offices train new people.")
    page.locator("input[name=talent-level][value='2']").press("ArrowDown")
    page.get_by_role("button", name="Keep and go on").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Customer Understanding")

    assert draft.answers.get(code="talent").level == 3
    addresses = [
        reverse("capacity:list"),
        reverse("capacity:assessment", args=[draft.pk]),
        reverse("capacity:part", args=[draft.pk, "governance"]),
        reverse("capacity:part", args=[draft.pk, "delivery"]),
        reverse("capacity:document", args=[draft.pk]),
        reverse("capacity:register", args=["staff"]) + "?year=2023",
    ]
    assert faults_on(page, addresses) == {}
