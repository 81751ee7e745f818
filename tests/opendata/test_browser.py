"""The public pages in a real browser: both widths, axe, keyboard, and without script."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.opendata.published import T2, a_provider, a_quarter, a_release, a_reported_row, trust
from tests.reporting.contents import a_tapping_question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page: Page, name: str) -> list[str]:
    """What axe finds at both widths; keeps pictures where CX280_PICTURES names a folder."""
    found = axe_at_both_widths(page)
    folder = os.environ.get("CX280_PICTURES")
    if folder:
        for size, width in ((PHONE, "360"), (DESK, "1280")):
            page.set_viewport_size(size)
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    return found


def some_services() -> str:
    """Releases with a rewording, small groups, taps and an earlier report; the first's code."""
    _, service = a_provider()
    a_reported_row(service)
    a_release(service)
    a_release(
        service,
        a_quarter(trust([3, 5, 12, 60, 40], T2), a_tapping_question(), quarter="FY2022 Q3"),
    )
    a_release(a_provider()[1])
    return service.code


def test_the_pages_are_clean_at_both_widths_and_ask_no_other_site(page: Page) -> None:
    code = some_services()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    pages = {
        "front": "/",
        "services": "/data/services/",
        "service": f"/data/services/{code}/",
        "data": "/data/",
        "how-we-know": "/data/how-we-know/",
        "rules": "/rules/?q=trust",
        "rule": "/rules/280.7-b1/",
        "missing": "/rules/nothing/",
    }

    found = []
    for name, address in pages.items():
        page.goto(address)
        found += [f"{name}: {each}" for each in look(page, name)]

    assert found == []
    start = page.url.split("/rules/")[0]
    assert [each for each in asked if not each.startswith((start, "data:"))] == []
    assert page.context.cookies() == []


def test_the_empty_front_page_is_clean(page: Page) -> None:
    page.goto("/")

    assert look(page, "front-empty") == []


def test_a_service_is_found_and_its_csv_fetched_by_keyboard_without_script(
    new_context: Callable[..., BrowserContext],
) -> None:
    code = some_services()
    page = new_context(javascript=False, accept_downloads=True).new_page()
    page.goto("/")

    _tab_to(page, "input[name=q]")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/data/services/?q=*")
    _tab_to(page, f"a[href='/data/services/{code}/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/data/services/{code}/")
    _tab_to(page, "a.usa-button")
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert download.value.suggested_filename == f"cx280-measures-{code}.csv"
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.startswith("id,quarter,starts_on")


def _tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"Tab never reaches {selector}.")
