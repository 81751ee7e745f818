"""Lines of a web server's log as page views: Common, Combined, and W3C (CloudFront, IIS)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import unquote

from cx280.telemetry.rules.agents import Agent, agent_of

LONGEST_LINE = 32_768
"""Bytes of a line that are read; a longer one is malformed. Servers allow 8 KB for a request."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_QUOTED = r'"((?:[^"\\]|\\.)*)"'
# The time is spelled out so that a hostile line fails at once wherever it opens a bracket.
_LINE = re.compile(
    # A host of ours before the address (vhost_combined): told by its letter and the address after
    # it, since whatever is taken for a host goes into the id.
    r"(?:(?P<host>[A-Za-z][\w.-]*(?::\d+)?) (?=(?:\d+\.){3}\d+ |[0-9A-Fa-f]*:[0-9A-Fa-f:.]+ ))?"
    r"(?P<address>\S+) \S+ (?P<user>\S+(?: \S+){0,8}?) "
    r"\[(\d{2})/([A-Za-z]{3})/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-]\d{4})\] "
    + _QUOTED
    + r" (\d{3}) (\d+|-)(?: "
    + _QUOTED
    + " "
    + _QUOTED
    + r"(?: .*)?)?\s*"
)
_ASSET = re.compile(
    r"\.(?:7z|atom|avi|avif|bmp|bz2|cab|css|csv|dmg|docx?|dtd|eot|epub|exe|flac|gif|gz|ico|ics|jar|"
    r"jpe?g|m?js|json|jsonld|map|mov|mp3|mp4|mpe?g|msi|ogg|otf|pdf|png|pptx?|ps|rar|rdf|rss|rtf|svg|"
    r"swf|tar|tgz|tiff?|ts|ttf|txt|vcf|wasm|wav|webm|webmanifest|webp|wmv|woff2?|xlsx?|xml|xsd|xsl|"
    r"zip)",
    re.I,
)
_PERSONAL = re.compile(r"@|(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)|\d{9,}")
_LONGEST_PAGE = 500
# Pages and agents come again and again; this many are not worked out twice.
_REMEMBERED = 4096


class Malformed(ValueError):
    """A line that is not of the format; says why in a few words, never what stands on it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the log tells it.

    `at` is whole microseconds since 1970 in UTC. `address` and `agent` are here for a moment, to
    mark bots, tell devices and count visitors; nothing made of this keeps them. `mark` is what
    tells it from another request for the same page in the same second: bytes, host, request id.
    """

    at: int
    method: str
    target: str
    status: int
    mark: str
    address: str
    agent: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a request is to telemetry: `kind` and `name` of the event, or why there is none."""

    kind: str = ""
    name: str = ""
    skipped: str = ""


class Reading:
    """Reads line after line of one file; remembers the columns that W3C files name on the way.

    `form`: common, combined, cloudfront, or auto (any of them, line by line).
    """

    def __init__(self, form: str = "auto") -> None:
        self.form = form
        self.columns: Sequence[str] = ()

    def request_of(self, line: str) -> Request | None:
        """The request on a line, None for a blank or comment line; raises Malformed."""
        text = line.rstrip("\r\n")
        if text.startswith("#"):
            if text.lower().startswith("#fields:"):
                self.columns = text[8:].split()
            return None
        if not text.strip():
            return None
        if self.form == "cloudfront" or (self.form == "auto" and self.columns):
            return _of_w3c(text, self.columns)
        return _of_common(text, needs_agent=self.form == "combined")


def _of_common(text: str, *, needs_agent: bool) -> Request:
    found = _LINE.fullmatch(text)
    if found is None:
        raise Malformed("not a line of the Common or Combined format")
    day, month, year, hour, minute, second, zone = found.groups()[3:10]
    request, status, size, _, agent = found.groups()[10:15]
    if needs_agent and agent is None:
        raise Malformed("no referrer and agent, as the Combined format has")
    method, target = _asked(request)
    number = _MONTHS.get(month.title(), 0)
    return Request(
        at=_instant(int(year), number, int(day), int(hour), int(minute), int(second), zone),
        method=method,
        target=target,
        status=int(status),
        mark=f"{size} {found['host'] or ''}",
        address=found["address"],
        agent=agent,
    )


def _asked(request: str) -> tuple[str, str]:
    """Method and target; two empty words for what is no HTTP request (a port scan, a timeout)."""
    words = request.split(" ")
    if len(words) < 2 or not words[0].isalpha() or not words[0].isupper():
        return "", ""
    return words[0], " ".join(words[1:-1] if words[-1].startswith("HTTP/") else words[1:])


def _of_w3c(text: str, columns: Sequence[str]) -> Request:
    if not columns:
        raise Malformed("comes before the #Fields line that names its columns")
    cells = text.split("\t") if "\t" in text else text.split()
    if len(cells) != len(columns):
        raise Malformed(f"{len(cells)} values for {len(columns)} columns")
    row = dict(zip(columns, cells, strict=True))
    try:
        year, month, day = (int(each) for each in row["date"].split("-"))
        hour, minute, second = (int(float(each)) for each in row["time"].split(":"))
        status = int(row["sc-status"])
        method, target = row["cs-method"], row["cs-uri-stem"]
    except KeyError as missing:
        raise Malformed(f"no column {missing.args[0]}") from None
    except ValueError:
        raise Malformed("a date, time or status that is no number") from None
    marks = ("sc-bytes", "cs-host", "x-host-header", "x-edge-request-id")
    agent = row.get("cs(User-Agent)")
    return Request(
        at=_instant(year, month, day, hour, minute, second, "+0000"),
        method=method,
        target=target,
        status=status,
        mark=" ".join(row.get(each, "") for each in marks),
        address=row.get("c-ip", ""),
        agent=None if agent is None else unquote(unquote(agent)).replace("+", " "),
    )


def _instant(
    year: int, month: int, day: int, hour: int, minute: int, second: int, zone: str
) -> int:
    """Microseconds since 1970 in UTC; a leap second is the first one of the next minute."""
    if second > 60:
        raise Malformed("a time that does not exist")
    return (_minute(year, month, day, hour, minute, zone) + second) * 1_000_000


@lru_cache(_REMEMBERED)
def _minute(year: int, month: int, day: int, hour: int, minute: int, zone: str) -> int:
    """Seconds since 1970 in UTC at the start of a minute: lines come many to the minute."""
    if int(zone[3:]) > 59 or int(zone[1:3]) > 14:
        raise Malformed("a time that does not exist")
    shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    place = timezone(-shift if zone[0] == "-" else shift)
    try:
        since = datetime(year, month, day, hour, minute, tzinfo=place) - _EPOCH
    except ValueError:
        raise Malformed("a time that does not exist") from None
    return since // timedelta(seconds=1)


def seen_in(request: Request) -> Seen:
    """A page view for a GET answered with 200, 203 or 304 (still fresh); an error by its status.

    No event: what is no page by its extension, redirects, partial and empty answers, other
    methods. A POST that failed is an error too: somebody was sending a form.
    """
    if request.method not in {"GET", "POST"}:
        return Seen(skipped="other methods" if request.method else "not a request")
    if is_asset(page_of(request.target)):
        return Seen(skipped="assets")
    if 400 <= request.status <= 599:
        return Seen(kind="error", name=f"http-{request.status}")
    if request.method == "POST":
        return Seen(skipped="other methods")
    if request.status in {200, 203, 304}:
        return Seen(kind="page_view")
    return Seen(skipped="redirects" if 300 <= request.status <= 399 else "no page in the answer")


@lru_cache(_REMEMBERED)
def page_of(target: str) -> str:
    """The path alone: no query, fragment, host or path parameter; parts that look personal hidden.

    A part with an e-mail address or nine digits in a row (a Social Security number) is written
    `(hidden)`: M-10-22 tier 1 keeps nothing that names a person.
    """
    clean = "/".join("(hidden)" if _PERSONAL.search(unquote(unquote(each))) else each
                     for each in _parts_of(target))  # fmt: skip
    clean = "".join(each for each in clean if each.isprintable())
    return (clean if clean.startswith("/") else f"/{clean}")[:_LONGEST_PAGE]


def personal_in(target: str) -> list[str]:
    """Which kinds of personal data stood in the path that `page_of` cleans; [] where none did."""
    found = [each for each in map(unquote, map(unquote, _parts_of(target)))
             if _PERSONAL.search(each)]  # fmt: skip
    return sorted({"email" if "@" in each else "number" for each in found})


def _parts_of(target: str) -> list[str]:
    path = re.split(r"[?#]|%3f|%23", target, maxsplit=1, flags=re.I)[0]
    if "://" in path:
        path = "/" + path.split("://", 1)[1].partition("/")[2]
    return [each.split(";", 1)[0] for each in path.split("/")]


@lru_cache(_REMEMBERED)
def is_asset(page: str) -> bool:
    """Whether a path ends like a file that a page is made of, or a download."""
    last = page.rsplit("/", 1)[-1]
    dot = last.rfind(".")
    return dot >= 0 and _ASSET.fullmatch(last[dot:]) is not None


def is_bot(agent: str | None) -> bool:
    """Whether a program says that it is one; unknown is no, an empty agent is no browser."""
    return agent is not None and _told(agent).bot


def device_of(agent: str | None) -> str:
    """tablet, mobile, desktop or other; empty where the log has no agents."""
    return "" if agent is None else _told(agent).device


@lru_cache(_REMEMBERED)
def _told(agent: str) -> Agent:
    said = agent.strip()
    return agent_of("" if said == "-" else said)
