"""The receiver as an ASGI application: events, logs, documents and health below `/t/v1/`.

Raw ASGI: a framework would cost more than everything done here. Nothing of a request but its
events is kept or logged.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from cx280 import __version__
from cx280.collector import openapi, opentelemetry
from cx280.collector.answers import CLOSE, Header, Send, answer, faults, problem
from cx280.collector.bodies import (
    Events,
    Gone,
    Patience,
    Receive,
    TooLarge,
    TooSlow,
    WrongType,
    body_of,
    events_of,
)
from cx280.collector.committing import Busy, Commits
from cx280.collector.limits import Pace, Recent
from cx280.collector.settings import Settings, from_environment
from cx280.collector.sites import Sites
from cx280.collector.visitors import Visitors, network
from cx280.kernel.problem import Problem
from cx280.lake.columns import EventRow
from cx280.telemetry.schemas import (
    Fault,
    Refused,
    Site,
    checked,
    encode_rows,
    is_held,
    json_schema,
)

_DAY = 24 * 60 * 60 * 1_000_000
# What may be read, by its path; health is asked anew each time.
_DOCUMENTS = {
    "/t/v1/schema.json": msgspec.json.encode(json_schema()),
    "/t/v1/openapi.json": msgspec.json.encode(openapi.document(__version__)),
}
_CORS: tuple[Header, ...] = (
    (b"access-control-allow-methods", b"POST"),
    (b"access-control-allow-headers", b"content-type"),
    (b"access-control-max-age", b"86400"),
)
_VARY: Header = (b"vary", b"origin")
_LATER: Header = (b"retry-after", b"2")


class Sender(NamedTuple):
    """Who sends, for as long as the request lasts."""

    address: str
    agent: bytes
    origin: str


class Taken(NamedTuple):
    """What became of a request: faults, rows with their ids, and rows to be kept apart by id."""

    refused: list[Fault]
    rows: list[EventRow]
    ids: list[str]
    held: dict[str, EventRow]

    def add(self, key: str, row: EventRow, source: str) -> None:
        """Puts the row where it belongs; `source` is the door it came through."""
        if is_held(row):
            row.source = f"{source} {row.source}"
            self.held[key] = row
            return
        row.source = source
        self.rows.append(row)
        self.ids.append(key)


class Collector:
    """Takes events for the sites of `sites.json` and keeps them in the buffer."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sites = Sites(settings.data / "sites.json")
        self.visitors = Visitors(_now() // _DAY)
        self.pace = Pace(settings.events_a_second, settings.burst)
        self.recent = Recent()
        self.commits = Commits(
            settings.data / "buffer", settings.most_pending_bytes, self.recent.forget
        )
        # Of events in which personal data was found: cleaned, but not among the others.
        self.held = Commits(
            settings.data / "held-back", settings.most_pending_bytes, self.recent.forget
        )
        self.counts: Counter[str] = Counter()
        self.last: dict[str, int] = {}
        self.patience = Patience(settings.body_seconds)
        self._active = 0
        self._ticking: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Opens the buffer; in the running loop, once."""
        if self._ticking is None:
            self.commits.begin()
            if (self.settings.data / "held-back").is_dir():  # what a killed process left there
                self.held.begin()
            self._ticking = asyncio.get_running_loop().create_task(self._tick())

    async def end(self) -> None:
        """Returns when everything taken is durable and handed over."""
        if self._ticking is not None:
            self._ticking.cancel()
            await self.commits.end()
            await self.held.end()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:  # noqa: ANN401
        """Answers one request, or lives through start and stop."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.begin()
            else:
                await self.end()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self._turn(_now() // _DAY)
            self.sites.look()
            self.patience.look()

    def _turn(self, day: int) -> None:
        if day != self.visitors.day:
            self.visitors.turn(day)
            self.pace.forget()

    async def _answer(self, scope: Any, receive: Receive, send: Send) -> None:  # noqa: ANN401
        path, method = scope["path"], scope["method"]
        if path in ("/t/v1/events", opentelemetry.PATH):
            if method == "POST":
                await self._receive(scope, receive, send)
            elif method == "OPTIONS":
                await self._preflight(scope, send)
            else:
                await problem(send, 405, "Send events with POST.", [(b"allow", b"POST, OPTIONS")])
        elif path not in _DOCUMENTS and path != "/t/v1/health":
            await problem(send, 404, "Send events to /t/v1/events.")
        elif method not in ("GET", "HEAD"):
            await problem(send, 405, "Only read this.", [(b"allow", b"GET, HEAD")])
        elif path == "/t/v1/health":
            await answer(send, 503 if self._is_failing else 200, self._health())
        else:
            anywhere = [(b"access-control-allow-origin", b"*")]
            await answer(send, 200, _DOCUMENTS[path], anywhere)

    async def _preflight(self, scope: Any, send: Send) -> None:  # noqa: ANN401
        allowed = self._cors(dict(scope["headers"]).get(b"origin", b""))
        await answer(send, 204, b"", [*allowed, *(_CORS if len(allowed) > 1 else ())])

    def _cors(self, origin: bytes) -> list[Header]:
        if origin and self.sites.allows(origin.decode("latin-1")):
            anywhere = self.sites.origins is None
            return [_VARY, (b"access-control-allow-origin", b"*" if anywhere else origin)]
        return [_VARY]

    async def _receive(self, scope: Any, receive: Receive, send: Send) -> None:  # noqa: ANN401
        headers: dict[bytes, bytes] = dict(scope["headers"])
        cors = self._cors(headers.get(b"origin", b""))
        self.begin()
        self._active += 1
        try:
            await self._take(scope, headers, receive, send, cors)
        except Gone:
            pass
        except (TooLarge, TooSlow, WrongType) as error:
            await problem(
                send, error.status, f"{error.message} {error.fix}".strip(), [*cors, CLOSE]
            )
        except Busy as error:
            self.counts["busy"] += 1
            await problem(send, 503, f"{error.message} {error.fix}".strip(), [*cors, _LATER])
        except Problem as error:
            await problem(send, error.status, error.message, cors)
        finally:
            self._active -= 1

    async def _take(
        self,
        scope: Any,  # noqa: ANN401
        headers: dict[bytes, bytes],
        receive: Receive,
        send: Send,
        cors: list[Header],
    ) -> None:
        if self._active > self.settings.most_at_once and not self.patience.make_room():
            raise Busy("Too many requests at once.", fix="Send the events again later.")
        is_otlp = scope["path"] == opentelemetry.PATH
        body = await body_of(receive, headers, self.patience)
        if headers.get(b"sec-gpc") == b"1" or headers.get(b"dnt") == b"1":
            self.counts["opted_out_requests"] += 1
            await (opentelemetry.tell(send, [], cors) if is_otlp else _tell(send, 0, 0, [], cors))
            return
        received = _now()
        self._turn(received // _DAY)
        sender = self._sender(scope, headers)
        name = self.visitors.key(sender.address)
        clock = time.monotonic()
        if wait := self.pace.wait(name, clock):
            self.counts["slowed"] += 1
            later = (b"retry-after", b"%d" % (int(wait) + 1))
            await problem(send, 429, "Send fewer events, or wait.", [*cors, later])
            return
        self.pace.take(name, clock, 1)
        read = opentelemetry.events_of if is_otlp else events_of
        found = read(body, headers.get(b"content-type", b""))
        self.pace.take(name, clock, len(found.events) - 1)
        await self._keep(found, sender, received, send, cors)

    def _sender(self, scope: Any, headers: dict[bytes, bytes]) -> Sender:  # noqa: ANN401
        address = (scope.get("client") or ("",))[0]
        if self.settings.behind_proxy:
            # The last one is the proxy's own word; what stands before it anybody may have written.
            given = headers.get(b"x-forwarded-for", b"").rpartition(b",")[2].strip()
            address = given.decode("latin-1") or address
        return Sender(
            network(address),
            headers.get(b"user-agent", b""),
            headers.get(b"origin", b"").decode("latin-1"),
        )

    async def _keep(
        self, found: Events, sender: Sender, received: int, send: Send, cors: list[Header]
    ) -> None:
        taken = self._sorted(found, sender, received)
        try:
            await self.commits.durable(encode_rows(taken.rows), taken.ids)
        except Busy:
            self.recent.forget(taken.held)  # not written either, so they may come again
            raise
        if taken.held or self.held.is_begun:
            self.held.begin()
            await self.held.durable(encode_rows(taken.held.values()), list(taken.held))
        accepted = len(found.events) + len(found.faults) - len(taken.refused)
        self._count(accepted, taken, received)
        if found.source == opentelemetry.SOURCE:
            await opentelemetry.tell(send, taken.refused, cors)
        else:
            await _tell(send, accepted, len(taken.held), taken.refused, cors)

    def _sorted(self, found: Events, sender: Sender, received: int) -> Taken:
        """What becomes of each event; those that were taken lately become nothing."""
        taken = Taken(list(found.faults), [], [], {})
        known: dict[str, tuple[Site, int]] = {}
        is_otlp = found.source == opentelemetry.SOURCE
        device, bot = self.visitors.agent(sender.agent)
        if is_otlp and not opentelemetry.speaks_for_itself(sender.agent):
            # A server's address and library say nothing of who visited it: visitor 0, no robot.
            sender, device, bot = sender._replace(address=""), "", False
        for index, event in enumerate(found.events):
            try:
                site = event.site
                if site not in known:
                    known[site] = self._known(site, sender)
                found_site, visitor = known[site]
                row = checked(event, found_site, received)
            except Refused as error:
                at = found.pointer(index)
                taken.refused.append(
                    opentelemetry.in_record(error.fault, at) if is_otlp else error.below(at)
                )
                continue
            if self.recent.is_new(key := f"{site}:{event.id}"):
                row.visitor, row.device, row.bot = visitor, device, bot
                taken.add(key, row, found.source)
        return taken

    def _known(self, key: str, sender: Sender) -> tuple[Site, int]:
        """The site and the visitor's number there; raises Refused when it takes none of these."""
        site, origin = self.sites.by_key.get(key), sender.origin
        if site is None or not site.enabled:
            raise Refused("/site", "No such site, or it takes no events now.")
        if origin and site.origins and origin not in site.origins:
            raise Refused("/site", "This site takes no events from pages of this origin.")
        return site, self.visitors.number(key, sender.address, sender.agent)

    def _count(self, accepted: int, taken: Taken, received: int) -> None:
        counts, held = self.counts, taken.held.values()
        counts["accepted"] += accepted
        counts["held"] += len(held)
        counts["duplicates"] += accepted - len(taken.rows) - len(held)
        counts["refused"] += len(taken.refused)
        for row in taken.rows:
            self.last[row.site] = received
        for row in held:
            self.last[row.site] = received

    @property
    def _is_failing(self) -> bool:
        return self.commits.is_failing or self.held.is_failing

    def _health(self) -> bytes:
        """Counts since this process began, and when each site last sent."""
        now = _now()
        return msgspec.json.encode(
            {
                "status": "failing" if self._is_failing else "ok",
                **{
                    name: self.counts[name]
                    for name in (
                        "accepted", "held", "duplicates", "refused", "slowed", "busy",
                        "opted_out_requests",
                    )
                },
                "pending_bytes": self.commits.pending_bytes,
                "sites": {
                    key: {
                        "last_event": datetime.fromtimestamp(at / 1e6, UTC),
                        "seconds_ago": max(0, (now - at) // 1_000_000),
                    }
                    for key, at in sorted(self.last.items())
                },
            }
        )  # fmt: skip


async def _tell(
    send: Send, accepted: int, held: int, refused: list[Fault], headers: list[Header]
) -> None:
    if refused:
        await faults(send, accepted, refused, headers, held)
    elif held:
        await answer(send, 202, b'{"accepted":%d,"held":%d}' % (accepted, held), headers)
    else:
        await answer(send, 202, b'{"accepted":%d}' % accepted, headers)


def _now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


collector = Collector(from_environment())
