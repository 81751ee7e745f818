"""The main job, as strangers do it: from a survey that does not exist to a quarter anyone reads.

One walk, in a real browser, over the simulated agency: build a survey, open it, answer it on a
phone with script off, see the score, sign, send, accept, publish, read the release.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.site.demo.load import load
from cx280.site.jobs import run_due
from tests.browser import PHONE, axe_at_both_widths

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Contexts = Callable[..., BrowserContext]
SERVICE = "Campsite booking"
ANSWERS = 12  # above the smallest count that may be shown


@pytest.fixture
def agency(transactional_db: None, settings: Settings) -> None:
    """The simulated agency, small; a test answers faster than people, which is no robot here."""
    settings.CX280_LEAST_SECONDS = 0
    with transaction.atomic():
        list(load(seed=280, responses=4000, today=timezone.localdate()))


def somebody(role: str) -> Person:
    """The person with that role at the agency that has everything, or government-wide."""
    there = Q(assignments__organization__code="drt") | Q(assignments__organization=None)
    return Person.objects.get(there, assignments__role=role)


@pytest.mark.proves("280.0-a2", "280.10-l1", "280.16-a6", "280.14-c1")
def test_a_stranger_walks_from_a_service_to_a_published_quarter(
    agency: None, new_context: Contexts
) -> None:
    lead = new_context(somebody("cx_lead")).new_page()

    address = build_and_open_a_survey(lead)
    answer_on_a_phone_without_script(new_context, address)
    see_the_score(lead)
    quarter = ask_for_a_signature(lead)
    sign(new_context(somebody("accountable_official")).new_page(), quarter)
    send_to_omb(lead, quarter)
    accept_and_publish(new_context(somebody("omb_reviewer")).new_page())
    read_the_release(new_context().new_page())


def build_and_open_a_survey(page: Page) -> str:
    """The CX lead starts from the Circular's template, adds a question and opens the survey."""
    page.goto("/")
    page.get_by_role("link", name="Surveys").first.click()
    page.get_by_role("link", name="Start a survey").click()
    page.get_by_role("link", name=SERVICE).click()
    page.get_by_label("Name of the survey").fill("Booking, the next day")
    page.get_by_label("Where people use the service").select_option(label="Phone")
    page.get_by_label("Where people use the service").select_option(label="Website")
    page.get_by_role("button", name="Start the survey").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Booking, the next day")
    assert axe_at_both_widths(page) == []
    page.get_by_role("link", name="Around the questions").click()
    page.locator("select[name=collection]").select_option(label=collection_of(page))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Open for answers").click()
    page.get_by_role("link", name="How people reach it").click()
    link = page.locator(".cx-copy a").first.get_attribute("href")
    assert link is not None
    return "/s/" + link.split("/s/")[1]


def collection_of(page: Page) -> str:
    """The words of the approved collection of this service in the list of collections."""
    option = page.locator("select[name=collection] option", has_text=SERVICE).first
    return option.inner_text()


def answer_on_a_phone_without_script(new_context: Contexts, address: str) -> None:
    """Twelve people answer at 360 px, script off; the page sets no cookie."""
    for place in range(ANSWERS):
        context = new_context(javascript=False, viewport=PHONE, locale="en-US")
        page = context.new_page()
        page.goto(f"{address}?unit=drt-boise")
        for question in ("trust", "satisfaction", "effectiveness", "ease", "efficiency"):
            page.locator(f"input[name={question}][value='5']").first.check()
        if place == 0:
            page.get_by_role("textbox").first.fill("Write to me at camper@example.com, thanks.")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("thank", re.I))
        assert context.cookies() == []


def see_the_score(page: Page) -> None:
    """Within a minute the worker has counted; the score and the redacted words are there."""
    run_due()
    page.goto("/measures/campsite-booking/")
    page.get_by_label("Survey").select_option(label=newest_version(page))
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main")).to_contain_text("100 %")
    expect(page.locator("main")).to_contain_text("Write to me at [email], thanks.")
    assert axe_at_both_widths(page) == []


def newest_version(page: Page) -> str:
    """The words of the new survey's version in the filter."""
    option = page.get_by_label("Survey").locator("option", has_text="Booking, the next day").first
    return option.inner_text()


def ask_for_a_signature(page: Page) -> str:
    """The CX lead explains what is left and sends the quarter for signature."""
    page.goto("/")
    page.get_by_role("link", name="Quarter").first.click()
    page.get_by_role("link", name=SERVICE).click()
    address = page.url
    while page.get_by_text("to explain", exact=True).count():
        page.locator(".cx-checks details summary").first.click()
        page.get_by_label("The reason, in a sentence").first.fill("The simulated year says so.")
        page.get_by_role("button", name="Keep the reason").first.click()
    assert axe_at_both_widths(page) == []
    page.get_by_role("button", name="Send for signature").click()
    return address


def sign(page: Page, quarter: str) -> None:
    """The senior accountable official reads and signs."""
    page.goto(quarter)
    page.get_by_role("link", name=re.compile("sign")).first.click()
    assert axe_at_both_widths(page) == []
    page.locator("label[for=id_read]").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("main")).to_contain_text(re.compile("signed", re.I))


def send_to_omb(page: Page, quarter: str) -> None:
    """The CX lead sends the signed quarter."""
    page.goto(quarter)
    page.get_by_role("button", name="Send to OMB").click()
    expect(page.locator("main")).to_contain_text(re.compile("sent to omb", re.I))


def accept_and_publish(page: Page) -> None:
    """The OMB reviewer finds it in the queue, accepts it and publishes it."""
    page.goto("/")
    page.get_by_role("link", name="Review").first.click()
    page.get_by_role("link", name=SERVICE).first.click()
    assert axe_at_both_widths(page) == []
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("main")).to_contain_text("release")


def read_the_release(page: Page) -> None:
    """Anybody reads the release, as data and as a page, without signing in."""
    answer = page.request.get("/data/v1/releases")
    assert answer.status == 200
    newest = json.loads(answer.text())["items"][0]
    assert newest["service_name"] == SERVICE
    page.goto("/data/services/campsite-booking/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.context.cookies() == []
    assert axe_at_both_widths(page) == []
