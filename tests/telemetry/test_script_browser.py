"""cx.js in Chromium, on a website of another origin whose content policy is strict."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from tests.browser import axe_at_both_widths
from tests.builders import a_person, an_agency
from tests.telemetry.websites import Collector, Event, Website, waited

pytestmark = pytest.mark.browser
BODY = """<!doctype html><html lang="es-US"><title>Page</title><body>
<h1>Permits</h1><button data-cx="Call Me!">Call</button><button id="plain">Plain</button>
<a id="out" href="https://example.gov/people/jane.doe@example.gov?who=me">Out</a>
<a id="file" href="/fees-2026.pdf">File</a>
<button data-cx-helpful="yes">Yes</button><button data-cx-helpful="no">No</button>
<a id="next" href="/renew/payment">Next</a>
{more}{script}</body></html>"""
FORM = '<form data-cx-flow="renew" data-cx-step="{step}"><input id="field">{more}</form>'
FAULT = '<p data-cx-error="no-name" id="fault" role="alert"></p>'
HOLD_LINKS = "addEventListener('click', e => e.target.closest('a') && e.preventDefault())"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    started = Collector()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def website(collector: Collector) -> Iterator[Website]:
    started = Website(collector.address)
    tag = f'<script src="{collector.address}/t/cx.js" data-site="KEY" {{}} defer></script>'

    def page(more: str = "", attributes: str = "") -> str:
        return BODY.format(more=more, script=tag.format(attributes))

    started.pages = {
        "/": page(),
        "/other": page(),
        "/asked": page(attributes='data-queries="topic,q"'),
        "/bare": BODY.format(more="", script=""),
        "/renew/address": page(FORM.format(step="address", more=FAULT)),
        "/renew/payment": page(FORM.format(step="payment", more="")),
        "/renew/done": page('<p data-cx-complete="renew">Done</p>'),
    }
    yield started
    started.stop()


@pytest.fixture
def visit(
    browser: Browser, website: Website, collector: Collector
) -> Iterator[Callable[..., Page]]:
    """Opens a page of the website as a new visitor; fails at the end if it raised an error."""
    collector.forget()
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def go(path: str = "/", *, before: str = "") -> Page:
        context = browser.new_context(base_url=website.address, locale="en-US")
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    time.sleep(0.15)  # what a closing page sent belongs to this test, not to the next
    assert errors == []


def leave(page: Page) -> None:
    """Goes away from the website, as closing the tab does."""
    page.goto("about:blank")


def has(kind: str, name: str, count: int = 1) -> Callable[[list[Event]], bool]:
    return lambda events: sum((e["kind"], e["name"]) == (kind, name) for e in events) >= count


def pages_viewed(events: list[Event]) -> list[str]:
    return [each["page"] for each in events if each["kind"] == "page_view"]


def test_what_people_press_is_sent_when_the_page_is_left_and_nothing_stays(
    visit: Callable[..., Page], collector: Collector
) -> None:
    page = visit("/?secret=jane@example.gov#part", before=HOLD_LINKS)
    for selector in ("[data-cx]", "#plain", "#out", "#file", "[data-cx-helpful=yes]"):
        page.click(selector)
    page.click("[data-cx-helpful=no]")
    stored = page.evaluate("[document.cookie, localStorage.length]")
    leave(page)

    events = collector.wait(has("other", "inp"))
    assert [(e["kind"], e["name"]) for e in events] == [
        ("page_view", ""), ("click", "call-me-"), ("click", "outbound"), ("click", "download"),
        ("other", "helpful"), ("other", "helpful"), *[("other", e["name"]) for e in events[6:]],
    ]  # fmt: skip
    assert {e["name"] for e in events[6:]} == {"lcp", "cls", "inp"}
    assert [e["value"] for e in events[4:6]] == [1, 0]
    assert [e["properties"]["to"] for e in events[2:4]] == [
        "https://example.gov/people/(removed)",
        "/fees-2026.pdf",
    ]
    assert {e["page"] for e in events} == {"/"}
    assert {(e["site"], e["language"]) for e in events} == {("KEY", "es")}
    assert len({e["id"] for e in events}) == len(events)
    assert len({e["visit"] for e in events}) == 1
    assert all(len(e["id"]) <= 36 and len(e["visit"]) <= 32 for e in events)
    assert stored == ["", 0]
    assert page.context.cookies() == []
    assert set(collector.methods) == {"POST"}, "no preflight"
    assert all(each["content-type"].startswith("text/plain") for each in collector.headers)
    assert not any("cookie" in each for each in collector.headers)


def test_vitals_are_measured_in_their_units(
    visit: Callable[..., Page], collector: Collector
) -> None:
    page = visit("/")
    page.click("#plain")
    page.wait_for_timeout(100)
    leave(page)

    collector.wait(has("other", "inp"))
    (lcp,), (cls,), (inp,) = (collector.named("other", each) for each in ("lcp", "cls", "inp"))
    assert 0 < lcp["value"] < 10_000
    assert (lcp["unit"], inp["unit"], cls["unit"]) == ("ms", "ms", "score")
    assert 0 < inp["value"] < 5_000
    assert cls["value"] == 0


def test_a_new_tab_is_a_new_visit_and_closing_it_loses_nothing(
    visit: Callable[..., Page], collector: Collector
) -> None:
    first = visit("/")
    second = first.context.new_page()
    second.goto(f"{first.url}other")
    first.goto(f"{first.url}other")
    second.evaluate("cx('click', 'just-before')")
    leave(first)
    second.close(run_before_unload=True)

    events = collector.wait(
        lambda all_: has("click", "just-before")(all_) and len(pages_viewed(all_)) == 3
    )
    assert len({e["visit"] for e in events}) == 2
    assert len({e["visit"] for e in events if e["page"] == "/"}) == 1


def test_a_page_is_counted_once_for_each_navigation_within_it(
    visit: Callable[..., Page], collector: Collector
) -> None:
    page = visit("/asked?topic=fees&name=jane&q=555-867-5309#top")
    page.evaluate("history.pushState({}, '', '/spa?topic=dates')")
    page.wait_for_timeout(50)
    page.evaluate("history.replaceState({scroll: 1}, '', '/spa?topic=dates&utm=mail')")
    page.wait_for_timeout(50)
    page.evaluate("history.pushState({}, '', '/hop'); history.replaceState({}, '', '/landed')")
    page.wait_for_timeout(50)
    page.go_back()
    page.wait_for_timeout(50)
    leave(page)

    events = collector.wait(has("other", "cls"))
    assert pages_viewed(events) == [
        "/asked?topic=fees&q=(removed)",
        "/spa?topic=dates",
        "/landed",
        "/spa?topic=dates",
    ]
    assert not any("jane" in str(e) or "555-867" in str(e) for e in events)


def test_what_may_name_a_person_never_leaves_the_browser(
    visit: Callable[..., Page], collector: Collector
) -> None:
    page = visit("/")
    for path in (
        "/people/jane.doe%40example.gov/file",
        "/case/078-05-1120/",
        "/call/202%20555%200147",
        "/account/12345678",
        "/news/2026-11-27/fees",
    ):
        page.evaluate(f"history.pushState({{}}, '', {path!r})")
        page.wait_for_timeout(30)
    page.evaluate("cx('click', 'mail jane@example.gov', {properties: {id: '078-05-1120'}})")
    leave(page)

    events = collector.wait(has("click", "mail-removed-"))
    assert pages_viewed(events) == [
        "/",
        "/people/(removed)/file",
        "/case/(removed)/",
        "/call/(removed)",
        "/account/(removed)",
        "/news/2026-11-27/fees",
    ]
    assert collector.named("click", "mail-removed-")[0]["properties"] == {"id": "(removed)"}


def test_a_browser_that_asks_not_to_be_measured_sends_nothing(
    visit: Callable[..., Page], collector: Collector
) -> None:
    pages = []
    for name, value in (("globalPrivacyControl", "true"), ("doNotTrack", "'1'")):
        signal = f"Object.defineProperty(Navigator.prototype, '{name}', {{get: () => {value}}})"
        page = visit("/", before=signal)
        page.evaluate("cx('error', 'anything')")
        page.click("[data-cx]")
        pages.append(page)
    stored = [
        page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
        for page in pages
    ]
    for page in pages:
        leave(page)

    assert stored == [["", 0, 0]] * 2
    assert collector.methods == []


def test_a_flow_over_several_pages_is_one_flow(
    visit: Callable[..., Page], collector: Collector
) -> None:
    page = visit("/renew/address")
    page.focus("#field")
    page.evaluate("fault.textContent = 'Write your name.'")
    waited(lambda: page.evaluate("sessionStorage.length") or None)  # sent once, two seconds on
    page.click("#next")
    page.wait_for_url("**/payment")
    page.click("#plain")  # its page then moves on by script
    page.goto("/renew/done")
    page.wait_for_timeout(400)
    leave(page)

    events = collector.wait(has("transaction_complete", ""))
    flow = [e for e in events if "flow" in e]
    assert sorted((e["kind"], e["name"], e.get("step", "")) for e in flow) == [
        ("error", "no-name", "address"),
        ("other", "step", "address"),
        ("other", "step", "payment"),
        ("transaction_complete", "", ""),
        ("transaction_start", "", ""),
    ]
    assert {e["flow"] for e in flow} == {"renew"}
    seconds = {e.get("step", e["kind"]): e["value"] for e in flow if "value" in e}
    assert 2 <= seconds["payment"] <= seconds["transaction_complete"] < 20


def test_a_flow_that_is_left_is_abandoned_once_and_may_be_taken_up_again(
    visit: Callable[..., Page], collector: Collector
) -> None:
    page = visit("/renew/address")
    page.wait_for_timeout(300)
    leave(page)
    collector.wait(has("other", "abandon"))
    page.go_back()
    page.wait_for_timeout(300)
    page.evaluate("cx('step', 'renew', {step: 'payment'}); cx('error', 'declined', {value: 3})")
    page.evaluate("const loop = {}; loop.loop = loop; cx('other', 'x', loop)")
    page.evaluate("cx('complete', 'renew')")
    leave(page)

    events = collector.wait(has("transaction_complete", ""))
    (declined,) = collector.named("error", "declined")
    assert (declined["flow"], declined["step"], declined["value"]) == ("renew", "payment", 3)
    assert len(collector.named("other", "abandon")) == 1
    assert len([e for e in events if e["kind"] == "transaction_start"]) == 1


def test_a_flow_is_abandoned_where_the_next_page_has_nothing_of_it(
    visit: Callable[..., Page], collector: Collector
) -> None:
    page = visit("/renew/address")
    page.wait_for_timeout(300)
    page.click("#plain")  # something was pressed just before, so leaving alone tells nothing
    page.goto("/other")

    collector.wait(has("other", "abandon"))
    (left,) = collector.named("other", "abandon")
    assert (left["flow"], left["step"], left["page"]) == ("renew", "address", "/other")


def test_what_could_not_be_sent_is_sent_again_by_the_next_page_under_the_same_ids(
    visit: Callable[..., Page], collector: Collector
) -> None:
    collector.status = 503
    page = visit("/")
    waited(lambda: collector.refused or None)
    page.wait_for_timeout(100)
    collector.status = 202
    page.goto("/other")
    leave(page)

    events = collector.wait(lambda all_: {"/", "/other"} <= set(pages_viewed(all_)))
    (first,) = {e["id"] for e in collector.refused[0] if e["kind"] == "page_view"}
    assert first in {e["id"] for e in events}


def test_a_blocked_collector_raises_no_error_in_the_page(visit: Callable[..., Page]) -> None:
    page = visit(
        "/",
        before="window.fetch = () => Promise.reject(new TypeError('blocked'));"
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('blocked') }});"
        "addEventListener('unhandledrejection', () => { window.raised = true })",
    )
    page.click("[data-cx]")
    page.evaluate("document.dispatchEvent(new MouseEvent('click'))")
    page.evaluate("dispatchEvent(new Event('pagehide'))")  # sends at once
    page.wait_for_timeout(100)

    assert page.evaluate("window.raised") is None


def test_the_page_does_not_move_because_of_the_script(visit: Callable[..., Page]) -> None:
    shifts = (
        "window.moved = window.long = 0;"
        "new PerformanceObserver(l => l.getEntries().forEach(e => moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true});"
        "new PerformanceObserver(l => long += l.getEntries().length)"
        ".observe({type: 'longtask', buffered: true})"
    )
    measured = []
    for path in ("/bare", "/"):
        page = visit(path, before=shifts)
        page.wait_for_timeout(300)
        measured.append(page.evaluate("[moved, long]"))

    assert measured[0][0] == measured[1][0] == 0
    assert measured[1][1] <= measured[0][1] + 1  # tasks over 50 ms; a busy machine may have one


@pytest.mark.django_db(transaction=True)
def test_the_page_to_try_it_shows_what_would_be_sent_and_sends_nothing(
    signed_in_page: Callable[[Person], Page],
) -> None:
    page = signed_in_page(a_person(Role.CX_LEAD, an_agency()))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/t/try/")
    table = page.locator("#sent tbody")
    page.click("#next")
    expect(table).to_contain_text("Saw the error “no-address”")  # as a person would, before more
    page.fill("#street", "1 Main Street")
    page.click("#next")
    page.click("#finish")
    page.click("text=A link with an e-mail address in it")

    expect(table).to_contain_text("Finished “renew-permit”")
    for words in (
        "Opened a page", "Began “renew-permit”", "Reached the step “payment” of “renew-permit”",
        "https://example.gov/people/(removed)",
    ):  # fmt: skip
        expect(table).to_contain_text(words)
    expect(page.get_by_role("status")).to_contain_text("events so far")
    assert "Main Street" not in page.locator("#sent").inner_text()
    assert set(sent) == {"GET"}
    assert axe_at_both_widths(page) == []
