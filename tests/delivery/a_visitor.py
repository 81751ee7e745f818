"""What a visitor does by keyboard on a website that shows a survey, and what axe finds there."""

from __future__ import annotations

from playwright.sync_api import Frame, Page, expect

from tests.browser import AXE

_FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return /IFRAME|BODY/.test(at.tagName) ? at.tagName : (at.id || at.innerText || at.tagName).trim();
}"""
# Each frame by itself: axe would send messages from the page to the frame, which is another's.
_RUN = """axe.run(document, {iframes: false, resultTypes: ['violations'], runOnly:
  ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
  .then(all => all.violations.map(each => each.id + ' ' + each.nodes[0].html.slice(0, 200)))"""


def frame_of(page: Page) -> Frame:
    """The survey in its frame, loaded."""
    for _ in range(160):
        if len(page.frames) > 1:
            break
        page.wait_for_timeout(50)
    page.frames[1].wait_for_selector("h1")
    return page.frames[1]


def focused(page: Page) -> str:
    """The id or the words of what the keyboard acts on, wherever it stands."""
    at: str = page.evaluate(_FOCUSED)
    if at != "IFRAME":
        return at
    inner: str = page.frames[1].evaluate(_FOCUSED)
    return inner


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until that has the focus."""
    for _ in range(60):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {name}")


def answer_by_keyboard(page: Page) -> None:
    """Chooses an answer, sends it, and waits for the thanks."""
    frame = frame_of(page)
    tab_to(page, "q-trust-5")
    page.keyboard.press("Space")
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    frame.wait_for_url("**/thanks/**")
    expect(frame.locator("h1")).to_have_text("Thank you. Your answers have arrived.")


def faults(page: Page) -> list[str]:
    """What axe finds on the website's page and in the frame, and whether anything moved."""
    found: list[str] = []
    for frame in page.frames:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(AXE.read_text(encoding="utf-8"))
        found += frame.evaluate(_RUN)
    shift = page.evaluate("shift")
    return found + ([f"moved by {shift}"] if shift else [])
