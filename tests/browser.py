"""A real browser for tests: Chromium against a live server, and axe on what it shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from cx280.accounts.models import Person

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
AXE = Path(__file__).resolve().parents[1] / "node_modules/axe-core/axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Playwright keeps an event loop in this thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def chromium() -> str:
    """The path of Chromium: its headless shell where there is one, for half the processor time."""
    named = os.environ.get("CX280_CHROMIUM")
    found = named or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not found:
        pytest.fail("Chromium is missing: run `make setup-tests`.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield started
        started.close()


@pytest.fixture
def new_context(
    browser: Browser, live_server: LiveServer
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a context against the live server: `new_context(person=…, javascript=False, …)`."""
    opened: list[BrowserContext] = []

    def make(
        person: Person | None = None, *, javascript: bool = True, **options: Any
    ) -> BrowserContext:
        context = browser.new_context(
            **{
                "base_url": live_server.url,
                "viewport": DESK,
                "java_script_enabled": javascript,
                "locale": "en-US",
                **options,
            }
        )
        if person is not None:
            client = Client()
            client.force_login(person, backend="cx280.accounts.backends.PasswordOrLink")
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
            )
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A signed-out page at 1280 px."""
    return new_context().new_page()


@pytest.fixture
def signed_in_page(new_context: Callable[..., BrowserContext]) -> Callable[[Person], Page]:
    """A page for a person who has signed in."""

    def open_page(person: Person) -> Page:
        return new_context(person).new_page()

    return open_page


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands: `rule: help (first element)`; [] is clean."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Only what is wrong leaves the browser: all that is right is a megabyte to read.
    found: list[str] = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
        " 'best-practice'], resultTypes: ['violations']}).then(found => found.violations.map("
        "each => `${each.id}: ${each.help} (${each.nodes[0].html.slice(0, 160)})`))"
    )
    return found


def axe_at_both_widths(page: Page) -> list[str]:
    """axe at 360 and at 1280 px, and whether the page scrolls sideways at 360."""
    found: list[str] = []
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        found += [f"{viewport['width']} px: {each}" for each in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            found.append(f"{viewport['width']} px: the page scrolls sideways")
    return found


def faults_on(page: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """What `axe_at_both_widths` finds on each page that opens, by address; {} is clean."""
    found = {}
    for address in addresses:
        answer = page.goto(address)
        opens = answer is not None and answer.ok
        found[address] = axe_at_both_widths(page) if opens else ["the page does not open"]
    return {address: faults for address, faults in found.items() if faults}


def looked_at(page: Page, name: str) -> list[Any]:
    """What axe finds at both widths; a picture of each where CX280_PICTURES names a folder."""
    folder = os.environ.get("CX280_PICTURES")
    for viewport in (PHONE, DESK) if folder else ():
        page.set_viewport_size(viewport)
        path = Path(str(folder)) / f"{name}-{viewport['width']}.png"
        page.screenshot(path=str(path), full_page=True)
    return list(axe_at_both_widths(page))
