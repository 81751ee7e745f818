"""OTLP comes in by its own door: records become events, kept and refused like any other."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

from cx280.telemetry.rules import otlp
from tests.collector.asking import Answer, Asked, a_collector, ask, posted, rows

AGENT = "OTel-OTLP-Exporter-Python/1.38.0 python-requests/2.32"
AT = "/resourceLogs/0/scopeLogs/0/logRecords/"


def a_record(name: str = "page_view", **changes: Any) -> dict[str, Any]:
    """A log record of a moment ago; other names are its attributes, `__` for a dot."""
    nano = changes.pop("nano", str(time.time_ns()))
    attributes = [
        {"key": key.replace("__", "."), "value": {"stringValue": value}
         if isinstance(value, str) else {"doubleValue": value}}
        for key, value in changes.items()
    ]  # fmt: skip
    return {"timeUnixNano": nano, "eventName": name, "attributes": attributes}


def logs(*records: object, site: str = "open", **asked: Any) -> Asked:
    """An export of records of one service."""
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": site}}]}
    scopes = [{"logRecords": list(records)}]
    body = json.dumps({"resourceLogs": [{"resource": resource, "scopeLogs": scopes}]}).encode()
    return to_logs(body, **asked)


def to_logs(body: bytes, **asked: Any) -> Asked:
    """Any body, sent to this door by an exporter."""
    headers = {"user-agent": AGENT, **asked.pop("headers", {})}
    return Asked(body, path="/t/v1/logs", headers=headers, **asked)


def rejected(answer: Answer) -> tuple[int, str]:
    """How many records were not taken, and why."""
    partial = answer.json["partialSuccess"]
    return int(partial["rejectedLogRecords"]), partial["errorMessage"]


def test_records_become_events_that_are_durable_before_the_answer(tmp_path: Path) -> None:
    view = a_record(url__full="https://open.example.gov/boats?token=9", session__id="v1")
    step = a_record("step", cx280__flow="boat", cx280__step="pay", cx280__value=12.0)

    (answer,) = ask(a_collector(tmp_path), logs(view, step))

    assert (answer.status, answer.json) == (200, {})
    first, second = rows(tmp_path)
    assert (first["kind"], first["page"], first["visit"]) == ("page_view", "/boats", "v1")
    assert (first["site"], first["service"], first["source"]) == ("open", 3, "otlp")
    assert first["at"] == int(view["timeUnixNano"]) // 1000
    assert (second["name"], second["flow"], second["step"]) == ("step", "boat", "pay")
    assert second["value"] == 12


def test_good_records_are_kept_and_each_bad_one_is_named_by_its_pointer(tmp_path: Path) -> None:
    bad = [
        a_record(cx280__site="nowhere"),
        a_record(nano="0"),
        a_record(""),
        a_record(cx280__channel="Web Site"),
        a_record(nano="1700000000000000000"),
    ]

    (answer,) = ask(a_collector(tmp_path), logs(a_record(), *bad))

    count, words = rejected(answer)
    assert (answer.status, count) == (200, len(bad))
    said = [
        "site: No such site",
        "is no moment",
        "is missing",
        "channel: ",
        "at: The event is older",
    ]
    faults = words.split("; ")
    for index, why in enumerate(said, 1):
        assert any(each.startswith(f"{AT}{index}") and why in each for each in faults), words
    assert len(rows(tmp_path)) == 1


def test_a_field_that_is_no_event_s_is_named_at_its_record(tmp_path: Path) -> None:
    (answer,) = ask(a_collector(tmp_path), logs(a_record(cx280__language="e" * 17), a_record()))

    count, words = rejected(answer)
    assert count == 1
    assert words.startswith(f"{AT}0: language: ")
    assert len(rows(tmp_path)) == 1


@pytest.mark.parametrize("name", ["doubleValue", "intValue"])
def test_a_number_beyond_all_bounds_costs_its_record_only(tmp_path: Path, name: str) -> None:
    record = a_record()
    record["attributes"].append({"key": "cx280.value", "value": {name: 10**400}})

    (answer,) = ask(a_collector(tmp_path), logs(record, a_record()))

    assert (answer.status, rejected(answer)[0]) == (200, 1)
    assert len(rows(tmp_path)) == 1


def test_an_export_sent_again_counts_once(tmp_path: Path) -> None:
    same = logs(a_record(), a_record("step"))

    answers = ask(a_collector(tmp_path), same, same)

    assert [(each.status, each.json) for each in answers] == [(200, {}), (200, {})]
    assert len(rows(tmp_path)) == 2


def test_the_library_of_a_server_is_no_robot_and_its_address_no_visitor(tmp_path: Path) -> None:
    browser = {"user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140"}
    robot = {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}

    ask(
        a_collector(tmp_path),
        logs(a_record()),
        logs(a_record(), headers=browser),
        logs(a_record(), headers=robot),
    )

    server, page, crawler = rows(tmp_path)
    assert (server["bot"], server["device"], server["visitor"]) == (False, "", 0)
    assert (page["bot"], page["device"], page["visitor"] != 0) == (False, "desktop", True)
    assert crawler["bot"]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (to_logs(b"\n\x00", kind="application/x-protobuf"), 415,
         "Protobuf is not read here. Set OTEL_EXPORTER_OTLP_PROTOCOL to http/json."),
        (to_logs(b"{}", kind="text/plain"), 415, "Send OTLP as application/json."),
        (to_logs(b"{"), 400, "The body is not JSON."),
        (to_logs(b"[" * 100_000), 400, "The body is not JSON."),
        (to_logs(b'{"a": "\xff"}'), 400, "The body is not JSON."),
        (to_logs(b"[]"), 400, "The body is not an ExportLogsServiceRequest."),
        (to_logs(b"zap", headers={"content-encoding": "gzip"}), 400, "cannot be read"),
        (logs(*[{}] * 1001), 413, "1,000 events"),
        (to_logs(b"{" + b" " * 300_000 + b"}"), 413, "256 KB"),
        (to_logs(b"", method="GET"), 405, "POST"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_answered_with_a_problem(
    tmp_path: Path, asked: Asked, status: int, said: str
) -> None:
    (answer,) = ask(a_collector(tmp_path), asked)

    assert (answer.status, answer.json["status"]) == (status, status)
    assert said in answer.json["detail"]
    assert rows(tmp_path) == []


@pytest.mark.parametrize("one", ["1", "{}", "[]"])
def test_half_a_million_records_in_a_small_body_are_refused_before_they_are_gone_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: str
) -> None:
    records = ",".join([one] * 300_000)
    body = f'{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{records}]}}]}}]}}'.encode()
    monkeypatch.setattr(otlp, "events_of", None)

    (answer,) = ask(
        a_collector(tmp_path), to_logs(gzip.compress(body), headers={"content-encoding": "gzip"})
    )

    assert answer.status == 413


def test_exports_are_inflated_empty_ones_are_fine_and_opting_out_is_honoured(
    tmp_path: Path,
) -> None:
    whole = logs(a_record())
    small = to_logs(gzip.compress(whole.body), headers={"content-encoding": "gzip"})

    answers = ask(
        a_collector(tmp_path), small, to_logs(b"{}"), logs(a_record(), headers={"sec-gpc": "1"})
    )

    assert [(each.status, each.json) for each in answers] == [(200, {})] * 3
    assert len(rows(tmp_path)) == 1


def test_both_doors_share_one_pace_and_one_disk(tmp_path: Path) -> None:
    slow = a_collector(tmp_path, events_a_second=1.0, burst=2.0)
    many = logs(*(a_record() for _ in range(5)))

    taken, later, other = ask(slow, many, logs(a_record()), posted())
    (full,) = ask(a_collector(tmp_path, most_pending_bytes=50), logs(a_record()))

    assert (taken.status, later.status, other.status) == (200, 429, 429)
    assert int(later.headers["retry-after"]) >= 1
    assert (full.status, full.headers["retry-after"]) == (503, "2")
    assert len(rows(tmp_path)) == 5
