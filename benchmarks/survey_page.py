"""The survey page: bytes over the wire, scripts, writes and processor time of a view."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time

from benchmarks.measuring import own_data
from benchmarks.record import demo, open_version, start
from benchmarks.start_up import free_port, wait_for

_VIEWS = 200


def main() -> None:
    """Prints kilobytes, requests, scripts, writes and cpu_ms as JSON."""
    with own_data():
        from cx280.site.serving import collect_static

        collect_static()
        start()
        demo(2000)
        address = f"/s/{open_version().survey.code}/"
        print(json.dumps({**_view(address), **_over_the_wire(address)}))


def _view(address: str) -> dict[str, float]:
    """What one view costs this process, and how often it writes to the record."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"accept-encoding": "br, gzip"})
    html = Client().get(address).content.decode()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    # Read at once: the next request clears the log.
    writes = [each for each in queries if not each["sql"].lstrip().upper().startswith("SELECT")]
    assert len(queries) > 0
    before = time.process_time()
    for _ in range(_VIEWS):
        client.get(address)
    return {
        "scripts": html.count("<script"),
        "writes": len(writes),
        "cpu_ms": (time.process_time() - before) * 1000 / _VIEWS,
    }


def _over_the_wire(address: str) -> dict[str, float]:
    """Bytes and requests of a cold load in Chromium at phone width, headers included."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "cx280", "web", "--port", str(port)], env=os.environ
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", until=time.monotonic() + 240)
        return _loaded(f"http://127.0.0.1:{port}{address}")
    finally:
        server.terminate()
        server.wait(15)


def _loaded(address: str) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    sizes: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": 360, "height": 740})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"])
        )
        page.goto(address, wait_until="networkidle")
        browser.close()
    # The empty icon is a data address: it is counted by nobody's network.
    real = [each for each in sizes if each]
    return {"kilobytes": sum(real) / 1024, "requests": len(real)}


if __name__ == "__main__":
    main()
