"""What people and networks do at a kiosk's screen, in Chromium."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.responses.kiosks import KioskServer


def set_up(context: BrowserContext, server: KioskServer) -> Page:
    """The device, made the kiosk, with its pages kept."""
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(server.next_link())
    page.get_by_role("button", name="Make this device the kiosk").click()
    page.wait_for_url(server.root)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # as the worker gives it from now on
    return page


def answer(page: Page, code: int = 4) -> None:
    """One person, on a screen that shows everything."""
    page.locator(f"label[for=q-trust-{code}]").click()
    page.locator("#send").click()
    page.locator("#again").click()
    expect(page.locator("#survey")).to_be_visible()


def kept(page: Page, what: str = "answers") -> int:
    """How many answers (or `begun`: people who began) wait on the device."""
    count: int = page.evaluate(
        """(what) => new Promise((done) => {
          const asked = indexedDB.open(`cx280-kiosk ${document.body.dataset.root}`);
          asked.onsuccess = () => {
            const count = asked.result.transaction(what).objectStore(what).count();
            count.onsuccess = () => { asked.result.close(); done(count.result); };
          };
        })""",
        what,
    )
    return count


def send_now(page: Page) -> None:
    """As when the network comes back: the kiosk would try by itself within minutes."""
    page.evaluate("dispatchEvent(new Event('online'))")


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def send_until(page: Page, holds: Callable[[], bool]) -> None:
    """Sends every moment, as the kiosk does every half minute: a page just opened stays a while."""

    def sent_and_holds() -> bool:
        with suppress(Error):  # between two pages
            send_now(page)
            return holds()
        return False

    until(sent_and_holds)
