"""OpenTelemetry's log events come in as events of ours, or as faults that point at them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.telemetry.rules.otlp import answer, events_of, records_in, refusal_of, words_of


def attribute(key: str, value: object) -> dict[str, object]:
    if isinstance(value, bool):
        kind = "boolValue"
    elif isinstance(value, int):
        return {"key": key, "value": {"intValue": str(value)}}
    else:
        kind = "doubleValue" if isinstance(value, float) else "stringValue"
    return {"key": key, "value": {kind: value}}


def record(name: str | None = "page_view", **attributes: object) -> dict[str, Any]:
    found: dict[str, Any] = {
        "timeUnixNano": "1700000000123456789",
        "attributes": [attribute(key.replace("__", "."), v) for key, v in attributes.items()],
    }
    return found | ({"eventName": name} if name else {})


def request(*records: object, site: str = "permits") -> dict[str, Any]:
    resource = {"attributes": [attribute("service.name", site)]} if site else {}
    return {"resourceLogs": [{"resource": resource, "scopeLogs": [{"logRecords": list(records)}]}]}


def test_a_page_view_comes_in_with_its_site_moment_and_path_alone() -> None:
    taken = events_of(request(record(url__full="https://a.gov/permits?token=9#x")))

    [event] = taken.events
    assert event.pop("id")
    assert event == {
        "site": "permits", "at": "2023-11-14T22:13:20.123456Z", "kind": "page_view", "name": "",
        "page": "/permits",
    }  # fmt: skip
    assert taken.pointers == ["/resourceLogs/0/scopeLogs/0/logRecords/0"]
    assert not taken.faults


def test_a_flow_is_told_by_attributes_of_ours() -> None:
    taken = events_of(request(record(
        "transaction_complete", cx280__flow="renew", cx280__step="pay", cx280__value=12,
        cx280__site="licences", session__id="visit-1", paid=True,
    )))  # fmt: skip

    [event] = taken.events
    assert event["kind"] == "transaction_complete"
    assert (event["flow"], event["step"], event["value"]) == ("renew", "pay", 12.0)
    assert (event["site"], event["visit"]) == ("licences", "visit-1")
    assert event["properties"] == {"paid": True}


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [("exception", "error", ""), ("browser.web_vital", "other", "browser.web_vital"),
     ("Cart Opened!", "other", "cart-opened"), ("click", "click", "")],
)  # fmt: skip
def test_what_an_event_is_called_gives_kind_and_name(name: str, kind: str, said: str) -> None:
    [event] = events_of(request(record(name))).events

    assert (event["kind"], event["name"]) == (kind, said)


def test_nothing_that_tells_who_somebody_is_comes_along() -> None:
    taken = events_of(request(record(
        client__address="198.51.100.7", user_agent__original="Firefox", user__id="jo",
        enduser__id="jo", http__request__header__cookie="a=b", url__query="ssn=1",
        note="jo@example.org", number="123-45-6789", colour="blue",
    )))  # fmt: skip

    assert taken.events[0]["properties"] == {"colour": "blue"}


def test_a_request_sent_again_gives_the_same_ids_and_alike_records_different_ones() -> None:
    document = request(record(), record(), record("click"))

    first, again = events_of(document).events, events_of(document).events

    assert first == again
    assert len({event["id"] for event in first}) == 3


def test_faults_point_at_what_was_not_taken_and_the_rest_is() -> None:
    untimed = record() | {"timeUnixNano": "0"}
    taken = events_of(request(record(), untimed, "text", record(None), record(cx280__kind="odd")))

    base = "/resourceLogs/0/scopeLogs/0/logRecords"
    assert len(taken.events) == 1
    assert {each.pointer for each in taken.faults} == {
        f"{base}/1/timeUnixNano", f"{base}/2", f"{base}/3/eventName", f"{base}/4/attributes",
    }  # fmt: skip


def test_a_record_without_a_site_is_a_fault() -> None:
    [fault] = events_of(request(record(), site="")).faults

    assert "no site" in fault.words


def test_the_answer_is_empty_or_a_partial_success_with_its_number_as_text() -> None:
    faults = events_of(request("text")).faults

    assert answer(0) == {}
    assert answer(1, words_of(faults)) == {"partialSuccess": {
        "rejectedLogRecords": "1",
        "errorMessage": "/resourceLogs/0/scopeLogs/0/logRecords/0: is not an object",
    }}  # fmt: skip


def test_only_json_is_taken_and_protobuf_is_told_the_way_out() -> None:
    assert refusal_of("application/json; charset=utf-8") == ""
    assert "http/json" in refusal_of("application/x-protobuf")
    assert refusal_of("text/plain")


_KEYS = st.sampled_from(["resourceLogs", "scopeLogs", "logRecords", "resource", "scope",
                         "attributes", "key", "value", "stringValue", "intValue", "eventName",
                         "timeUnixNano"])  # fmt: skip


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(_KEYS, below, max_size=4),
    max_leaves=30,
))  # fmt: skip
def test_any_document_is_answered_without_an_error(document: object) -> None:
    taken = events_of(document)

    assert len(taken.events) == len(taken.pointers)
    assert records_in(document) <= len(taken.events) + len(taken.faults)
    assert all(event["site"] and event["at"] and event["id"] for event in taken.events)


@given(
    st.lists(st.dictionaries(_KEYS, st.text(max_size=6) | st.integers(), max_size=3), max_size=5)
)
def test_every_record_is_an_event_or_a_fault(records: list[object]) -> None:
    taken = events_of(request(*records))

    assert len(taken.events) + len(taken.faults) == len(records)
    assert records_in(request(*records)) == len(records)
