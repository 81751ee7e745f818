"""Nothing that tells who somebody is reaches a file; yesterday's visitor cannot be found again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cx280.collector.visitors import Visitors, network
from tests.collector.asking import (
    AGENT,
    Asked,
    a_collector,
    an_event,
    ask,
    posted,
    rows,
)

SECRETS = {
    "address": "203.0.113.77",
    "agent": "iPhone OS 18_0",
    "email": "jane.doe@example.com",
    "number": "123-45-6789",
    "telephone": "555-867-5309",
    "card": "4111 1111 1111 1111",
    "query": "token=s3cr3t",
    "session": "jsessionid=77AB",
}


def everything_below(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def test_no_address_agent_query_or_number_of_a_person_stands_in_any_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pages = [
        "/a?token=s3cr3t&lang=es#top",
        "/a;jsessionid=77AB/b",
        "/people/jane.doe@example.com/edit",
        "/people/jane.doe%2540example.com",
        "/case/123-45-6789",
        "/call/%35%35%35-867-5309",
        "/?lang=jane.doe@example.com",
        "//jane.doe:secret@example.com/x",
    ]
    properties = ["4111 1111 1111 1111", "call 555-867-5309", "https://x.gov/y?token=s3cr3t",
                  "jane.doe@example.com", 123456789]  # fmt: skip
    events = [
        *(
            an_event(id=f"p{index}", site="permits", name="start", page=page)
            for index, page in enumerate(pages)
        ),
        *(
            an_event(id=f"q{index}", site="permits", name="start", properties={"form": each})
            for index, each in enumerate(properties)
        ),
    ]

    (answer,) = ask(a_collector(tmp_path), posted(*events, address=SECRETS["address"]))

    assert answer.json == {"accepted": len(events)}
    kept = everything_below(tmp_path) + caplog.text.encode()
    assert [name for name, each in SECRETS.items() if each.encode() in kept] == []
    assert b"867-5309" not in kept
    assert b"123456789" not in kept
    assert b"jane.doe" not in kept
    assert rows(tmp_path)[0]["page"] == "/a?lang=es"


@pytest.mark.parametrize("header", ["sec-gpc", "dnt"])
def test_who_asks_not_to_be_followed_is_not(tmp_path: Path, header: str) -> None:
    (answer,) = ask(a_collector(tmp_path), posted(an_event(), headers={header: "1"}))

    assert (answer.status, answer.json) == (202, {"accepted": 0})
    assert rows(tmp_path) == []
    assert b"203.0.113.7" not in everything_below(tmp_path)


def test_a_visitor_is_one_number_for_a_day_and_site_and_another_tomorrow() -> None:
    visitors = Visitors(day=100)
    today = visitors.number("open", "203.0.113.7", b"agent")

    assert visitors.number("open", "203.0.113.7", b"agent") == today
    assert visitors.number("permits", "203.0.113.7", b"agent") != today
    assert visitors.number("open", "203.0.113.8", b"agent") != today
    visitors.turn(101)
    assert visitors.number("open", "203.0.113.7", b"agent") != today
    assert -(2**63) <= today < 2**63


def test_yesterday_s_visitor_cannot_be_computed_again_with_all_that_is_left() -> None:
    visitors = Visitors(day=100)
    salt = bytes(visitors._salt)
    yesterday = visitors.number("open", "203.0.113.7", b"agent")

    def number_under(key: bytes) -> int:
        said = b"open\x00203.0.113.7\x00agent"
        digest = hashlib.blake2b(said, key=key, digest_size=8).digest()
        return int.from_bytes(digest, "little", signed=True)

    assert number_under(salt) == yesterday  # who had the salt could
    visitors.turn(101)

    left = [bytes(each) for each in vars(visitors).values() if isinstance(each, bytearray)]
    assert salt not in left
    assert yesterday not in [number_under(each) for each in left]
    assert vars(visitors)["_agents"] == {}


def test_the_salt_also_turns_when_nobody_comes_and_when_the_clock_jumps(tmp_path: Path) -> None:
    collector = a_collector(tmp_path)
    for day in (collector.visitors.day + 1, collector.visitors.day - 400):
        before = bytes(collector.visitors._salt)
        collector._turn(day)

        assert bytes(collector.visitors._salt) != before


def test_a_household_of_ipv6_addresses_is_one_network() -> None:
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("::ffff:203.0.113.7") == "203.0.113.7"
    assert network("not:an:address") == ""


def test_the_agent_is_not_told_in_answers(tmp_path: Path) -> None:
    _, health = ask(
        a_collector(tmp_path), posted(an_event()), Asked(method="GET", path="/t/v1/health")
    )

    assert AGENT.encode() not in health.body
    assert b"203.0.113" not in health.body
