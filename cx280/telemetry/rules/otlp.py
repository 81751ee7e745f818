"""OpenTelemetry's logs and events (OTLP/HTTP, JSON) as events of ours.

Source: OpenTelemetry Protocol 1.x, ExportLogsServiceRequest: resourceLogs → scopeLogs → logRecords.
A pure door: what comes out is checked by the collector like any other event.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

KINDS = frozenset(
    {"page_view", "click", "transaction_start", "transaction_complete", "error", "other"}
)
# Names of OpenTelemetry's conventions that say what we call otherwise.
_KIND_OF = {
    "browser.page_view": "page_view",
    "browser.navigation": "page_view",
    "browser.user_action.click": "click",
    "exception": "error",
    "browser.exception": "error",
}
# The fields of an event and the attributes that fill them, the first that is there.
_FIELDS = {
    "visit": ("cx280.visit", "session.id"),
    "flow": ("cx280.flow",),
    "step": ("cx280.step",),
    "unit": ("cx280.unit",),
    "channel": ("cx280.channel",),
    "language": ("cx280.language", "browser.language"),
    "name": ("cx280.name",),
}
_SITE = ("cx280.site", "service.name")
_PAGE = ("url.path", "url.full", "http.route", "http.target", "http.url")
_ID = ("cx280.id", "event.id", "log.record.uid")
# Who somebody is, and where from: never taken over (M-10-22 tier 1).
_PERSONAL = re.compile(
    r"(user|enduser|client|source|network|net|host|device|geo|session|user_agent|http|url|thread|"
    r"process|telemetry|cx280|event)(\.|$)"
)
_PERSONAL_SHAPE = re.compile(r"@|(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
_LARGEST_NANO = 253_402_300_799_000_000_000  # the end of the year 9999
_NAME = re.compile(r"[^a-z0-9_.:-]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that was not taken: where it is (JSON Pointer, RFC 6901) and why."""

    pointer: str
    words: str


@dataclass(slots=True)
class Taken:
    """The events of a request in order, where each came from, and what was not taken."""

    events: list[dict[str, object]] = field(default_factory=list)
    pointers: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def events_of(document: object) -> Taken:
    """The events of an ExportLogsServiceRequest as the collector takes them on the wire.

    The site is the attribute `cx280.site` of record, scope or resource, else the resource's
    `service.name`. The kind is `cx280.kind`, or the event's name where it is a kind, else `other`
    with that name. A record without id gets a digest of its event, so that a request sent again
    counts once. Never raises: what cannot be read is a fault with its pointer.
    """
    taken = Taken()
    repeated: Counter[str] = Counter()
    for pointer, record, inherited in _records(document, taken.faults):
        try:
            event = _event_of(record, inherited)
        except _Refused as problem:
            taken.faults.append(Fault(f"{pointer}{problem.below}", problem.words))
            continue
        if "id" not in event:
            said = json.dumps(event, sort_keys=True)
            repeated[said] += 1
            event["id"] = _digest(f"{said}{repeated[said]}")
        taken.events.append(event)
        taken.pointers.append(pointer)
    return taken


def records_in(document: object) -> int:
    """How many records, or things in the place of one, `events_of` would go through.

    Costs a hundredth of going through them, so that what is too many is refused at once.
    """
    count, level = 0, [document] if isinstance(document, dict) else []
    for name in ("resourceLogs", "scopeLogs", "logRecords"):
        below = [each for holder in level for each in _list(holder.get(name))]
        level = [each for each in below if isinstance(each, dict)]
        count += len(below) - len(level)
    return count + len(level)


def _list(listed: object) -> list[object]:
    return listed if isinstance(listed, list) else []


def answer(rejected: int, words: str = "") -> dict[str, object]:
    """The ExportLogsServiceResponse: empty when all was taken, else the partial success.

    Sent with status 200 either way, as OTLP says; a 64-bit number is text in its JSON.
    """
    if not rejected and not words:
        return {}
    return {"partialSuccess": {"rejectedLogRecords": str(rejected), "errorMessage": words}}


def words_of(faults: list[Fault]) -> str:
    """The first five faults in one line, for the partial success."""
    said = [f"{each.pointer}: {each.words}" for each in faults[:5]]
    more = [f"and {len(faults) - 5} more"] if len(faults) > 5 else []
    return "; ".join([*said, *more])


def refusal_of(content_type: str) -> str:
    """Why a body of this media type is not taken (answer 415); empty where it is."""
    kind = content_type.split(";", 1)[0].strip().lower()
    if kind == "application/json":
        return ""
    if kind in {"application/x-protobuf", "application/protobuf"}:
        return "Protobuf is not read here. Set OTEL_EXPORTER_OTLP_PROTOCOL to http/json."
    return "Send OTLP as application/json."


class _Refused(Exception):
    def __init__(self, below: str, words: str) -> None:
        super().__init__(words)
        self.below = below
        self.words = words


def _records(
    document: object, faults: list[Fault]
) -> Iterator[tuple[str, dict[str, object], list[Mapping[str, object]]]]:
    """Each log record with its pointer, and the attributes of its scope and its resource."""
    if not isinstance(document, dict):
        faults.append(Fault("", "is not an object"))
        return
    for resource_at, resource in _listed(document, "resourceLogs", "", faults):
        from_resource = attributes_of(resource.get("resource"))
        for scope_at, scope in _listed(resource, "scopeLogs", resource_at, faults):
            inherited: list[Mapping[str, object]] = [
                attributes_of(scope.get("scope")),
                from_resource,
            ]
            for at, record in _listed(scope, "logRecords", scope_at, faults):
                yield at, record, inherited


def _listed(
    holder: Mapping[str, object], name: str, at: str, faults: list[Fault]
) -> Iterator[tuple[str, dict[str, object]]]:
    """The objects in a list of the holder; anything else in its place is a fault."""
    listed = holder.get(name, [])
    if not isinstance(listed, list):
        faults.append(Fault(f"{at}/{name}", "is not a list"))
        return
    for index, each in enumerate(listed):
        if isinstance(each, dict):
            yield f"{at}/{name}/{index}", each
        else:
            faults.append(Fault(f"{at}/{name}/{index}", "is not an object"))


def attributes_of(holder: object) -> dict[str, object]:
    """The attributes of a record, scope or resource whose values are text, number or truth."""
    listed = holder.get("attributes") if isinstance(holder, dict) else None
    found: dict[str, object] = {}
    for each in listed if isinstance(listed, list) else []:
        key = each.get("key") if isinstance(each, dict) else None
        value = _plain(each.get("value")) if isinstance(each, dict) else None
        if isinstance(key, str) and value is not None:
            found[key] = value
    return found


def _plain(value: object) -> object:
    """A text, number or truth of OTLP's AnyValue; None for lists, maps and bytes."""
    if not isinstance(value, dict):
        return None
    for name, kind in (("stringValue", str), ("boolValue", bool), ("doubleValue", (int, float))):
        if isinstance(value.get(name), kind):
            said: object = value[name]
            return said
    return _whole(value.get("intValue"))


def _whole(value: object) -> int | None:
    """A 64-bit number, which OTLP writes as text in JSON and some write as a number."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,20}", value):
        return None
    return int(value)


def _event_of(
    record: Mapping[str, object], inherited: list[Mapping[str, object]]
) -> dict[str, object]:
    mine = attributes_of(record)
    everywhere = [mine, *inherited]
    site = _first(everywhere, _SITE)
    if not site:
        raise _Refused("/attributes", "names no site: set cx280.site or service.name")
    event: dict[str, object] = {"site": site, "at": _moment(record), **_kind(record, mine)}
    page = _path(_first([mine], _PAGE))
    event |= {"page": page} if page else {}
    for name, keys in _FIELDS.items():
        said = _first([mine], keys)
        if said:
            event[name] = _short(said) if name == "visit" else said
    value = mine.get("cx280.value", mine.get("value"))
    if isinstance(value, int | float) and not isinstance(value, bool):
        event["value"] = _float(value)
    given = _first([mine], _ID)
    if given:
        event["id"] = given if re.fullmatch(r"[A-Za-z0-9-]{1,36}", given) else _digest(given)
    properties = _properties(mine)
    return event | ({"properties": properties} if properties else {})


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise _Refused("/attributes", "value is too large") from None


def _kind(record: Mapping[str, object], mine: Mapping[str, object]) -> dict[str, object]:
    """Kind and name from what the event is called."""
    named = record.get("eventName") or mine.get("event.name") or ""
    name = _NAME.sub("-", str(named).lower()).strip("-")[:64]
    asked = mine.get("cx280.kind")
    if asked is not None:
        if asked not in KINDS:
            raise _Refused("/attributes", f"cx280.kind is none of {', '.join(sorted(KINDS))}")
        return {"kind": asked, "name": "" if name == asked else name}
    kind = _KIND_OF.get(name, name if name in KINDS else "")
    if kind:
        return {"kind": kind, "name": ""}
    if not name:
        raise _Refused("/eventName", "is missing: a log line is no event")
    return {"kind": "other", "name": name}


def _moment(record: Mapping[str, object]) -> str:
    """RFC 3339 in UTC to the microsecond, of the event or of when it was observed."""
    for name in ("timeUnixNano", "observedTimeUnixNano"):
        nano = _whole(record.get(name))
        if nano and 0 < nano <= _LARGEST_NANO:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=nano // 1000)
            return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    raise _Refused("/timeUnixNano", "is no moment (280.7-e1)")


def _first(places: list[Mapping[str, object]], keys: tuple[str, ...]) -> str:
    for place in places:
        for key in keys:
            if isinstance(said := place.get(key), str) and said:
                return said
    return ""


def _path(said: str) -> str:
    """The path of an address, without host, query and fragment."""
    if not said:
        return ""
    try:
        return urlsplit(said).path or "/"
    except ValueError:
        return ""


def _properties(mine: Mapping[str, object]) -> dict[str, object]:
    """What is left of the attributes; never what tells who somebody is."""
    return {
        key: value
        for key, value in mine.items()
        if key != "value" and not _PERSONAL.match(key) and not _PERSONAL_SHAPE.search(str(value))
    }


def _short(visit: str) -> str:
    return visit if len(visit) <= 32 else _digest(visit)


def _digest(said: str) -> str:
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()
