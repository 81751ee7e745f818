"""Leaving how to be reached after answering, and getting in touch, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.recovery.models import ContactWish
from tests.browser import PHONE, looked_at
from tests.builders import a_person
from tests.pages.reading import grade_of, sentences_of
from tests.responses.visits import address, an_open_survey, clearance_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_asks_and_is_called_back(
    new_context: Callable[..., BrowserContext],
    signed_in_page: Callable[[Person], Page],
    settings: Any,  # noqa: ANN401
) -> None:
    settings.CX280_LEAST_SECONDS = 0
    version = an_open_survey()
    survey, clearance = version.survey, clearance_of(version)
    staff = signed_in_page(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    staff.goto(f"/recovery/surveys/{survey.code}/")
    found = looked_at(staff, "recovery-refused")
    clearance.permits_contact = True
    clearance.save()
    staff.reload()
    staff.get_by_role("button", name="Ask after").press("Enter")
    staff.get_by_role("button", name="Stop asking").wait_for()
    found += looked_at(staff, "recovery-offered")

    page = new_context(viewport=PHONE).new_page()
    page.goto(address(version))
    page.get_by_label("anything else").fill("Nobody called me back.")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Leave an email").press("Enter")
    page.get_by_label("Email address").fill("ana")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Not sent yet").wait_for()
    found += looked_at(page, "recovery-wrong")
    page.get_by_label("Email address").fill("ana@example.com")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="We can contact you now").wait_for()
    found += looked_at(page, "recovery-sent")

    staff = signed_in_page(a_person(Role.SERVICE_RECOVERY, survey.service.owner))
    staff.goto("/")
    found += looked_at(staff, "recovery-waiting")
    assert "ana@example.com" not in staff.content()
    staff.get_by_role("link", name=survey.service.name).press("Enter")
    staff.get_by_role("button", name="Show how to reach").press("Enter")
    staff.get_by_text("ana@example.com").wait_for()
    found += looked_at(staff, "recovery-reach")
    assert grade_of(sentences_of(staff.content())) <= 8
    staff.get_by_label("What you did").fill("Called back.")
    staff.get_by_role("button", name="It is handled").press("Enter")
    staff.get_by_text("Handled. How to reach").wait_for()
    found += looked_at(staff, "recovery-handled")

    assert found == []
    assert ContactWish.objects.get().reach == ""
