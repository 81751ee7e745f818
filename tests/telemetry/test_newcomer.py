"""A CX lead who never did this: a site, its line, first events, a plan and a flow, in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from cx280.accounts.rules import Role
from cx280.telemetry.tasks import count_events, look_for_first_events, seal_events
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service
from tests.collector.asking import AGENT, a_collector, ask, posted
from tests.telemetry.websites import Collector, Website

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "<!doctype html><html lang='en'><head><title>Walks</title>{}</head><body>{}</body></html>"


@pytest.fixture
def front(settings: Any, tmp_path: Path) -> Iterator[Collector]:  # noqa: ANN401
    """Where the script comes from, with data of its own."""
    started = Collector()
    settings.PUBLIC_ADDRESS = started.address
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    yield started
    started.stop()


@pytest.fixture
def website(front: Collector) -> Iterator[Website]:
    """The website to learn from, without pages yet."""
    started = Website(front.address)
    yield started
    started.stop()


def saved(page: Page, **typed: str) -> None:
    """Types into the fields by the beginning of their labels, and saves."""
    for label, words in typed.items():
        page.get_by_label(label.replace("_", " ")).first.fill(words)
    page.get_by_role("button", name="Save").press("Enter")


def opened(page: Page, *links: str) -> None:
    """Follows the links one after another, by keyboard."""
    for each in links:
        page.get_by_role("link", name=each, exact=True).last.press("Enter")


def test_a_newcomer_sees_first_events_arrive_and_writes_a_plan_for_them(
    front: Collector, website: Website, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    service = a_service(name="Guided walks")
    page = new_context(a_person(Role.CX_LEAD, service.owner)).new_page()
    page.set_default_timeout(10_000)
    page.goto("/telemetry/")

    opened(page, "Guided walks", "Sites", "Add a site")
    saved(page, Name="walks.example.gov", What_is_the_data="To see who stops.", Days_that="90")
    page.get_by_role("button", name="Enable it").press("Enter")
    expect(page.get_by_text("Nothing has arrived in the last 30 days.")).to_be_visible()
    line, site = page.locator("#snippet").inner_text(), page.url

    opened(page, "each flow", "Register a flow")
    saved(page, What_do_people="Book a walk", Launched_on=str(timezone.localdate()),
          Steps="Your day\nPayment")  # fmt: skip
    steps, end = page.locator("#marks").inner_text().rsplit("\n", 1)
    flow = page.url

    website.pages = {"/": PAGE.format(line, steps), "/done": PAGE.format(line, end)}
    visitor = new_context(base_url=website.address).new_page()
    visitor.goto("/")
    front.wait(lambda found: any(each["kind"] == "transaction_start" for each in found))
    visitor.goto("/done")
    events = front.wait(lambda found: found[-1]["kind"] == "transaction_complete")
    (answer,) = ask(a_collector(tmp_path), posted(*events, headers={"user-agent": AGENT}))
    assert (answer.status, answer.json.get("refused", 0)) == (202, 0)
    seal_events(timezone.now())
    count_events(timezone.now())
    look_for_first_events(timezone.now())

    page.goto(site)
    expect(page.get_by_text("in the last 30 days, the newest on")).to_be_visible()
    opened(page, "See them arrive")
    expect(page.get_by_role("row", name="walks.example.gov")).to_contain_text("within the hour")
    page.goto(flow)
    expect(page.get_by_text("First event:")).to_be_visible()

    opened(page, "Plan", "Add a question")
    saved(page, What_do_you="Do people finish?", What_would="The share who finish.")
    page.get_by_role("link", name="Add a metric").press("Enter")
    page.get_by_label("It counts").select_option("transaction_complete")
    page.get_by_label("In the flow").select_option(label="Book a walk")
    saved(page, What_is_measured="Share who finish", This_value="60", Unit="percent",
          What_will="Watch five people.")  # fmt: skip
    expect(page.get_by_text("arriving", exact=True)).to_be_visible()
    assert axe_at_both_widths(page) == []
