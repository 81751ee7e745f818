"""The pages of whom to ask in Chromium: axe at both widths, and the way by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.delivery.actions.deciding import decide_for_program
from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.models import OptOut
from cx280.delivery.rules.files import Row
from cx280.delivery.stopping import stop_address
from cx280.responses.models import Response
from cx280.surveys.models import Survey
from tests.browser import axe_at_both_widths, faults_on
from tests.builders import a_person, a_survey
from tests.delivery.builders import a_mailing, a_plan, an_open_survey, handed, handed_over, rows

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


@pytest.fixture
def mailing() -> Survey:
    """A survey with messages sent, waiting and refused."""
    survey, now = a_mailing(), timezone.now()
    people = ("ana@example.org", "bo@example.org")
    handed_over(survey, [*rows(*people, ended_at=now), Row(4, None, "It ends in the future.")], now)
    send_waiting(lambda: now + timedelta(minutes=40))
    handed_over(survey, rows("cy@example.org", ended_at=now), now)
    return survey


def test_the_pages_of_messages_are_clean_at_both_widths(
    mailing: Survey, signed_in_page: Callable[[Person], Page]
) -> None:
    fresh = an_open_survey(survey=a_survey(mailing.service))
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, mailing.service.owner))

    assert faults_on(page, [
        f"/surveys/{mailing.code}/messages/",
        f"/surveys/{mailing.code}/messages/settings/",
        f"/surveys/{fresh.code}/messages/",
    ]) == {}  # fmt: skip


@pytest.mark.proves("280.10-k4")
def test_from_the_message_to_an_answer_by_keyboard(mailing: Survey, page: Page) -> None:
    """The message as a mail program shows it, its link, and the page that the link opens."""
    message = mail.outbox[0]
    assert isinstance(message, mail.EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    page.set_content(html)
    assert axe_at_both_widths(page) == []
    link = page.get_by_role("link", name="Neither agree nor disagree").get_attribute("href")
    assert link is not None

    page.goto("/s/" + link.split("/s/")[1])
    assert axe_at_both_widths(page) == []
    assert page.get_by_role("radio", checked=True).count() == 1
    assert not Response.objects.exists()
    page.get_by_role("button", name="Send").press("Enter")
    page.wait_for_url("**/thanks/**")

    assert Response.objects.get().answers["trust"] == 3


def test_stopping_is_one_press_in_either_language(mailing: Survey, page: Page) -> None:
    agency = agency_of(mailing.service.owner)
    for language, button in (("en", "Do not ask me again"), ("es", "No me pregunten más")):
        page.goto("/m/" + stop_address(agency.pk, language, language).split("/m/")[1])
        assert axe_at_both_widths(page) == []
        page.get_by_role("button", name=button).press("Enter")
        assert axe_at_both_widths(page) == []
    assert OptOut.objects.count() == 2


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
