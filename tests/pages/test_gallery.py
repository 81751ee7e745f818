"""Every component in a real browser: accessible, readable at 360 px, usable by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe, axe_at_both_widths
from tests.pages import gallery

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_gallery(page: Page, server: LiveServer, name: str = "page") -> None:
    """The gallery under the live server's address, so that its style sheets load."""
    said = gallery.render(name)

    def answer(route: Route) -> None:
        route.fulfill(body=said, content_type="text/html; charset=utf-8")

    page.route("**/gallery/", answer)
    page.goto(f"{server.url}/gallery/")


def test_the_gallery_is_accessible_at_both_widths(page: Page, live_server: LiveServer) -> None:
    open_gallery(page, live_server)

    assert axe_at_both_widths(page) == []


def test_the_gallery_with_everything_open_is_accessible(
    page: Page, live_server: LiveServer
) -> None:
    open_gallery(page, live_server)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

    assert axe_at_both_widths(page) == []


def test_the_survey_page_is_accessible_in_both_directions(
    page: Page, live_server: LiveServer
) -> None:
    open_gallery(page, live_server, "survey")
    found = axe_at_both_widths(page)
    page.evaluate("document.documentElement.dir = 'rtl'")

    assert found + axe_at_both_widths(page) == []


@pytest.mark.parametrize("name", ["page", "survey"])
def test_a_page_reads_at_400_percent(
    name: str, new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    # 1280 px at 400 % is 320 CSS pixels wide.
    page = new_context(viewport={"width": 320, "height": 256}).new_page()
    open_gallery(page, live_server, name)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(page) == []


def test_one_drawing_of_each_chart_is_shown_at_each_width(
    page: Page, live_server: LiveServer
) -> None:
    open_gallery(page, live_server)
    count = """() => [...document.querySelectorAll('.cx-chart')].map(chart =>
        [...chart.children].filter(svg => getComputedStyle(svg).display !== 'none').length)"""
    for width in (320, 360, 500, 700, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert set(page.evaluate(count)) == {1}, width


def test_no_text_of_a_chart_is_drawn_smaller_than_10_pixels(
    page: Page, live_server: LiveServer
) -> None:
    open_gallery(page, live_server)
    smallest = """() => Math.min(...[...document.querySelectorAll('.cx-chart svg')]
        .filter(svg => svg.clientWidth)
        .flatMap(svg => [...svg.querySelectorAll('text')].map(text =>
            text.getAttribute('font-size') * svg.clientWidth / svg.viewBox.baseVal.width)))"""
    for width in (320, 360, 420, 600, 900, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(smallest) >= 10, width


def test_the_menu_opens_without_script(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(javascript=False, viewport={"width": 360, "height": 700}).new_page()
    open_gallery(page, live_server)

    page.get_by_text("Menu", exact=True).click()

    expect(page.get_by_role("link", name="Surveys")).to_be_visible()


def test_the_first_tab_stop_skips_to_the_content(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(javascript=False).new_page()
    open_gallery(page, live_server)

    page.keyboard.press("Tab")

    assert page.locator(":focus").inner_text() == "Skip to the content"


def test_a_table_sorts_numbers_as_numbers_and_says_so(page: Page, live_server: LiveServer) -> None:
    open_gallery(page, live_server)
    table = page.locator("table", has_text="Nine services")

    table.get_by_role("button", name="Answers").click()

    first = [each.inner_text() for each in table.locator("tbody th").all()]
    assert first == ["River maps", "Park passes", "Boat permits"]
    assert table.locator("th[aria-sort=ascending]").inner_text().startswith("Answers")


def test_the_person_menu_closes_with_escape(page: Page, live_server: LiveServer) -> None:
    open_gallery(page, live_server)
    summary = page.locator(".cx-person summary")
    summary.click()
    page.keyboard.press("Escape")

    expect(page.locator(".cx-person__menu")).to_be_hidden()


@pytest.mark.parametrize("media", ["print", "forced"])
def test_nothing_scrolls_sideways_on_paper_or_in_forced_colours(
    media: str, new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> None:
    page = new_context(forced_colors="active" if media == "forced" else "none").new_page()
    open_gallery(page, live_server)
    page.set_viewport_size({"width": 720, "height": 900})
    if media == "print":
        page.emulate_media(media="print")

    assert page.evaluate("document.documentElement.scrollWidth") <= 720


def test_the_errors_at_the_top_have_the_focus(page: Page, live_server: LiveServer) -> None:
    open_gallery(page, live_server)

    expect(page.locator("#errors")).to_be_focused()
