"""A website with a strict content policy, and a collector beside it that notes what it is sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).resolve().parents[2] / "cx280/pages/static/built/cx.js"
Event = dict[str, Any]


class Quiet(BaseHTTPRequestHandler):
    """Answers without a line in the log."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """One answer, with its length."""
        with suppress(ConnectionError):  # the page has gone
            self._answer(status, body, headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Served:
    """A server in a thread of its own."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Closes the door."""
        self.server.shutdown()
        self.server.server_close()


class Collector(Served):
    """Serves the built script at /t/cx.js and takes events; `status` is what it answers."""

    def __init__(self) -> None:
        self.batches: list[list[Event]] = []
        self.refused: list[list[Event]] = []
        self.headers: list[dict[str, str]] = []
        self.methods: list[str] = []
        self.status = 202
        collector = self

        class Handler(Quiet):
            def do_GET(self) -> None:
                self.answer(200, SCRIPT.read_bytes(), Content_Type="text/javascript")

            def do_OPTIONS(self) -> None:
                collector.methods.append("OPTIONS")
                self.answer(204)

            def do_POST(self) -> None:
                batch = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                collector.methods.append("POST")
                collector.headers.append({k.lower(): v for k, v in self.headers.items()})
                taken = collector.status < 500
                (collector.batches if taken else collector.refused).append(batch)
                self.answer(collector.status, Access_Control_Allow_Origin="*")

        super().__init__(Handler)

    @property
    def events(self) -> list[Event]:
        """All events taken so far."""
        return [event for batch in self.batches for event in batch]

    def forget(self) -> None:
        """Begins again."""
        for each in (self.batches, self.refused, self.headers, self.methods):
            each.clear()
        self.status = 202

    def wait(self, until: Callable[[list[Event]], object], seconds: float = 8) -> list[Event]:
        """The events, as soon as the condition holds for them."""
        waited(lambda: until(self.events) or None, seconds)
        return self.events

    def named(self, kind: str, name: str) -> list[Event]:
        """The events of a kind and a name."""
        return [each for each in self.events if (each["kind"], each["name"]) == (kind, name)]


class Website(Served):
    """Pages by path, each under a policy that allows its own things and the collector's host."""

    def __init__(self, script_host: str) -> None:
        self.pages: dict[str, str] = {}
        website = self
        policy = f"default-src 'self'; script-src {script_host}; connect-src {script_host}"

        class Handler(Quiet):
            def do_GET(self) -> None:
                body = website.pages.get(self.path.partition("?")[0], "<title>Page</title>")
                self.answer(
                    200,
                    body.encode(),
                    Content_Type="text/html; charset=utf-8",
                    Content_Security_Policy=policy,
                )

        super().__init__(Handler)


def waited(ask: Callable[[], Any], seconds: float = 8) -> Any:  # noqa: ANN401
    """The first answer that is not None; fails when there is none in time."""
    end = time.monotonic() + seconds
    while (found := ask()) is None:
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return found
