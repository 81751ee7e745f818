"""Entering answers in Chromium: with the keyboard alone, without a script, and clean for axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.responses.models import Comment, Entry, PaperBatch, Response
from cx280.responses.rules.form_numbers import form_number
from tests.browser import axe_at_both_widths, faults_on
from tests.builders import a_person, a_survey
from tests.responses.entered import a_batch, a_clerk, keyed, owner
from tests.responses.test_paper_forms import printed
from tests.responses.visits import an_open_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAPPED = {
    "id": "why", "construct": "additional", "text": "What helped?", "response": "choices",
    "options": [{"text": f"Thing {n}"} for n in range(1, 5)],
}  # fmt: skip
YESNO = {"id": "done", "construct": "additional", "text": "Are you done?", "response": "yesno"}
MANY = {
    "id": "state", "construct": "additional", "text": "Where was it?", "response": "choice",
    "options": [{"text": f"Place {n}"} for n in range(1, 13)],
}  # fmt: skip
COMMENT = {"id": "comment", "construct": "comment", "text": "Anything else?", "response": "text"}
TRUST = {"id": "trust", "construct": "trust", "text": "I trust them.", "response": "agree5"}


@pytest.fixture
def batch() -> PaperBatch:
    """A batch with one sheet keyed by somebody else, all drawn to be keyed twice."""
    version = an_open_survey(placement="prompt", questions=[TRUST, TAPPED, YESNO, MANY, COMMENT])
    made = a_batch(version, check_percent=100, handed_out=20)
    keyed(made, "A-1", trust="4", why="!unreadable")
    return made


@pytest.fixture
def page(batch: PaperBatch, signed_in_page: Callable[[Person], Page]) -> Page:
    """The screen of a clerk."""
    return signed_in_page(a_clerk(batch.version))


def screen(batch: PaperBatch) -> str:
    return f"/responses/{batch.version.survey.code}/paper/{batch.pk}/"


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def test_every_page_is_clean_at_both_widths(batch: PaperBatch, page: Page) -> None:
    code = batch.version.survey.code

    assert faults_on(page, [
        "/responses/entering/",
        f"/responses/{code}/paper/",
        f"/responses/{code}/paper/forms/",
        f"/responses/{code}/paper/forms/{printed(batch.version, language='es').pk}/",
        screen(batch),
        f"{screen(batch)}again/A-1/",
        f"/responses/{code}/ask/",
        f"/responses/{code}/ask/?lang=es",
    ]) == {}  # fmt: skip


def test_the_page_by_phone_is_clean_at_both_widths(
    batch: PaperBatch, signed_in_page: Callable[[Person], Page]
) -> None:
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, owner(batch.version)))
    fresh = a_survey(batch.version.survey.service)

    assert faults_on(page, [
        f"/responses/{batch.version.survey.code}/phone/",
        f"/responses/{fresh.code}/phone/",
        f"/responses/{batch.version.survey.code}/",
    ]) == {}  # fmt: skip


def test_a_sheet_is_keyed_with_the_keyboard_alone(batch: PaperBatch, page: Page) -> None:
    page.goto(screen(batch))

    page.keyboard.type(form_number(1, 7))
    # Trust 5, two things, no, the twelfth place (two digits), words, save.
    press(page, "Enter 5 1 3 Enter 2 1 2")
    page.keyboard.type("Kind staff")
    press(page, "Enter Enter")
    page.wait_for_selector("text=Form 1-000007")

    entry = Entry.objects.get(form_number=form_number(1, 7))
    assert entry.response is not None
    assert entry.response.answers == {"trust": 5, "why": ["1", "3"], "done": 0, "state": "12"}
    assert Comment.objects.get().text == "Kind staff"
    assert page.evaluate("document.activeElement.id") == "number"


def test_letters_mark_and_backspace_takes_the_last_step_back(batch: PaperBatch, page: Page) -> None:
    page.goto(screen(batch))

    page.keyboard.type("B-2")
    # Several marked, back, 4 instead; then unreadable; the rest left blank.
    press(page, "Enter s Backspace 4 u Enter Enter Enter Enter")
    page.wait_for_selector("text=Form B-2")

    entry = Entry.objects.get(form_number="B-2")
    assert entry.response is not None
    assert entry.response.answers["trust"] == 4
    assert entry.marks == {"why": "unreadable", "done": "blank", "state": "blank"}


def test_the_last_sheet_is_taken_back_from_the_empty_number(batch: PaperBatch, page: Page) -> None:
    page.goto(screen(batch))
    page.keyboard.type("C-3")
    press(page, "Enter 2 Enter Enter Enter Enter Enter")
    page.wait_for_selector("text=Form C-3")

    press(page, "Backspace Enter")
    page.wait_for_selector("text=is taken back")

    assert not Entry.objects.filter(form_number="C-3").exists()


def test_what_is_wrong_is_said_and_reached_by_a_link(batch: PaperBatch, page: Page) -> None:
    page.goto(screen(batch))

    page.keyboard.type("A-1")
    press(page, "Enter 3 Enter Enter Enter Enter Enter")
    page.wait_for_selector("#errors")

    assert page.evaluate("document.activeElement.id") == "errors"
    assert axe_at_both_widths(page) == []
    assert page.get_by_label("3 Neither agree nor disagree").is_checked()
    page.get_by_role("link", name="was keyed already").press("Enter")
    assert page.evaluate("document.activeElement.id") == "number"


def test_a_call_is_asked_and_entered_with_the_keyboard_alone(batch: PaperBatch, page: Page) -> None:
    page.goto(f"/responses/{batch.version.survey.code}/ask/")

    press(page, "Enter 5 Enter r Enter Enter Enter")
    page.wait_for_selector("text=Thank the caller")

    response = Response.objects.get(source="phone")
    assert response.answers["trust"] == 5
    assert Entry.objects.get(response=response).marks["done"] == "refused"


def test_it_works_without_a_script(
    batch: PaperBatch, new_context: Callable[..., BrowserContext]
) -> None:
    person = a_person(Role.PROGRAM_MANAGER, owner(batch.version))
    page = new_context(person, javascript=False).new_page()
    page.goto(screen(batch))

    page.get_by_label("Number on the form").fill("D-4")
    page.get_by_label("5 Strongly agree").check()
    page.get_by_role("group", name="Are you done?").get_by_label("U Cannot be read").check()
    page.get_by_role("button", name="Save this form").click()

    entry = Entry.objects.get(form_number="D-4")
    assert entry.marks["done"] == "unreadable"
