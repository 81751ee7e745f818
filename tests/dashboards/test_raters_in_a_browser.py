"""Low and high raters in Chromium: reachable, readable, and by nobody's way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.lake.columns import EventRow
from cx280.responses.models import Response
from cx280.services.models import Service
from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.builders import a_person, a_service, an_agency
from tests.dashboards.joined import a_joining_version, rated_visits
from tests.dashboards.online import a_flow
from tests.telemetry.builders import a_site
from tests.telemetry.happened import an_event, counted, kept
from tests.telemetry.websites import Collector, Event, Website

FLOW = "/measures/boat-permits/digital/flows/renew-permit/"
PATIENT = 15_000  # milliseconds; a busy machine opens the lake slowly
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def service(tmp_path: Path, settings: Settings) -> Service:
    """A service whose flow low raters leave at the payment."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    service = a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")
    a_site(service, key="boats", enabled=True)
    now = timezone.now()
    rated = rated_visits(
        a_joining_version(service), now, (60, 48, 36, 14, 14), (90, 78, 66, 52, 52)
    )
    kept(tmp_path / "lake", chain(rated, a_flow(service.pk, now, (400, 350, 300, 220, 200))))
    counted()
    return service


def shot(page: Page, name: str) -> None:
    """A picture of the page at both widths, where CX280_SHOTS names a folder."""
    folder = os.environ.get("CX280_SHOTS")
    for width, size in (("360", PHONE), ("1280", DESK)) if folder else ():
        page.set_viewport_size(size)
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_the_part_comes_by_itself_and_the_page_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], service: Service
) -> None:
    page = signed_in_page(a_person(Role.CX_LEAD, service.owner))
    page.goto(FLOW)

    part = page.locator("#raters")
    heading = part.get_by_role("heading", level=3)
    expect(heading).to_contain_text("stopped more often", timeout=PATIENT)
    expect(part.get_by_role("table", name="All figures")).to_be_visible()
    assert "reach Pay" in page.title()  # it is still the page of the flow
    assert axe_at_both_widths(page) == []
    shot(page, "flow")


def test_without_a_script_the_page_is_a_click_away(
    new_context: Callable[..., BrowserContext], service: Service
) -> None:
    page = new_context(a_person(Role.CX_LEAD, service.owner), javascript=False).new_page()
    page.goto(FLOW)

    page.get_by_role("link", name="Compare low and high raters").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Do people who rate us low meet something else?"
    )
    expect(page.get_by_role("heading", level=2).first).to_contain_text("stopped more often")


def test_the_page_of_its_own_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], service: Service
) -> None:
    page = signed_in_page(a_person(Role.CX_LEAD, service.owner))

    for query in ("", "?rated=satisfaction"):
        page.goto(f"{FLOW}raters/{query}")
        assert axe_at_both_widths(page) == []
        shot(page, f"raters{'-none' if query else ''}")


# From a website with cx.js, through the survey, to the page

STEP = """<!doctype html><html lang="en"><title>Permit</title><body><h1>Permit</h1>
<form data-cx-flow="renew-permit" data-cx-step="{step}"><input id="field"></form>
<a id="next" href="/boat">Next</a> <a data-cx-survey href="{survey}?lang=en">Tell us</a>
<a id="bare" href="{survey}">Tell us something else</a>
<script src="{script}/t/cx.js" data-site="boats" defer></script></body></html>"""


@pytest.fixture
def collector() -> Iterator[Collector]:
    """Notes what the script sends."""
    started = Collector()
    yield started
    started.stop()


@pytest.fixture
def website(collector: Collector) -> Iterator[Website]:
    """An agency's website; its pages are set by the test."""
    started = Website(collector.address)
    yield started
    started.stop()


def as_kept(event: Event, service: int) -> EventRow:
    """The event as the lake keeps it, two hours ago: a visit that had its time."""
    at = datetime.fromisoformat(event["at"].replace("Z", "+00:00")) - timedelta(hours=2)
    fields = {name: event[name] for name in ("name", "visit", "page", "flow", "step")
              if name in event}  # fmt: skip
    return an_event(at, event["kind"], service=service, **fields)


@pytest.mark.proves("280.7-j2")
def test_a_visit_an_answer_and_the_page_are_one_way(
    new_context: Callable[..., BrowserContext],
    website: Website,
    collector: Collector,
    live_server: LiveServer,
    tmp_path: Path,
    settings: Settings,
) -> None:
    settings.CX280_LAKE, settings.CX280_LEAST_SECONDS = str(tmp_path / "lake"), 0
    service = a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")
    version = a_joining_version(service)
    survey = f"{live_server.url}/s/{version.survey.code}/"
    for path, step in (("/", "who-you-are"), ("/boat", "your-boat")):
        website.pages[path] = STEP.format(step=step, survey=survey, script=collector.address)
    nine = list(rated_visits(version, timezone.now(), (9, 9, 9, 0, 0), (60, 60, 60, 48, 48)))
    visitor = new_context(base_url=website.address).new_page()
    visitor.goto("/")
    visitor.click("#field")
    visitor.click("#next")
    visitor.click("#field")

    visitor.get_by_role("link", name="Tell us", exact=True).click()
    expect(visitor.get_by_text("may be read together with what you did there")).to_be_visible()
    assert axe_at_both_widths(visitor) == []
    visitor.get_by_role("group", name="trust").get_by_label("Strongly disagree").check()
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Thank you")
    events = collector.wait(lambda all_: sum(each["name"] == "step" for each in all_) >= 2)
    stored = Response.objects.get(answers__trust=1)
    everybody = a_flow(service.pk, timezone.now(), (200, 190, 180, 150, 140))
    told = [as_kept(each, service.pk) for each in events]
    kept(tmp_path / "lake", chain(nine, everybody, told))
    counted()
    staff = new_context(a_person(Role.CX_LEAD, service.owner)).new_page()
    staff.goto(FLOW)

    assert stored.visit == events[0]["visit"]
    assert stored.suspected == ""
    heading = staff.locator("#raters").get_by_role("heading", level=3)
    finding = "stopped more often between Your boat and Pay: 100"
    expect(heading).to_contain_text(finding, timeout=PATIENT)
    expect(staff.get_by_text("10 visits of low raters, 60 of high raters")).to_be_visible()


@pytest.mark.parametrize(
    ("before", "link"),
    [("", "#bare"), ("navigator.__defineGetter__('globalPrivacyControl', () => true)", "Tell us")],
)
def test_no_visit_is_handed_over_where_nobody_asked_or_somebody_objects(
    new_context: Callable[..., BrowserContext],
    website: Website,
    collector: Collector,
    live_server: LiveServer,
    service: Service,
    before: str,
    link: str,
) -> None:
    version = a_joining_version(service)
    survey = f"{live_server.url}/s/{version.survey.code}/"
    website.pages["/"] = STEP.format(step="pay", survey=survey, script=collector.address)
    visitor = new_context(base_url=website.address)
    visitor.add_init_script(before)
    page = visitor.new_page()
    page.goto("/")

    marked = page.get_by_role("link", name=link, exact=True)
    (page.locator(link) if link.startswith("#") else marked).click()

    expect(page.get_by_text("Voluntary and anonymous.")).to_be_visible()
    assert "visit" not in page.url
