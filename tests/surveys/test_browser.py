"""The survey pages in a real browser: axe at both widths, typing that saves itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from cx280.accounts.rules import Role
from cx280.surveys.models import Survey
from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.builders import a_document, a_person, a_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewContext = Callable[..., BrowserContext]


def _broken() -> Survey:
    document = a_document(pages=2)
    document["questions"][1]["text"] = "How likely are you to recommend us to a friend?"
    return a_survey(draft=document, title="Boat permit, after the visit")


def _kept(page: Page, name: str) -> None:
    """Keeps pictures of the page at both widths where CX280_PICTURES says so."""
    folder = os.environ.get("CX280_PICTURES")
    if folder:
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            path = Path(folder) / f"{name}-{viewport['width']}.png"
            page.screenshot(path=path, full_page=True)


def test_no_survey_page_has_an_accessibility_fault(new_context: NewContext) -> None:
    survey = _broken()
    page = new_context(a_person(Role.CX_LEAD, survey.service.owner)).new_page()
    of_all, of_one = (
        ("list", "new", "discussions"),
        ("builder", "about", "share", "close", "preview"),
    )
    addresses = {route: reverse(f"surveys:{route}") for route in of_all}
    addresses |= {route: reverse(f"surveys:{route}", args=[survey.code]) for route in of_one}
    found = {}

    for route, address in addresses.items():
        page.goto(address)
        for each in page.locator("details").all():
            each.evaluate("node => node.open = true")
        found[route] = axe_at_both_widths(page)
        _kept(page, route)

    assert found == {route: [] for route in addresses}


def test_the_start_of_a_survey_has_no_accessibility_fault(new_context: NewContext) -> None:
    survey = a_survey()
    page = new_context(a_person(Role.CX_LEAD, survey.service.owner)).new_page()

    page.goto(f"{reverse('surveys:new')}?service={survey.service.code}")
    start = axe_at_both_widths(page)
    _kept(page, "start")
    page.goto(f"{reverse('surveys:record-discussion')}?survey={survey.code}&kind=trust_icons")
    record = axe_at_both_widths(page)
    _kept(page, "record")

    assert start + record == []


def test_findings_and_the_phone_follow_what_is_typed(new_context: NewContext) -> None:
    survey = a_survey()
    page = new_context(a_person(Role.CX_LEAD, survey.service.owner)).new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))

    page.goto(reverse("surveys:builder", args=[survey.code]))
    page.locator("#card-trust summary").first.click()
    page.get_by_label("Words in English").first.fill("I am confident in it.")

    expect(page.locator("#found-trust")).to_contain_text("asks for confidence")
    expect(page.locator("#standing")).to_have_text("One thing to fix before it can open.")
    phone = page.frame_locator("#phone")
    expect(phone.locator("legend").first).to_have_text("I am confident in it.")
    survey.refresh_from_db()
    assert survey.draft["questions"][0]["texts"]["en"] == "I am confident in it."
    assert problems == []


def test_the_builder_works_by_keyboard_and_without_script(new_context: NewContext) -> None:
    survey = _broken()
    person = a_person(Role.CX_LEAD, survey.service.owner)
    page = new_context(person, javascript=False).new_page()

    page.goto(reverse("surveys:builder", args=[survey.code]))
    page.get_by_role("button", name="Use “I am satisfied").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Put everything on one page").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#standing")).to_have_text("Ready to open.")
    page.get_by_role("button", name="Open for answers").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("How do people reach")
    _kept(page, "shared")
