"""The event on the wire: its published schema, and what is taken out before it is kept."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from cx280.telemetry.rules.traces import LONGEST_PAGE, clean_page, clean_text, has_traces
from cx280.telemetry.schemas import Event, Refused, Site, checked, json_schema, micros

GOOD: dict[str, Any] = {
    "id": "0b8f2f1e-1d1a-4a51-9c1b-1b2b3c4d5e6f", "site": "permits", "kind": "click",
    "at": "2026-11-27T17:00:00.123Z", "name": "start", "page": "/boats", "visit": "a8sdf7",
    "flow": "boat", "step": "who", "value": 1.5, "unit": "drt-boise", "channel": "website",
    "language": "es", "properties": {"form": "A-1", "pages": 3, "new": True},
}  # fmt: skip
_CHANGES = st.dictionaries(
    st.sampled_from([*GOOD, "zap"]),
    st.none() | st.booleans() | st.floats(-9e9, 9e9) | st.text(max_size=70)
    | st.from_regex(r"[a-zA-Z0-9_.:/-]{0,70}\n?", fullmatch=True),
    max_size=2,
)  # fmt: skip


def is_taken(event: object) -> bool:
    try:
        read = msgspec.json.decode(json.dumps(event).encode(), type=Event)
        checked(read, Site(service=1, properties=frozenset(GOOD["properties"])), micros(read.at))
    except (msgspec.ValidationError, Refused):
        return False
    return True


@given(_CHANGES.filter(lambda changes: "at" not in changes))
def test_the_published_schema_and_the_collector_agree(changes: dict[str, object]) -> None:
    event = {**GOOD, **changes}

    published = Draft202012Validator(json_schema()).is_valid(event)

    assert published == is_taken(event)


def test_every_field_reaches_its_own_column() -> None:
    event = msgspec.json.decode(json.dumps(GOOD).encode(), type=Event)
    site = Site(service=7, properties=frozenset(GOOD["properties"]))
    received = micros(event.at) + 5

    row = msgspec.structs.asdict(checked(event, site, received))

    assert json.loads(row.pop("properties")) == GOOD["properties"]
    unchanged = {key: GOOD[key] for key in GOOD if key not in ("at", "properties")}
    assert row == {
        **unchanged,
        "service": 7, "at": received - 5, "received": received, "visitor": 0, "device": "",
        "bot": False, "skewed": False, "source": "script",
    }  # fmt: skip


def test_the_schema_is_one_event_or_a_list_of_them() -> None:
    published = Draft202012Validator(json_schema())

    assert published.is_valid(GOOD)
    assert published.is_valid([GOOD, GOOD])
    assert not published.is_valid([{**GOOD, "agent": "x"}])
    assert not published.is_valid({key: GOOD[key] for key in GOOD if key != "at"})


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("/boats/apply", "/boats/apply"),
        ("/boats?x=1#f", "/boats"),
        ("/boats?lang=es&x=1", "/boats?lang=es"),
        ("/news/2026/10/12/title-of-it", "/news/2026/10/12/title-of-it"),
        ("/form-1040-2026", "/form-1040-2026"),
        ("/a/jane@example.com", "/a/(removed)"),
        ("/a/jane%40example.com", "/a/(removed)"),
        ("/ssn/123-45-6789/x", "/ssn/(removed)/x"),
        ("/ssn/123456789", "/ssn/(removed)"),
        ("/ssn/%123-45-6789", "/ssn/%25(removed)"),
        ("/call/555-1234", "/call/(removed)"),
        ("https://user:word@example.gov/a?b#c", "https://example.gov/a"),
        ("http://[bad/", "(removed)"),
    ],
)
def test_a_page_is_kept_as_a_path_without_people(page: str, kept: str) -> None:
    assert clean_page(page, {"lang"}) == kept


@example("%", "123-45-6789", "")
@example("%2", "123456789", "")
@given(
    st.text(max_size=30),
    st.sampled_from(["jane@example.com", "123-45-6789", "123456789", "(555) 867-5309",
                     "4111 1111 1111 1111", "555-867-5309", "jane%40example.com"]),
    st.text(max_size=30),
)  # fmt: skip
def test_what_tells_who_somebody_is_never_stays(before: str, secret: str, after: str) -> None:
    for kept in (clean_text(before + secret + after), clean_page(f"/{before}{secret}{after}")):
        assert secret not in kept
        assert len(re.sub(r"[^0-9]", "", kept)) < 9 or not has_traces(kept)
    assert len(clean_page(f"/{before}{secret}{after}" * 20)) <= LONGEST_PAGE


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert not has_traces(clean_text(text))
