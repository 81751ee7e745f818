"""The event as programs and pages send it: its published JSON Schema and what else must hold.

Free of Django and of any clock, so that the collector, imports and the API check alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

from cx280.lake.columns import EventRow
from cx280.telemetry.rules.traces import (
    REMOVED,
    clean_page,
    clean_text,
    has_traces,
    is_number_of_a_person,
    is_plain,
    kinds_in,
    kinds_in_page,
)

Kind = Literal["page_view", "click", "transaction_start", "transaction_complete", "error", "other"]
# Names that the website script sends by itself; every site takes them.
CONVENTIONS = frozenset(
    ("", "outbound", "download", "step", "abandon", "lcp", "cls", "inp", "helpful")
)
LATEST = timedelta(minutes=5)  # ahead of our clock; later is the sender's clock gone wrong
OLDEST = timedelta(days=30)
# How the source of an event begins that is held back, before what was found in it and where.
HELD = "held"
# The tier of M-10-22 that may carry personal data.
_MAY_CARRY = 3
MOST_PROPERTIES = 16
LONGEST_PROPERTY = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _text(longest: int, pattern: str, least: int = 0) -> Meta:
    # Patterns are published here and held by `checked`: decoding would ask each one for each event,
    # and that is half of what an event may cost.
    more = {"pattern": pattern}
    return Meta(min_length=least or None, max_length=longest, extra_json_schema=more)


_Word = Annotated[str, _text(64, "^[a-z0-9_.:-]*$")]


class Event(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """One thing that happened on a website, as it is sent."""

    id: Annotated[str, _text(36, "^[A-Za-z0-9-]+$", 1)]
    site: Annotated[str, Meta(min_length=1, max_length=64)]
    at: Annotated[datetime, Meta(tz=True, description="RFC 3339, in UTC")]
    kind: Kind
    name: _Word = ""
    page: Annotated[str, _text(2048, "^(/|$)")] = ""
    visit: Annotated[str, _text(32, "^[A-Za-z0-9_-]*$")] = ""
    flow: _Word = ""
    step: _Word = ""
    value: float | None = None
    unit: _Word = ""
    channel: Annotated[str, _text(32, "^[a-z0-9_-]+$")] = "website"
    language: Annotated[str, _text(16, "^[A-Za-z0-9-]*$")] = ""
    properties: dict[str, str | int | float | bool] | None = None


class Site(msgspec.Struct, gc=False):
    """What one site may send; empty origins: from anywhere; empty names: any."""

    service: int
    origins: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    queries: frozenset[str] = frozenset()
    enabled: bool = True
    tier: int | None = 1  # None: not decided yet, so it is not enabled either


class Fault(NamedTuple):
    """What is wrong with an event: where (a JSON pointer) and why, as a whole sentence."""

    pointer: str
    message: str


class Refused(Exception):
    """The event cannot be taken; carries its fault."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(pointer, message)

    def below(self, pointer: str) -> Fault:
        """The fault where the event stands at `pointer` in what was sent."""
        return Fault(pointer + self.fault.pointer, self.fault.message)


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970 of a moment with a zone."""
    return (moment - _EPOCH) // _MICROSECOND


_WORD = re.compile(r"[a-z0-9_.:-]*")
_CHANNEL = re.compile(r"[a-z0-9_-]+")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]*")
_RANDOM = re.compile(r"[A-Za-z0-9-]+ [A-Za-z0-9_-]*")  # an id and a visit
_A_WORD = "Only letters, digits and . _ : - are taken here, and names are in lower case."
_LARGEST = 2**53  # beyond it, programs disagree about whole numbers
_SKEW = LATEST // _MICROSECOND
_AGE = OLDEST // _MICROSECOND


def checked(event: Event, site: Site, received: int) -> EventRow:
    """The event as the lake keeps it, without personal data; `received` in microseconds since 1970.

    Raises `Refused` with a pointer into the event when it must not be taken. The visitor, the
    device and the mark of bots are the receiver's to add. Where personal data was found in it and
    the site's tier may not carry any, `source` is `held email/page number/property:form` (kind and
    place of each): such an event is kept apart from the others (280.7-b1).
    """
    at, skewed = _moment(event.at, received)
    if event.value is not None and not -_LARGEST < event.value < _LARGEST:
        raise Refused("/value", "The number is too large, or none.")
    name, flow, step = event.name, event.flow, event.step
    if site.names and name not in site.names and name not in CONVENTIONS:
        raise Refused("/name", "The plan of this site has no such name.")
    _check_words(name, flow, step, event.unit, event.channel, event.language)
    if not _RANDOM.fullmatch(f"{event.id} {event.visit}"):
        raise Refused("/visit" if _RANDOM.fullmatch(f"{event.id} ") else "/id", _A_WORD)
    if 9 <= len(event.visit) <= 12 or 9 <= len(event.id) <= 12:
        _no_number(event)
    page, source = _page(event.page, site)
    properties = ""
    if event.properties:
        properties, source = _properties(event, site, source)
    # By position, in the order of the columns: by name it takes three times as long.
    return EventRow(
        event.id,
        event.site,
        site.service,
        at,
        received,
        event.kind,
        name,
        page,
        event.visit,
        0,
        flow,
        step,
        event.value,
        event.unit,
        event.channel,
        event.language,
        "",
        False,
        skewed,
        source,
        properties,
    )


def is_held(row: EventRow) -> bool:
    """Whether the event is to be kept apart: see `checked`."""
    return row.source.startswith(HELD)


def held_by(source: str, kinds: Iterable[str], place: str) -> str:
    """The source, with what was found at a place; the same where nothing was."""
    found = " ".join(f"{kind}/{place}" for kind in kinds)
    if not found:
        return source
    return f"{source} {found}" if source.startswith(HELD) else f"{HELD} {found}"


def _moment(at: datetime, received: int) -> tuple[int, bool]:
    """The time of the event, and whether the sender's clock was ahead so that ours stands."""
    if at.tzinfo is not UTC and at.utcoffset():
        raise Refused("/at", "The time is not in UTC. End it with Z.")
    moment = (at - _EPOCH) // _MICROSECOND
    if moment > received + _SKEW:
        return received, True
    if moment < received - _AGE:
        raise Refused("/at", "The event is older than 30 days.")
    return moment, False


def _page(page: str, site: Site) -> tuple[str, str]:
    """What is kept of the page, and the source of the event."""
    try:
        return _kept_page(page), "script"
    except _Unclean:
        kinds = kinds_in_page(page, site.queries) if site.tier != _MAY_CARRY else ()
        return clean_page(page, site.queries), held_by("script", kinds, "page")


class _Unclean(Exception):
    pass


@lru_cache(maxsize=4096)
def _kept_page(page: str) -> str:
    """The page when it may be kept as it is; remembers those alone, never what people typed."""
    if page and page[0] != "/":
        raise Refused("/page", "A page begins with /, or is left out.")
    if page and (not is_plain(page) or clean_page(page) != page):
        raise _Unclean
    return page


def _no_number(event: Event) -> None:
    for field in ("id", "visit"):
        if is_number_of_a_person(getattr(event, field)):
            raise Refused(f"/{field}", "This looks like the number of a person.")


@lru_cache(maxsize=4096)
def _check_words(name: str, flow: str, step: str, unit: str, channel: str, language: str) -> None:
    """Refuses words that may not be kept, and remembers those that may, never what people typed."""
    for field, word in (("name", name), ("flow", flow), ("step", step), ("unit", unit)):
        if not _WORD.fullmatch(word):
            raise Refused(f"/{field}", _A_WORD)
        if has_traces(word):
            raise Refused(
                f"/{field}",
                "This looks like a number or address of a person. Names are for kinds of things.",
            )
    if not _CHANNEL.fullmatch(channel):
        raise Refused("/channel", _A_WORD)
    if not _LANGUAGE.fullmatch(language):
        raise Refused("/language", _A_WORD)


def _properties(event: Event, site: Site, source: str) -> tuple[str, str]:
    """The properties as they are kept, and the source of the event."""
    given = event.properties or {}
    if len(given) > MOST_PROPERTIES:
        raise Refused("/properties", f"At most {MOST_PROPERTIES} properties are taken.")
    kept: dict[str, str | int | float | bool] = {}
    for key in sorted(given):
        where = f"/properties/{key[:64].replace('~', '~0').replace('/', '~1')}"
        if key not in site.properties and not (key == "to" and event.kind == "click"):
            raise Refused(where, "The plan of this site has no such property.")
        kept[key] = _property(given[key], site, where)
        if kept[key] is not given[key] and site.tier != _MAY_CARRY:
            source = held_by(source, _kinds_in_property(given[key], site), f"property:{key}")
    return msgspec.json.encode(kept).decode(), source


def _kinds_in_property(value: str | float | bool, site: Site) -> list[str]:
    if not isinstance(value, str):
        return ["number"]
    return kinds_in_page(value, site.queries) if _is_address(value) else kinds_in(value)


def _is_address(value: str) -> bool:
    return value.startswith(("/", "http:", "https:"))


def _property(value: str | float | bool, site: Site, where: str) -> str | int | float | bool:
    if isinstance(value, str):
        if len(value) > LONGEST_PROPERTY:
            raise Refused(where, f"A property has at most {LONGEST_PROPERTY} characters.")
        if _is_address(value):
            return clean_page(value, site.queries)
        return clean_text(value)
    if not -_LARGEST < value < _LARGEST:
        raise Refused(where, "The number is too large, or none.")
    if not isinstance(value, bool) and has_traces(f"{value:.0f}"):
        return REMOVED
    return value


_PATH = re.compile(r" - at `(?:key in )?\$([^`]*)`$")
_STEP = re.compile(r"\.([A-Za-z_]+)|\[(\d+|\.\.\.)\]")


def fault_of(error: Exception, pointer: str) -> Fault:
    """What msgspec says of one event, with its place as a JSON pointer below `pointer`."""
    said = str(error)
    place = _PATH.search(said)
    inside = "".join(
        f"/{name}" for name, index in _STEP.findall(place.group(1) if place else "") if name
    )
    message = said[: place.start()] if place else said
    return Fault(pointer + inside, f"{message[:200].rstrip('.')}.")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of what is sent: one event or a list of them."""
    (either,), parts = msgspec.json.schema_components(
        [Event | list[Event]], ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Events of cx280",
        **either,
        "$defs": dict(parts),
    }


def sites_of(text: bytes) -> Mapping[str, Site]:
    """The sites by key, as the record wrote them; raises msgspec.MsgspecError otherwise."""
    return msgspec.json.decode(text, type=_Sites).sites


class _Sites(msgspec.Struct):
    sites: dict[str, Site]


def encode_rows(rows: Iterable[EventRow]) -> bytes:
    """Rows as lines of the buffer."""
    return _ROWS.encode_lines(rows)


_ROWS = msgspec.json.Encoder()
