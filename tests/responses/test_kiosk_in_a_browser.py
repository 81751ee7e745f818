"""A kiosk in Chromium: without a network, restarted, with a wrong clock, and nobody there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Route,
    ViewportSize,
    expect,
)

from tests.browser import QUIET, axe, chromium
from tests.responses.a_kiosk_screen import answer, kept, send_now, send_until, set_up, until
from tests.responses.kiosks import KioskServer

pytestmark = [pytest.mark.browser, pytest.mark.proves("280.10-k5")]
WIDE: ViewportSize = {"width": 1280, "height": 800}
TALL: ViewportSize = {"width": 1080, "height": 1920}
ALL_ON_ONE: ViewportSize = {"width": 2400, "height": 2300}
Open = Callable[..., BrowserContext]
PATIENCE = 60_000  # milliseconds; a busy machine is slow


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskServer]:
    yield from a_server_in(tmp_path_factory.mktemp("kiosks") / "record")


@pytest.fixture
def server(shared: KioskServer) -> KioskServer:
    """The same for all tests that leave the survey as it is; each takes a kiosk of its own."""
    shared.be_up()
    return shared


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[KioskServer]:
    """For tests that change the survey."""
    yield from a_server_in(tmp_path / "record")


def a_server_in(folder: Path) -> Iterator[KioskServer]:
    folder.mkdir()
    server = KioskServer(folder)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def open_browser(browser: Browser) -> Iterator[Open]:
    opened: list[BrowserContext] = []

    def start(viewport: ViewportSize = WIDE, **options: Any) -> BrowserContext:
        context = browser.new_context(viewport=viewport, locale="en-US", **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


@pytest.fixture
def restart_browser(browser: Browser, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """Ends the kiosk's browser as a power cut does, and starts it on what the disk kept."""
    opened: list[BrowserContext] = []

    def start() -> BrowserContext:
        for context in opened:
            context.close()
        opened[:] = [
            browser.browser_type.launch_persistent_context(
                tmp_path / "profile", executable_path=chromium(), args=QUIET, viewport=ALL_ON_ONE,
                timeout=4 * PATIENCE,
            )
        ]  # fmt: skip
        opened[0].set_default_timeout(PATIENCE)
        return opened[0]

    yield start
    for context in opened:
        context.close()


def test_fifty_answers_without_a_network_and_a_restart_are_stored_once(
    server: KioskServer, restart_browser: Callable[[], BrowserContext]
) -> None:
    page = set_up(restart_browser(), server)
    server.kill()

    for number in range(50):
        answer(page, 1 + number % 5)
    page.locator("label[for=q-trust-5]").click()  # somebody had begun when the power went
    until(lambda: kept(page, "begun") == 1)
    page = restart_browser().pages[0]
    page.goto(server.root)  # still without a network
    waited = kept(page)
    server.start()
    send_now(page)
    until(lambda: len(server.stored()) >= 50)
    until(lambda: kept(page) == 0)
    send_now(page)

    assert waited == 50
    send_until(page, lambda: server.began() == 51)  # and who had begun when the power went
    send_now(page)
    assert server.began() == 51
    rows = server.stored()
    assert len(rows) == 50
    assert {row[:3] for row in rows} == {(1, "kiosk", "en")}
    given = [json.loads(str(row[3]))["trust"] for row in rows]
    assert sorted(given) == sorted([1, 2, 3, 4, 5] * 10)


def test_a_server_that_is_ill_or_busy_loses_nothing(
    server: KioskServer, open_browser: Open
) -> None:
    page = set_up(open_browser(ALL_ON_ONE), server)
    turned_away: list[int] = []

    def ill(route: Route) -> None:
        turned_away.append([500, 429, 502][len(turned_away) % 3])
        route.fulfill(status=turned_away[-1], headers={"Retry-After": "1"}, body="no")

    page.context.route("**/kiosk/answers", ill)
    for _ in range(3):
        answer(page)
    send_now(page)
    until(lambda: len(turned_away) >= 3)
    assert kept(page) == 3
    page.context.unroute("**/kiosk/answers")
    send_now(page)
    until(lambda: kept(page) == 0)

    assert len(server.stored()) == 3


def test_an_acknowledgment_that_is_lost_doubles_nothing(
    server: KioskServer, open_browser: Open
) -> None:
    page = set_up(open_browser(ALL_ON_ONE), server)
    lost: list[int] = []

    def loses_the_answer(route: Route) -> None:
        status = route.fetch().status
        route.abort()
        lost.append(status)

    page.context.route("**/kiosk/answers", loses_the_answer)
    answer(page)
    until(lambda: kept(page) == 1 and bool(lost))  # asking the page lets the route go on
    page.context.unroute_all(behavior="ignoreErrors")  # another sending may be on its way
    send_now(page)
    until(lambda: kept(page) == 0)

    assert lost[0] == 200
    assert len(server.stored()) == 1


def test_two_tabs_send_each_answer_once(server: KioskServer, open_browser: Open) -> None:
    page = set_up(open_browser(ALL_ON_ONE), server)
    other = page.context.new_page()
    other.goto(server.root)
    server.kill()

    for each in (page, other, page, other):
        each.bring_to_front()
        answer(each)
    server.start()
    send_now(page)
    send_now(other)
    until(lambda: kept(page) == 0)

    assert len(server.stored()) == 4


def test_a_clock_a_day_ahead_puts_answers_at_their_own_time(
    server: KioskServer, open_browser: Open
) -> None:
    context = open_browser(ALL_ON_ONE)
    context.add_init_script("const now = Date.now; Date.now = () => now() + 86400000;")
    page = set_up(context, server)

    answer(page)
    until(lambda: len(server.stored()) == 1)

    at = datetime.fromisoformat(str(server.stored()[0][4])).replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=2)


def test_a_survey_reworded_meanwhile_takes_the_old_answers_and_then_asks_anew(
    own_server: KioskServer, open_browser: Open
) -> None:
    page = set_up(open_browser(ALL_ON_ONE), own_server)
    own_server.kill()
    answer(page)
    own_server.reword_survey()

    own_server.start()
    reworded = page.locator("body:not(:has([data-name=trust])) label[for=q-ease-4]")
    send_until(page, lambda: reworded.count() == 1)

    assert [row[0] for row in own_server.stored()] == [1]
    page.locator("label[for=q-ease-4]").click()
    page.locator("#send").click()
    until(lambda: len(own_server.stored()) == 2)
    assert [row[0] for row in own_server.stored()] == [1, 2]


def test_a_survey_closed_meanwhile_takes_what_waits_and_says_that_it_is_closed(
    own_server: KioskServer, open_browser: Open
) -> None:
    page = set_up(open_browser(ALL_ON_ONE), own_server)
    own_server.kill()
    answer(page)
    own_server.close_survey()

    own_server.start()
    closed = page.get_by_role("heading", level=1, name="This survey is closed")
    send_until(page, lambda: closed.count() == 1)

    assert len(own_server.stored()) == 1
    assert axe(page) == []


def test_after_the_last_day_of_the_approval_it_asks_nothing_even_without_a_network(
    server: KioskServer, open_browser: Open
) -> None:
    context = open_browser()
    context.add_init_script(
        "if (location.hash === '#later') { const now = Date.now; Date.now = () => now() + 1e12; }"
    )
    page = set_up(context, server)
    server.kill()
    page.evaluate("localStorage.clear()")

    page.goto("about:blank")
    page.goto(f"{server.root}#later")

    expect(page.locator("#off")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()


def test_spanish_without_a_network_and_back_to_the_start(
    server: KioskServer, open_browser: Open
) -> None:
    page = set_up(open_browser(ALL_ON_ONE), server)
    server.kill()

    page.get_by_role("link", name="Español").click()
    page.get_by_label("De acuerdo", exact=True).first.check(force=True)
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("heading", name="Gracias")).to_be_visible()
    page.get_by_role("button", name="Empezar de nuevo ahora").click()

    expect(page.get_by_role("button", name="Send")).to_be_visible()
    server.start()
    send_now(page)
    until(lambda: len(server.stored()) == 1)
    assert server.stored()[0][2] == "es"


def test_the_keyboard_alone_is_enough_one_question_a_screen(
    server: KioskServer, open_browser: Open
) -> None:
    page = set_up(open_browser(WIDE), server)
    expect(page.locator("#step")).to_have_text("Question 1 of 3")

    page.locator("#q-trust-5").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # not the last question: it goes on, and sends nothing
    expect(page.locator("#step")).to_have_text("Question 2 of 3")
    for number in (3,):
        page.locator("#next").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#step")).to_have_text(f"Question {number} of 3")
    page.locator("#send").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="We have your answers")).to_be_focused()
    until(lambda: len(server.stored()) == 1)
    assert json.loads(str(server.stored()[0][3]))["trust"] == 4


def test_nothing_chosen_is_told_and_not_stored(server: KioskServer, open_browser: Open) -> None:
    page = set_up(open_browser(ALL_ON_ONE), server)

    page.locator("#send").click()

    expect(page.get_by_role("alert")).to_contain_text("Choose an answer first")
    assert kept(page) == 0


def test_nobody_there_starts_over_and_somebody_slow_gets_more_time(
    server: KioskServer, open_browser: Open
) -> None:
    page = set_up(open_browser(WIDE), server)
    page.locator("label[for=q-trust-5]").click()
    page.evaluate("Object.assign(document.body.dataset, {idle: 1, warning: 30})")

    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#more")).to_be_focused()
    expect(page.locator("#left")).to_have_text("27")  # it counts where people see it
    assert axe(page) == []
    page.locator("#more").click()
    assert page.locator("#q-trust-5").is_checked()
    page.evaluate("Object.assign(document.body.dataset, {idle: 1, warning: 1})")

    expect(page.locator("#q-trust-5")).not_to_be_checked()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert kept(page) == 0
    assert server.stored() == []


@pytest.mark.parametrize("size", [WIDE, TALL], ids=["1280x800", "1080x1920"])
def test_every_screen_is_clean_with_targets_of_64_px(
    server: KioskServer, open_browser: Open, size: ViewportSize
) -> None:
    page = set_up(open_browser(size), server)
    found = [*axe(page), *small_targets(page), *sideways(page)]

    page.locator("label[for=q-trust-5]").click()
    page.locator("#next").click()
    found += [*axe(page), *small_targets(page)]
    page.locator("summary").click()
    found += [*axe(page), *sideways(page)]
    page.locator("#next").click()
    page.locator("#send").click()
    expect(page.locator("#thanks")).to_be_visible()
    found += [*axe(page), *small_targets(page)]

    assert found == []


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll("button, a, summary, label")]
          .filter((each) => each.offsetParent)
          .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
          .filter(([, box]) => box.height < 64 || box.width < 64).map(([text]) => text)"""
    )
    return found


def sideways(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    return ["scrolls sideways"] if wide else []


def test_without_a_script_it_is_a_plain_page_that_starts_over(
    server: KioskServer, open_browser: Open
) -> None:
    context = open_browser(WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(server.next_link())
    page.get_by_role("button").click()

    page.locator("label[for=q-trust-5]").click()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your answers.")
    assert len(server.stored()) == 1
    page.wait_for_url(f"{server.root}?lang=en")  # by itself
