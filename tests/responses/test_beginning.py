"""Who began is a person who acts: opening a page counts nothing, for robots open every link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from cx280.responses.starts import _MOST_PAGES, Start, Starts, starts
from cx280.surveys.models import SurveyVersion
from tests.responses.visits import address, an_open_survey, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts_of_others() -> Iterator[None]:
    """Counts of this test alone."""
    starts.flush()
    yield
    starts.flush()


def began(version: SurveyVersion) -> int:
    """How many began, by the record."""
    starts.flush()
    return sum(each.started or 0 for each in version.offers.all())


def touched(page: str) -> str:
    """The address that the style of a page asks for."""
    found = re.search(r'url\("(touched\.svg\?[^"]+)"\)', page)
    assert found
    return found[1]


@pytest.mark.proves("INC-33")
def test_opening_a_page_counts_nothing_however_often_and_whatever_it_chooses(
    client: Client,
) -> None:
    version = an_open_survey()

    for answer in range(1, 6):  # as a mail scanner follows the links of a message
        client.get(f"{address(version)}?a.trust={answer}")
    client.head(address(version))
    client.get(address(version), headers={"Sec-Purpose": "prefetch"})

    assert began(version) == 0


@pytest.mark.proves("INC-33")
@pytest.mark.parametrize("does", ["touches", "sends", "both"])
def test_who_touches_or_sends_began_once(client: Client, does: str) -> None:
    version = an_open_survey()
    page = client.get(address(version))
    if does != "sends":
        for _ in range(2):
            answer = client.get(f"{address(version)}{touched(page.content.decode())}")
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
    if does != "touches":
        sent = {"_page": token_on(page), "_lang": "en", "trust": "5"}
        client.post(address(version), sent)
        client.post(address(version), sent)

    assert began(version) == 1


def test_a_touch_that_no_page_of_ours_asked_for_counts_nothing(client: Client) -> None:
    version = an_open_survey()
    path = touched(client.get(address(version)).content.decode())

    for query in (
        "touched.svg",
        "touched.svg?page=forged",
        path.split("&")[0][:-3],
        path.replace("page", "p"),
    ):
        assert client.get(f"{address(version)}{query}").status_code == 200
    client.head(f"{address(version)}{path}")
    client.get(f"/s/another/{path}")

    assert began(version) == 0


def test_only_so_many_pages_are_remembered() -> None:
    kept, start = Starts(), Start(1, "", "website", None)  # type: ignore[arg-type]

    for number in range(_MOST_PAGES + 10):
        kept.add_once(str(number), start)

    assert len(kept._pages) == _MOST_PAGES


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_browser_only_what_a_person_does_counts(
    new_context: Callable[..., BrowserContext], scripts: bool
) -> None:
    """A choice by mouse, by keyboard, words typed; with scripts off as well as on."""
    version = an_open_survey()
    page = new_context(javascript=scripts).new_page()
    for answer in range(1, 6):
        page.goto(f"{address(version)}?a.trust={answer}", wait_until="networkidle")
    assert began(version) == 0

    _choose(page)
    assert began(version) == 1
    page.goto(address(version))
    while not page.locator("form :focus").count():  # from the links at the top to the form
        page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    assert began(version) == 2
    page.get_by_role("button", name="Send").click()
    page.wait_for_load_state("networkidle")
    assert began(version) == 2, "nothing was answered, and it is the same page"


def _choose(page: Page) -> None:
    """An answer other than the one that the link chose, by mouse, and back."""
    with page.expect_response("**/touched.svg*"):
        page.locator("label[for^=q-trust-]").first.click()
    page.locator("label[for^=q-trust-]").last.click()
    page.wait_for_load_state("networkidle")
