"""The survey in a real browser: a phone, no script, Spanish, a keyboard, 400 % zoom, 30 KB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.responses.models import Response
from cx280.surveys.models import Survey
from tests.browser import PHONE, axe, axe_at_both_widths
from tests.builders import a_person, a_response, a_unit
from tests.responses.a_server import Server
from tests.responses.visits import address, an_open_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewContext = Callable[..., BrowserContext]
BUDGET = 30 * 1024
# Chromium at 400 % of a 1280 px window lays the page out in 320 CSS px (WCAG 1.4.10).
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:  # noqa: ANN401
    """A test clicks faster than anybody reads."""
    settings.CX280_LEAST_SECONDS = 0


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_a_customer_answers_in_spanish_on_a_phone_at_400_percent_without_script(
    new_context: NewContext,
) -> None:
    version = an_open_survey()
    page = new_context(javascript=False, locale="es-MX", **ZOOMED).new_page()

    page.goto(address(version))
    page.get_by_label("De acuerdo", exact=True).first.check()
    page.get_by_label("¿Desea decirnos algo más?").fill("Todo bien")
    page.get_by_role("button", name="Enviar").click()

    assert page.get_by_role("heading", level=1).inner_text() == (
        "Gracias. Sus respuestas han llegado."
    )
    response = Response.objects.get()
    assert (response.answers["trust"], response.language) == (4, "es")
    assert response.suspected == ""


@pytest.mark.parametrize("tail", ["", "?lang=es", "thanks/", "thanks/?again=1&lang=es"])
def test_nothing_scrolls_sideways_at_400_percent(new_context: NewContext, tail: str) -> None:
    page = new_context(**ZOOMED).new_page()

    page.goto(address(an_open_survey()) + tail)

    assert not scrolls_sideways(page)


def test_the_keyboard_alone_is_enough(new_context: NewContext) -> None:
    version = an_open_survey()
    page = new_context(javascript=False, viewport=PHONE).new_page()
    page.goto(address(version))

    page.keyboard.press("Tab")  # the other language
    page.keyboard.press("Tab")  # the first question
    page.keyboard.press("ArrowDown")
    for _ in range(7):
        page.keyboard.press("Tab")
    page.keyboard.type("Quick")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/thanks/**")
    assert Response.objects.get().answers["trust"] == 4


def test_the_page_shown_again_is_focused_and_leads_to_the_fault(new_context: NewContext) -> None:
    version = an_open_survey()
    page = new_context(viewport=PHONE).new_page()
    page.goto(address(version))
    page.evaluate("document.querySelector('#q-trust-5').value = '9'")
    page.locator("#q-trust-5").check()
    page.get_by_label("Anything else you want us to know?").fill("Kept")

    page.get_by_role("button", name="Send").click()

    expect(page.locator("#again")).to_be_focused()  # a browser moves the focus when it next draws
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_label("Anything else you want us to know?").input_value() == "Kept"
    assert axe(page) == []


def test_every_public_page_is_clean_at_both_widths(page: Page) -> None:
    version = an_open_survey()
    closed = an_open_survey()
    closed.closed_at = closed.opened_at
    closed.save()
    Survey.objects.filter(pk=closed.survey_id).update(state=Survey.State.CLOSED)

    found = []
    for path in (
        address(version),
        f"{address(version)}?lang=es",
        f"{address(version)}thanks/",
        address(closed),
        "/s/nothing-here/",
    ):
        page.goto(path)
        for details in page.locator("summary").all():
            details.click()
        found += [f"{path} {each}" for each in axe_at_both_widths(page)]

    assert found == []


def test_a_cold_page_with_all_it_loads_stays_under_30_kilobytes(
    browser: Browser, tmp_path: Path
) -> None:
    server = Server(tmp_path)  # as it is served in earnest: compressed, with static files gathered
    server.collect_static()
    server.start()
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: list[str] = []
    sizes: list[int] = []
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))

    page.goto(server.address, wait_until="networkidle")
    cookies = context.cookies()
    context.close()
    server.stop()

    origin = server.address.split("/s/")[0]
    loaded = [url for url in asked if not url.startswith("data:")]
    assert [url for url in loaded if not url.startswith(origin)] == [], "no third party"
    assert [url for url in loaded if ".js" in url] == [], "no script"
    assert len(sizes) == len(loaded) == 4, "the page, its style and two fonts"
    assert sum(sizes) <= BUDGET, f"{sum(sizes):,} bytes: {sizes}"
    assert cookies == []


def test_staff_pages_are_clean_at_both_widths(
    signed_in_page: Callable[[Person], Page],
) -> None:
    version = an_open_survey()
    owner = version.survey.service.owner
    office = a_unit(owner)
    for _ in range(12):
        a_response(version, unit=office)
    a_response(version, unknown_unit="OLD-7")
    a_response(version, suspected="many at once from one address")
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, owner))

    found = []
    for tail in ("", f"{version.survey.code}/", f"{version.survey.code}/quarantine/",
                 f"{version.survey.code}/import/"):  # fmt: skip
        page.goto(f"/responses/{tail}")
        found += [f"/responses/{tail} {each}" for each in axe_at_both_widths(page)]

    assert found == []
