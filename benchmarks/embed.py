"""What a survey on a website costs its visitors: bytes and requests to cx280, headers included.

    python -m benchmarks.embed

A page of another origin, under the strictest policy, opened by a new visitor in Chromium each time:
with a mark that waits, with each kind in sight, and with the survey open. Prints JSON. GSA's
Touchpoints loads 133 to 458 KB of widget on every page that carries it (its own published bundle).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import own_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_TAB, _YES = "Feedback", "Yes, now"


def main() -> None:
    """Opens each page once; prints JSON."""
    with own_data() as folder:
        print(json.dumps(_measured(folder)))


def _measured(folder: Path) -> dict[str, float]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cx280.site.settings")
    from playwright.sync_api import sync_playwright

    from cx280.delivery.rules.marks import Mark
    from cx280.delivery.rules.vocabulary import EmbedKind
    from tests.delivery.a_website import FILLER, LINKED, PROMPTED, Cx280, Website

    website = Website()
    cx280 = Cx280(folder / "cx280", website.address)
    cx280.collect_static()
    cx280.start()
    website.allows = cx280.address
    for path, code, kind in (
        ("/tab", LINKED, EmbedKind.TAB),
        ("/inline", LINKED, EmbedKind.INLINE),
        ("/prompt", PROMPTED, EmbedKind.PROMPT),
    ):
        mark = Mark(f"{cx280.address}/s/{code}/", code, "Tell us")
        website.put(path, FILLER + mark.written(kind))
    website.put("/bare", FILLER)
    try:
        with sync_playwright() as playwright:
            found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])

            def cost(name: str, path: str, *steps: Callable[[Page], None]) -> dict[str, float]:
                return _cost(browser, website.address + path, cx280.address, name, *steps)

            return {
                **cost("no_mark", "/bare"),
                **cost("waiting", "/prompt"),
                **cost("tab", "/tab"),
                **cost("tab_open", "/tab", _press(_TAB)),
                **cost("prompt", "/prompt", _complete),
                **cost("prompt_open", "/prompt", _complete, _press(_YES)),
                **cost("inline", "/inline", _scroll),
            }
    finally:
        cx280.stop()
        website.stop()


def _press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name).press("Enter")


def _complete(page: Page) -> None:
    page.evaluate("cx('complete', 'renew')")
    page.get_by_role("button", name=_YES).wait_for()


def _scroll(page: Page) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def _cost(
    browser: Browser, address: str, ours: str, name: str, *steps: Callable[[Page], None]
) -> dict[str, float]:
    """Kilobytes and requests that cx280 answered; reports of telemetry are left out."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    page = context.new_page()
    sizes: list[int] = []

    def note(request: object) -> None:
        url: str = request.url  # type: ignore[attr-defined]
        if url.startswith(ours) and "/t/v1/" not in url:
            parts = request.sizes()  # type: ignore[attr-defined]
            sizes.append(parts["responseBodySize"] + parts["responseHeadersSize"])

    page.on("requestfinished", note)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    for step in steps:
        step(page)
        page.wait_for_timeout(1500)
    context.close()
    return {f"{name}_kilobytes": round(sum(sizes) / 1024, 1), f"{name}_requests": len(sizes)}


if __name__ == "__main__":
    main()
