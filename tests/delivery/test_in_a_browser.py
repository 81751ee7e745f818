"""The pages of whom to ask in Chromium: axe at both widths, and the way by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.delivery.actions.deciding import decide_for_program
from cx280.surveys.models import Survey
from tests.browser import axe_at_both_widths, faults_on
from tests.builders import a_person, a_survey
from tests.delivery.builders import a_plan, an_open_survey, handed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def survey() -> Survey:
    """A survey by language beside another one, with people drawn and some left alone."""
    survey = an_open_survey()
    a_plan(survey, method="stratified", strata_by="language", rate=0.3, rates={"es": 1.0})
    a_plan(an_open_survey(survey=a_survey(survey.service)), share=30)
    given = [
        handed(f"{i}", known_as=f"person {i % 30}", language="es" if i % 4 else "en")
        for i in range(80)
    ]
    decide_for_program(survey, handed=given, now=timezone.now())
    return survey


@pytest.fixture
def page(survey: Survey, signed_in_page: Callable[[Person], Page]) -> Page:
    """The browser of who keeps it."""
    return signed_in_page(a_person(Role.PROGRAM_MANAGER, survey.service.owner))


def test_every_page_is_clean_at_both_widths(survey: Survey, page: Page) -> None:
    agency = agency_of(survey.service.owner).code

    assert faults_on(page, [
        f"/surveys/{survey.code}/people/",
        f"/surveys/{survey.code}/people/?sureness=very&points=3&population=500&response_rate=4+%25",
        f"/surveys/{survey.code}/people/plan/",
        f"/surveys/contact-rules/{agency}/",
        f"/surveys/contact-rules/{agency}/edit/",
    ]) == {}  # fmt: skip


def test_from_how_sure_to_a_plan_by_keyboard(page: Page) -> None:
    fresh = an_open_survey(survey=a_survey(Survey.objects.earliest("pk").service))
    page.goto(f"/surveys/{fresh.code}/people/")

    page.get_by_label("Interactions in the time").fill("20000")
    page.get_by_label("How many answer when asked?").fill("11 %")
    page.get_by_role("button", name="Work it out").press("Enter")
    page.get_by_role("link", name="Draw at this rate").press("Enter")
    page.get_by_role("button", name="Save the plan").press("Enter")

    heading = page.get_by_role("heading", level=1)
    assert heading.inner_text().replace("\N{NO-BREAK SPACE}", " ").startswith("We ask after")
    assert axe_at_both_widths(page) == []
