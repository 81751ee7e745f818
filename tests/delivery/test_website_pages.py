"""The staff pages of surveys on websites in Chromium, by keyboard, with axe at both widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.responses.models import Response
from tests.browser import axe_at_both_widths
from tests.builders import a_document, a_person, a_survey, a_version
from tests.responses.visits import a_document_in_two_languages
from tests.telemetry.builders import a_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_how_websites_show_a_survey_is_settled_switched_and_looked_at_by_keyboard(
    signed_in_page: Callable[[Person], Page],
) -> None:
    survey = a_version(a_survey(draft=a_document_in_two_languages())).survey
    a_site(survey.service, key="abc", enabled=True, origins=["https://www.example.gov"])
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    here = f"/surveys/{survey.code}/websites/"
    page.goto(here)
    assert axe_at_both_widths(page) == []

    page.get_by_role("link", name="Say where and how").first.press("Enter")
    assert axe_at_both_widths(page) == []
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_role("button", name="Switch it on (A quiet tab)").press("Enter")
    assert page.get_by_text("Websites show it now.").is_visible()
    assert axe_at_both_widths(page) == []

    page.get_by_role("link", name="See how it looks (A quiet tab)").press("Enter")
    assert axe_at_both_widths(page) == []
    page.goto(f"{here}tab/try/?lang=es")
    page.get_by_role("button", name="Su opinión").press("Enter")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Totalmente de acuerdo").first.check()
    frame.get_by_role("button", name="Enviar").press("Enter")
    expect(frame.get_by_role("heading", level=1)).to_have_text(
        "Gracias. Sus respuestas han llegado."
    )
    assert not Response.objects.exists()


def test_the_look_at_a_prompt_lets_its_moment_come(
    signed_in_page: Callable[[Person], Page],
) -> None:
    survey = a_version(a_survey(draft=a_document("Boats", placement="prompt"))).survey
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    page.goto(f"/surveys/{survey.code}/websites/prompt/try/")

    page.get_by_role("button", name="Complete the task").press("Enter")

    page.get_by_role("button", name="Yes, now").press("Enter")
    assert page.get_by_role("dialog").is_visible()
    assert axe_at_both_widths(page) == []
