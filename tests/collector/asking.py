"""Asks the collector as a server would: the ASGI callable, one request after another or at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cx280.collector.app import Collector
from cx280.collector.settings import Settings
from cx280.lake.columns import COLUMNS

SITES: dict[str, object] = {
    "permits": {
        "service": 12,
        "origins": ["https://permits.example.gov"],
        "names": ["start", "finish"],
        "properties": ["form"],
        "queries": ["lang"],
    },
    "open": {"service": 3},
    "closed": {"service": 4, "enabled": False},
}
AGENT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148"


@dataclass
class Asked:
    """One request."""

    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "POST"
    path: str = "/t/v1/events"
    kind: str = "application/json"
    address: str = "203.0.113.7"
    pieces: list[bytes] | None = None  # in which the body comes; none: it never comes


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401
        """The body, read."""
        return json.loads(self.body)

    @property
    def pointers(self) -> list[str]:
        """Where the faults are."""
        return [each["pointer"] for each in self.json["errors"]]


def write_sites(folder: Path, sites: dict[str, object] | None = None) -> None:
    """The file by which the record tells the collector what it may take."""
    draft = folder / "sites.draft"
    draft.write_text(json.dumps({"sites": SITES if sites is None else sites}))
    draft.replace(folder / "sites.json")


def an_event(**changes: object) -> dict[str, object]:
    """An event of the site `open`, a moment ago; None leaves a field out."""
    event: dict[str, object] = {
        "id": "e-1",
        "site": "open",
        "at": stamp(),
        "kind": "click",
        **changes,
    }
    return {name: value for name, value in event.items() if value is not None}


def stamp(**ago: float) -> str:
    """RFC 3339 of so long ago."""
    return (datetime.now(UTC) - timedelta(**ago)).isoformat().replace("+00:00", "Z")


def posted(*events: object, **asked: Any) -> Asked:
    """A request with a JSON array of events."""
    return Asked(body=json.dumps(list(events)).encode(), **asked)


def a_collector(folder: Path, **settings: Any) -> Collector:
    """A collector on its own folder, for the sites above."""
    if not (folder / "sites.json").exists():
        write_sites(folder)
    return Collector(Settings(folder, **settings))


def ask(collector: Collector, *requests: Asked) -> list[Answer]:
    """The answers, one request after another, between a start and a clean stop."""

    async def all_of_them() -> list[Answer]:
        return [await answer_to(collector, each) for each in requests]

    return talk(collector, all_of_them)


def talk(collector: Collector, talking: Callable[[], Awaitable[list[Answer]]]) -> list[Answer]:
    """Begins the collector, talks, and ends it."""

    async def whole() -> list[Answer]:
        collector.begin()
        try:
            return await talking()
        finally:
            await collector.end()

    # In a thread of its own: where a browser has run before, this one has a loop already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, whole()).result()


async def answer_to(collector: Collector, asked: Asked) -> Answer:
    """The answer to one request."""
    pieces = [asked.body] if asked.pieces is None else list(asked.pieces)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not pieces:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await collector(_scope(asked), receive, send)
    start, *bodies = sent
    headers = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(each["body"] for each in bodies))


def _scope(asked: Asked) -> dict[str, Any]:
    headers = {"user-agent": AGENT, **asked.headers}
    if asked.kind:
        headers["content-type"] = asked.kind
    return {
        "type": "http",
        "method": asked.method,
        "path": asked.path,
        "client": (asked.address, 4000),
        "headers": [
            (name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()
        ],
    }


def rows(folder: Path, endings: Sequence[str] = ("log", "open")) -> list[dict[str, Any]]:
    """What stands in the buffer, as columns."""
    return [
        dict(zip(COLUMNS, json.loads(line), strict=True))
        for ending in endings
        for path in sorted(folder.glob(f"buffer/*/*.{ending}"))
        for line in path.read_bytes().splitlines()
    ]
