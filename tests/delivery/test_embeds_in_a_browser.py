"""Surveys on a website of another origin, under the strictest policy, in Chromium by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cx280.delivery.rules.marks import Mark
from cx280.delivery.rules.vocabulary import EmbedKind, Moment
from tests.delivery.a_visitor import answer_by_keyboard, faults, focused, frame_of, tab_to
from tests.delivery.a_website import FILLER, JOINED, LINKED, PROMPTED, Cx280, Website
from tests.telemetry.websites import waited

pytestmark = pytest.mark.browser
WATCH = """
self.shift = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => {
  if (!each.hadRecentInput) shift += each.value;
})).observe({type: 'layout-shift', buffered: true});
"""
SILENT = "navigator.__defineGetter__('globalPrivacyControl', () => true)"
FLOW = '<form data-cx-flow="renew" data-cx-step="who"><label>Name <input id="name"></label></form>'
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def website() -> Iterator[Website]:
    started = Website()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def cx280(website: Website, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cx280]:
    started = Cx280(tmp_path_factory.mktemp("cx280"), website.address)
    started.start()
    website.allows = started.address

    def mark(code: str, **more: Any) -> Mark:
        return Mark(f"{started.address}/s/{code}/", code, "Tell us how it went", **more)

    linked, prompted = mark(LINKED), mark(PROMPTED, moment=Moment.ENDED)
    tab, inline = linked.written(EmbedKind.TAB), linked.written(EmbedKind.INLINE)
    prompt = prompted.written(EmbedKind.PROMPT)
    website.put("/tab", FILLER + tab)
    website.put("/es", tab, lang="es-MX")
    website.put("/in-sight", inline + FILLER)
    website.put("/below", FILLER + inline + "<p>What stands below</p>")
    website.put("/joined", mark(JOINED).written(EmbedKind.TAB))
    website.put("/renew", FLOW + '<a href="/done">Next</a> <a href="/else">Leave</a>')
    website.put("/done", f'<p data-cx-complete="renew">Done</p>{FLOW}{prompt}{FILLER}')
    website.put("/else", FILLER + prompt)
    yield started
    started.stop()


@pytest.fixture
def visit(browser: Browser, website: Website, cx280: Cx280) -> Iterator[Visit]:
    """Opens a page as a new visitor; fails at the end for anything said on the console."""
    said: list[str] = []
    opened: list[BrowserContext] = []

    def go(path: str, *, before: str = "", **options: Any) -> Page:
        context = browser.new_context(base_url=website.address, locale="en-US", **options)
        opened.append(context)
        context.add_init_script(WATCH + before)
        page = context.new_page()
        page.on("console", lambda line: said.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path)
        return page

    yield go
    for each in opened:
        each.close()
    assert said == []


def answers(cx280: Cx280, code: str) -> int:
    found = cx280.rows(
        "SELECT count(*) FROM responses_response r JOIN surveys_surveyversion v"
        " ON r.version_id = v.id JOIN surveys_survey s ON v.survey_id = s.id"
        f" WHERE s.code = '{code}'"
    )
    return int(str(found[0][0]))


def counted(cx280: Cx280, kind: str, name: str) -> int:
    """What the record has counted so far; it is written every five seconds."""
    (found,) = cx280.rows(f"SELECT sum({name}) FROM responses_offercount WHERE embed = '{kind}'")
    return int(str(found[0] or 0))


def prompt_on(page: Page) -> Page:
    """The page after the flow was completed by keyboard, with the prompt in sight."""
    tab_to(page, "name")
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/done")
    expect(page.get_by_text("Would you tell us how it went?").first).to_be_visible()
    return page


@pytest.mark.parametrize("viewport", [(1280, 800), (320, 256)])
def test_a_tab_is_opened_answered_and_closed_by_keyboard(
    visit: Visit, cx280: Cx280, viewport: tuple[int, int]
) -> None:
    before = answers(cx280, LINKED)
    width, height = viewport
    page = visit("/tab", viewport={"width": width, "height": height})
    expect(page.get_by_role("button", name="Feedback")).to_be_visible()
    assert faults(page) == []

    tab_to(page, "Feedback")
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="How was your boat permit?").is_visible()
    assert focused(page) == "Close"
    frame_of(page)
    assert faults(page) == []
    answer_by_keyboard(page)

    assert faults(page) == []
    assert answers(cx280, LINKED) == before + 1
    page.keyboard.press("Escape")  # in the frame of another origin
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Feedback")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_answered_is_still_there_when_it_is_opened_again(visit: Visit) -> None:
    page = visit("/tab")
    tab_to(page, "Feedback")
    page.keyboard.press("Enter")
    frame = frame_of(page)
    tab_to(page, "q-trust-5")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Enter")

    assert frame.locator("#q-trust-5").is_checked()
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")  # on the button of the website's page
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Feedback")).to_be_focused()


def test_the_link_in_the_page_opens_it_too_and_gets_the_focus_back(visit: Visit) -> None:
    page = visit("/tab")
    expect(page.get_by_role("button", name="Feedback")).to_be_visible()

    tab_to(page, "Tell us how it went")
    page.keyboard.press("Enter")
    frame_of(page)
    page.keyboard.press("Escape")

    assert focused(page) == "Tell us how it went"
    assert page.url.endswith("/tab")


def test_in_sight_it_opens_where_its_link_was_pressed(visit: Visit, cx280: Cx280) -> None:
    before = answers(cx280, LINKED)
    page = visit("/in-sight")
    page.wait_for_timeout(500)
    assert len(page.frames) == 1, "nothing is loaded before somebody wants it"
    assert faults(page) == []

    tab_to(page, "Tell us how it went")
    page.keyboard.press("Enter")
    answer_by_keyboard(page)

    assert faults(page) == []
    assert answers(cx280, LINKED) == before + 1


def test_below_the_screen_it_stands_ready_as_tall_as_it_is(visit: Visit) -> None:
    page = visit("/below", viewport={"width": 1280, "height": 500})
    frame = frame_of(page)
    tall = frame.evaluate("document.body.getBoundingClientRect().height")
    height = "document.querySelector('cx-ask').shadowRoot.querySelector('iframe').clientHeight"
    page.wait_for_function(f"{height} >= {tall}")

    page.get_by_text("What stands below").scroll_into_view_if_needed()
    answer_by_keyboard(page)

    assert faults(page) == []


@pytest.mark.proves("280.10-k3")
def test_a_prompt_comes_once_after_a_flow_and_is_counted_once(visit: Visit, cx280: Cx280) -> None:
    names = ("offered", "started", "began", "finished")
    before = [counted(cx280, "prompt", each) for each in names]
    page = prompt_on(visit("/renew"))
    assert faults(page) == []
    assert focused(page) == "BODY", "it takes the focus from nobody"

    tab_to(page, "Yes, now")
    page.keyboard.press("Enter")
    answer_by_keyboard(page)
    assert faults(page) == []
    page.goto("/done")
    page.evaluate("cx('complete', 'renew')")
    page.wait_for_timeout(600)

    expect(page.get_by_text("Would you tell us how it went?")).to_have_count(0)
    now = waited(lambda: _all(cx280, names, before), seconds=12)
    assert now == [each + 1 for each in before]
    expect(page.get_by_text("Would you tell us how it went?")).to_have_count(0)


def _all(cx280: Cx280, names: tuple[str, ...], before: list[int]) -> list[int] | None:
    now = [counted(cx280, "prompt", each) for each in names]
    return now if all(a > b for a, b in zip(now, before, strict=True)) else None


def test_no_thank_you_and_escape_send_a_prompt_away(visit: Visit) -> None:
    for key, press in (("No, thank you", "Enter"), ("Yes, now", "Escape")):
        page = prompt_on(visit("/renew"))
        tab_to(page, key)
        page.keyboard.press(press)

        expect(page.get_by_text("Would you tell us how it went?").first).to_be_hidden()
        assert len(page.frames) == 1


def test_a_prompt_comes_after_a_flow_that_was_given_up(visit: Visit) -> None:
    page = visit("/renew")
    tab_to(page, "name")
    tab_to(page, "Leave")
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Yes, now")).to_be_visible()
    assert faults(page) == []


def test_a_prompt_waits_while_somebody_writes(visit: Visit) -> None:
    page = visit("/done")
    page.focus("#name")
    page.evaluate("cx('complete', 'renew')")
    page.wait_for_timeout(1500)
    expect(page.get_by_role("button", name="Yes, now")).to_have_count(0)

    page.evaluate("document.activeElement.blur()")

    expect(page.get_by_role("button", name="Yes, now")).to_be_visible()


def test_with_global_privacy_control_no_prompt_comes_and_what_people_open_stays(
    visit: Visit,
) -> None:
    asked: list[str] = []
    page = visit("/done", before=SILENT)
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("cx('complete', 'renew')")
    page.wait_for_timeout(600)
    assert asked == []

    for path in ("/tab", "/below"):
        page.goto(path)
        page.wait_for_selector("cx-ask", state="attached")
    page.goto("/tab")
    tab_to(page, "Feedback")
    page.keyboard.press("Enter")
    answer_by_keyboard(page)

    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.context.cookies() == []
    assert not any("/t/v1/" in each or "offered" in each for each in asked)


@pytest.mark.parametrize("path", ["/tab", "/below", "/done"])
def test_without_a_script_there_is_a_plain_link(visit: Visit, path: str) -> None:
    page = visit(path, java_script_enabled=False)

    page.get_by_role("link", name="Tell us how it went").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("How was your boat permit?")


def test_a_page_in_spanish_shows_it_in_spanish(visit: Visit) -> None:
    page = visit("/es")
    tab_to(page, "Su opinión")
    page.keyboard.press("Enter")

    assert focused(page) == "Cerrar"
    assert frame_of(page).locator("html").get_attribute("lang") == "es"
    assert frame_of(page).locator("h1").inner_text() == "¿Cómo le fue con su permiso de barco?"
    assert faults(page) == []


@pytest.mark.proves("280.7-j2")
def test_the_visit_goes_along_only_where_the_survey_says_so(visit: Visit, cx280: Cx280) -> None:
    for path, code, joined in (("/tab", LINKED, False), ("/joined", JOINED, True)):
        page = visit(path)
        page.wait_for_timeout(2300)  # the name of the visit stands in the session by then
        tab_to(page, "Feedback")
        page.keyboard.press("Enter")
        assert ("visit=" in frame_of(page).url) is joined
        answer_by_keyboard(page)
        kept = cx280.rows("SELECT visit FROM responses_response ORDER BY received_at DESC LIMIT 1")
        assert bool(kept[0][0]) is joined, code


def test_forced_colours_keep_the_edges(visit: Visit) -> None:
    page = visit("/tab", forced_colors="active", reduced_motion="reduce")
    tab = page.get_by_role("button", name="Feedback")
    expect(tab).to_be_visible()

    edge = tab.evaluate("each => getComputedStyle(each).borderTopColor")
    ground = tab.evaluate("each => getComputedStyle(each).backgroundColor")

    assert edge != ground
    assert page.evaluate("document.getAnimations().length") == 0


def test_switched_off_in_cx280_it_is_gone_from_the_website(visit: Visit, cx280: Cx280) -> None:
    switch = "switch_embed(survey, EmbedKind.TAB, by=None, on={})"
    cx280.change(LINKED, switch.format(False))

    page = visit("/tab")
    page.wait_for_timeout(600)

    expect(page.get_by_role("button", name="Feedback")).to_have_count(0)
    expect(page.get_by_role("link", name="Tell us how it went")).to_be_visible()
    cx280.change(LINKED, switch.format(True))
    expect(visit("/tab").get_by_role("button", name="Feedback")).to_be_visible()


def test_those_whom_the_dice_do_not_choose_are_not_asked_at_any_page(
    visit: Visit, cx280: Cx280
) -> None:
    plan = "from django.utils import timezone; save_plan(survey, by=None, now=timezone.now(),"
    cx280.change(PROMPTED, f"{plan} method='simple', rate=0.000001)")
    page = visit("/done")
    for _ in range(2):
        page.evaluate("cx('complete', 'renew')")
        waited(lambda: page.evaluate("sessionStorage.cx280ask"))
        page.goto("/done")
    cx280.change(PROMPTED, f"{plan} method='simple', rate=1.0)")

    page.evaluate("cx('complete', 'renew')")
    page.wait_for_timeout(600)

    assert page.evaluate("sessionStorage.cx280ask") == "no"
    expect(page.get_by_role("button", name="Yes, now")).to_have_count(0)


def test_a_website_that_nobody_named_shows_the_link_and_cannot_frame_it(
    browser: Browser, cx280: Cx280, website: Website
) -> None:
    stranger = Website()
    stranger.allows = cx280.address
    address = f"{cx280.address}/s/{LINKED}/?embed=tab"
    stranger.put("/", f'{website.pages["/tab"]}<iframe title="x" src="{address}"></iframe>')
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text))

    page.goto(stranger.address)
    page.wait_for_timeout(600)

    assert page.locator("cx-ask").count() == 0
    assert any("frame-ancestors" in each for each in refused)
    page.close()
    stranger.stop()
