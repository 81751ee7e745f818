"""What cx.js costs a page that carries it: the same page with and without, in turn, in Chromium.

    python -m benchmarks.host_page --times 40

The page has text, a form and a picture, and comes from another origin than the script. It is opened
as a new visitor each time; every second time without the script. Prints the medians, and the median
difference of pairs with its 95 % interval (order statistics), as JSON. Milliseconds, but for shift.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
from typing import TYPE_CHECKING

from scipy.stats import binom

from benchmarks.measuring import own_data, quantile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MEASURES = ("first_paint", "largest_paint", "shift", "long_tasks", "script_time", "load")
_WATCH = """
window.seen = {largest_paint: 0, shift: 0, long_tasks: 0};
const watch = (type, take) => new PerformanceObserver(l => l.getEntries().forEach(take))
  .observe({type, buffered: true});
watch('largest-contentful-paint', e => seen.largest_paint = e.startTime);
watch('layout-shift', e => seen.shift += e.value);
watch('longtask', e => seen.long_tasks += e.duration - 50);
"""
_READ = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const page = performance.getEntriesByType('navigation')[0];
  return {...seen, first_paint: paint ? paint.startTime : 0, load: page.loadEventEnd};
}"""
_BODY = """<!doctype html><html lang="en-US"><title>Permits</title><body><h1>Permits</h1>
<svg width="600" height="300" role="img" aria-label="A boat"><rect width="600" height="300"/></svg>
{text}<form data-cx-flow="permit" data-cx-step="who"><label>Name <input></label>
<button>Go on</button></form>{script}</body></html>"""


def main() -> None:
    """Opens the page so many times each way; prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.host_page")
    parser.add_argument("--times", type=int, default=40, help="each way")
    times = parser.parse_args().times
    with own_data():
        pairs = _opened(times)
    found: dict[str, float] = {"times": times}
    for name in MEASURES:
        bare, carrying = ([each[at][name] for each in pairs] for at in (0, 1))
        low, middle, high = median_of([b - a for a, b in zip(bare, carrying, strict=True)])
        found |= {
            f"{name}_without": statistics.median(bare),
            f"{name}_with": statistics.median(carrying),
            f"{name}_more": middle,
            f"{name}_low": low,
            f"{name}_high": high,
        }
    print(json.dumps({name: round(each, 3) for name, each in found.items()}))


def median_of(differences: list[float]) -> tuple[float, float, float]:
    """The median between the order statistics that hold it in 95 of 100 cases; needs some."""
    ordered = sorted(differences)
    under = int(binom.ppf(0.025, len(ordered), 0.5))
    low, high = ordered[max(under - 1, 0)], ordered[min(len(ordered) - under, len(ordered) - 1)]
    return low, quantile(ordered, 0.5), high


def _opened(times: int) -> list[tuple[dict[str, float], dict[str, float]]]:
    from playwright.sync_api import sync_playwright

    from tests.telemetry.websites import Collector, Website

    collector = Collector()
    website = Website(collector.address)
    script = f'<script src="{collector.address}/t/cx.js" data-site="KEY" defer></script>'
    text = "".join(f"<p>{'What to bring and what it costs. ' * 12}</p>" for _ in range(20))
    website.pages = {
        "/bare": _BODY.format(text=text, script=""),
        "/": _BODY.format(text=text, script=script),
    }
    try:
        with sync_playwright() as playwright:
            found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            for path in ("/bare", "/"):  # what is compiled once is compiled
                _one(browser, website.address + path)
            return [
                (_one(browser, f"{website.address}/bare"), _one(browser, f"{website.address}/"))
                for _ in range(times)
            ]
    finally:
        website.stop()
        collector.stop()


def _one(browser: Browser, address: str) -> dict[str, float]:
    """One visit by a new visitor: what the page measured, and processor time of its script."""
    context = browser.new_context()
    context.add_init_script(_WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(address, wait_until="load")
    page.wait_for_timeout(250)
    found: dict[str, float] = page.evaluate(_READ)
    told = session.send("Performance.getMetrics")["metrics"]
    script = next(each["value"] for each in told if each["name"] == "ScriptDuration")
    context.close()
    return {**found, "script_time": script * 1000}


if __name__ == "__main__":
    main()
