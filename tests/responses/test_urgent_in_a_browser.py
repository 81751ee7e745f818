"""The queue of comments that cannot wait, and the thanks that say who listens, in Chromium."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.responses import actions
from cx280.responses.models import Concern
from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.builders import a_person, a_unit
from tests.pages.reading import grade_of, sentences_of
from tests.responses.visits import address, an_open_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/responses/urgent/"


@pytest.fixture
def manager() -> Person:
    """Of a service with three comments that cannot wait: one new, one taken, one handled."""
    version = an_open_survey()
    owner = version.survey.service.owner
    person = a_person(Role.PROGRAM_MANAGER, owner, name="Ana Reyes")
    a_person(Role.CX_LEAD, owner)
    office = a_unit(owner, name="Boise service center")
    said = (
        "They denied me again and I do not want to live anymore.",
        "Los voy a matar a todos si no llega mi cheque.",
        "The guard hit me in the face when I asked for my papers.",
    )
    for words in said:
        actions.store(
            version,
            token_id=uuid.uuid4(),
            answers={"trust": 1},
            comments={"comment": words},
            unit_code=office.code,
            received_at=timezone.now(),
        )
    _, taken, handled = Concern.objects.order_by("pk")
    actions.take_concern(taken, by=person)
    actions.close_concern(handled, note="Told the office and its security.", by=person)
    return person


def pictured(page: Page, name: str) -> None:
    """Keeps a picture at both widths where CX280_PICTURES names a folder."""
    folder = os.environ.get("CX280_PICTURES")
    if folder:
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            path = Path(folder) / f"{name}-{viewport['width']}.png"
            page.screenshot(path=str(path), full_page=True)


@pytest.mark.parametrize("path", [HERE, "/today/"])
def test_nothing_stands_in_anybodys_way(
    signed_in_page: Callable[[Person], Page], manager: Person, path: str
) -> None:
    page = signed_in_page(manager)
    page.goto(path)
    pictured(page, path.strip("/").replace("/", "-"))

    assert axe_at_both_widths(page) == []


def test_the_empty_queue_and_the_contact_page_stand_in_nobodys_way(
    signed_in_page: Callable[[Person], Page], manager: Person
) -> None:
    page = signed_in_page(manager)
    code = Concern.objects.all()[0].comment.service.code
    page.goto(f"{HERE}told/{code}/")
    pictured(page, "told")
    found = axe_at_both_widths(page)
    Concern.objects.all().delete()
    page.goto(HERE)
    pictured(page, "urgent-empty")

    assert found + axe_at_both_widths(page) == []


def test_it_is_taken_and_closed_by_keyboard_without_script(
    new_context: Callable[..., BrowserContext], manager: Person
) -> None:
    page = new_context(manager, javascript=False).new_page()
    page.goto(HERE)

    page.get_by_role("button", name="I have it").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("It is yours").wait_for()
    page.get_by_label("What you did").first.focus()
    page.keyboard.type("Called the office.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("Handled, and kept").wait_for()
    assert Concern.objects.filter(state="handled").count() == 2


def test_the_words_of_the_page_are_plain(
    signed_in_page: Callable[[Person], Page], manager: Person
) -> None:
    page = signed_in_page(manager)
    page.goto(HERE)

    assert grade_of(sentences_of(page.content())) <= 8


@pytest.mark.parametrize(
    ("words", "listens"),
    [("I want to end my life", "call or text 988"), ("My husband beats me", "call 911")],
)
def test_the_thanks_say_who_listens_now_without_script(
    new_context: Callable[..., BrowserContext],
    settings: Any,  # noqa: ANN401
    words: str,
    listens: str,
) -> None:
    settings.CX280_LEAST_SECONDS = 0
    page = new_context(javascript=False, viewport=PHONE).new_page()
    page.goto(address(an_open_survey()))
    page.get_by_label("anything else").fill(words)
    page.get_by_role("button", name="Send").click()

    assert listens in page.get_by_role("region").inner_text()
    assert "?" not in page.url
    pictured(page, f"thanks-{listens[-3:]}")
