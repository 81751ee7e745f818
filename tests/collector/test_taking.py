"""Events are taken when they are good, refused with their place when not, and kept before 202."""

from __future__ import annotations

import asyncio
import errno
import gzip
import json
import os
import zlib
from pathlib import Path

import pytest

from cx280.collector.bodies import LONGEST_BODY, MOST_EVENTS
from tests.collector.asking import (
    Answer,
    Asked,
    a_collector,
    an_event,
    answer_to,
    ask,
    posted,
    rows,
    stamp,
    talk,
    write_sites,
)


def test_events_acknowledged_stand_in_the_buffer(tmp_path: Path) -> None:
    events = [
        an_event(id="a", value=1.5, flow="boat", step="who", page="/boats", visit="v1"),
        an_event(id="b", kind="page_view", at=stamp(days=2)),
    ]

    (answer,) = ask(a_collector(tmp_path), posted(*events))

    assert (answer.status, answer.json) == (202, {"accepted": 2})
    first, second = rows(tmp_path)
    assert (first["id"], first["service"], first["value"], first["page"]) == ("a", 3, 1.5, "/boats")
    assert (first["device"], first["bot"], first["source"]) == ("mobile", False, "script")
    assert second["received"] - second["at"] > 86_400_000_000


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps(an_event(), indent=2), "application/json"),
        (json.dumps([an_event()]), "text/plain;charset=UTF-8"),
        (json.dumps(an_event()), "text/plain"),
        (json.dumps(an_event()) + "\n\n", "application/x-ndjson"),
        (json.dumps(an_event(id="0")) + "\n" + json.dumps(an_event(id="e-1")), "text/plain"),
    ],
    ids=["one written over lines", "list", "one", "line and an empty one", "two lines"],
)
def test_a_list_one_event_and_lines_are_taken(tmp_path: Path, body: str, kind: str) -> None:
    (answer,) = ask(a_collector(tmp_path), Asked(body.encode(), kind=kind))

    assert answer.status == 202
    assert "e-1" in [each["id"] for each in rows(tmp_path)]


@pytest.mark.proves("280.7-e1", "280.7-g1")
def test_good_events_are_kept_and_bad_ones_named_by_their_place(tmp_path: Path) -> None:
    bad = {
        "/1/at": an_event(at="yesterday"),
        "/2": an_event(at=None),
        "/3/kind": an_event(kind="zap"),
        "/4/site": an_event(site="nowhere"),
        "/5/site": an_event(site="closed"),
        "/6/at": an_event(at=stamp(days=31)),
        "/7/at": an_event(at="2026-01-01T00:00:00+05:00"),
        "/8/page": an_event(page="boats"),
        "/9/name": an_event(name="Jane Doe"),
        "/10/name": an_event(name="123-45-6789"),
        "/11/properties/a~1b": an_event(properties={"a/b": 1}),
        "/12": an_event(agent="x"),
        "/13/visit": an_event(visit="v" * 33),
        "/14/id": an_event(id="123-45-6789"),
        "/15/name": an_event(site="permits", name="other"),
        "/16": 7,
        "/17/properties/to": an_event(properties={"to": 10**400}),
        "/18/value": an_event(value=10**300),
        "/19/language": an_event(language="es\n"),
        "/20/id": an_event(id="a b"),
    }

    (answer,) = ask(a_collector(tmp_path), posted(an_event(), *bad.values()))

    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["accepted"] == 1
    assert sorted(answer.pointers) == sorted(bad)
    assert [each["id"] for each in rows(tmp_path)] == ["e-1"]


def test_a_bad_line_costs_that_line_only(tmp_path: Path) -> None:
    lines = [json.dumps(an_event(id="a")), "{zap", json.dumps(an_event(id="b"))]

    (answer,) = ask(
        a_collector(tmp_path), Asked("\n".join(lines).encode(), kind="application/x-ndjson")
    )

    assert (answer.status, answer.pointers) == (422, ["/1"])
    assert [each["id"] for each in rows(tmp_path)] == ["a", "b"]


@pytest.mark.proves("280.7-e1")
def test_a_clock_far_ahead_is_marked_and_ours_stands(tmp_path: Path) -> None:
    ask(
        a_collector(tmp_path),
        posted(an_event(id="a", at=stamp(minutes=-4)), an_event(id="b", at=stamp(minutes=-6))),
    )

    near, far = rows(tmp_path)
    assert not near["skewed"]
    assert near["at"] > near["received"]
    assert far["skewed"]
    assert far["at"] == far["received"]


def test_an_event_sent_twice_is_kept_once_and_acknowledged_twice(tmp_path: Path) -> None:
    answers = ask(
        a_collector(tmp_path),
        posted(an_event(), an_event()),
        posted(an_event()),
        posted(an_event(site="permits", name="start")),
    )

    assert [each.json["accepted"] for each in answers] == [2, 1, 1]
    assert [each["site"] for each in rows(tmp_path)] == ["open", "permits"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (Asked(b"{", kind="application/json"), 400),
        (Asked(b"[" * 100_000, kind="application/json"), 400),
        (Asked(b'[{"id": "\xff"}]'), 400),
        (Asked(b"[]", kind="image/png"), 415),
        (Asked(b"[]", kind=""), 415),
        (Asked(b"[]", headers={"content-encoding": "br"}), 415),
        (Asked(b"zap", headers={"content-encoding": "gzip"}), 400),
        (Asked(gzip.compress(b"[]")[:-9], headers={"content-encoding": "gzip"}), 400),
        (Asked(b"[" + b" " * LONGEST_BODY + b"]"), 413),
        (Asked(pieces=[b"[", b" " * LONGEST_BODY, b"]"]), 413),
        (Asked(headers={"content-length": "9" * 30}), 413),
        (Asked(gzip.compress(b"[" + b" " * 50_000_000), headers={"content-encoding": "gzip"}), 413),
        (posted(*[0] * (MOST_EVENTS + 1)), 413),
        (Asked(method="PUT"), 405),
        (Asked(path="/t/v1/nothing"), 404),
        (Asked(path="/t/v1/health"), 405),
    ],
)
def test_what_is_no_request_is_answered_with_a_problem(
    tmp_path: Path, asked: Asked, status: int
) -> None:
    (answer,) = ask(a_collector(tmp_path), asked)

    assert answer.status == status
    assert answer.json["status"] == status
    assert rows(tmp_path) == []


def test_compressed_bodies_and_bodies_in_pieces_are_taken(tmp_path: Path) -> None:
    body = json.dumps([an_event(id="a")]).encode()

    answers = ask(
        a_collector(tmp_path),
        Asked(gzip.compress(body), headers={"content-encoding": "gzip"}),
        Asked(zlib.compress(body), headers={"content-encoding": "deflate"}),
        Asked(pieces=[body[:9], body[9:]]),
    )

    assert [each.status for each in answers] == [202, 202, 202]


def test_a_body_that_does_not_come_is_given_up(tmp_path: Path) -> None:
    collector = a_collector(tmp_path, body_seconds=0.0)

    async def never() -> list[Answer]:
        return [await asyncio.wait_for(answer_to(collector, Asked(pieces=[])), 10)]

    (answer,) = talk(collector, never)

    assert answer.status == 408
    assert answer.headers["connection"] == "close"


def test_too_many_events_from_one_address_wait_and_others_do_not(tmp_path: Path) -> None:
    collector = a_collector(tmp_path, events_a_second=1.0, burst=3.0)
    batch = posted(*(an_event(id=f"a{each}") for each in range(5)))

    first, second, other = ask(
        collector, batch, posted(an_event(id="b")), posted(an_event(id="c"), address="203.0.113.8")
    )

    assert (first.status, second.status, other.status) == (202, 429, 202)
    assert 1 <= int(second.headers["retry-after"]) <= 5
    assert "b" not in [each["id"] for each in rows(tmp_path)]


def test_behind_a_proxy_its_word_counts_and_without_one_nobody_s(tmp_path: Path) -> None:
    def two(behind_proxy: bool) -> int:
        folder = tmp_path / str(behind_proxy)
        folder.mkdir()
        headers = [{"x-forwarded-for": f"9.9.9.9, 198.51.100.{each}"} for each in (1, 2)]
        requests = [
            posted(an_event(id=f"p{index}"), headers=each) for index, each in enumerate(headers)
        ]
        ask(a_collector(folder, behind_proxy=behind_proxy), *requests)
        return len({each["visitor"] for each in rows(folder)})

    assert two(behind_proxy=True) == 2
    assert two(behind_proxy=False) == 1


def test_a_full_disk_acknowledges_nothing_and_takes_the_same_events_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = a_collector(tmp_path)
    write = os.write

    def full(_file: int, _given: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def full_then_free() -> list[Answer]:
        monkeypatch.setattr(os, "write", full)
        same = [posted(an_event(id="a")) for _ in range(3)]
        refused = list(await asyncio.gather(*(answer_to(collector, each) for each in same)))
        refused.append(await answer_to(collector, Asked(method="GET", path="/t/v1/health")))
        monkeypatch.setattr(os, "write", write)
        return [*refused, await answer_to(collector, posted(an_event(id="a")))]

    *refused, health, taken = talk(collector, full_then_free)

    assert [each.status for each in refused] == [503, 503, 503]
    assert all(each.headers["retry-after"] for each in refused)
    assert (health.status, health.json["status"]) == (503, "failing")
    assert taken.status == 202
    assert [each["id"] for each in rows(tmp_path)] == ["a"]


def test_more_than_the_disk_takes_is_refused_and_not_kept_in_memory(tmp_path: Path) -> None:
    collector = a_collector(tmp_path, most_pending_bytes=50)

    (answer,) = ask(collector, posted(an_event()))

    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert rows(tmp_path) == []


def test_sites_are_read_again_when_the_record_writes_them(tmp_path: Path) -> None:
    collector = a_collector(tmp_path)

    (before,) = ask(collector, posted(an_event(site="new")))
    write_sites(tmp_path, {"new": {"service": 9}})
    collector.sites.look()
    (after,) = ask(a_collector(tmp_path), posted(an_event(site="new")))
    (tmp_path / "sites.json").write_text("{")
    collector.sites.look()

    assert (before.status, after.status) == (422, 202)
    assert set(collector.sites.by_key) == {"new"}


def test_pages_of_the_site_s_origins_may_send_and_see_the_answer(tmp_path: Path) -> None:
    home, stranger = {"origin": "https://permits.example.gov"}, {"origin": "https://evil.example"}
    write_sites(tmp_path, {"permits": {"service": 1, "origins": [home["origin"]]}})
    event = an_event(site="permits")

    allowed, preflight, refused, other = ask(
        a_collector(tmp_path),
        posted(event, headers=home),
        Asked(method="OPTIONS", headers=home),
        posted(event, headers=stranger),
        Asked(method="OPTIONS", headers=stranger),
    )

    assert allowed.headers["access-control-allow-origin"] == home["origin"]
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-headers"] == "content-type"
    assert (refused.status, refused.pointers) == (422, ["/0/site"])
    for each in (refused, other):
        assert "access-control-allow-origin" not in each.headers
    for each in (allowed, preflight):
        assert "access-control-allow-credentials" not in each.headers


def test_health_tells_counts_and_when_each_site_last_sent(tmp_path: Path) -> None:
    health = Asked(method="GET", path="/t/v1/health")

    _, answer = ask(a_collector(tmp_path), posted(an_event(), an_event(site="closed")), health)

    assert (answer.json["status"], answer.json["accepted"], answer.json["refused"]) == ("ok", 1, 1)
    assert answer.json["sites"]["open"]["seconds_ago"] == 0


def test_robots_and_devices_are_told_by_their_agent(tmp_path: Path) -> None:
    agents = {
        "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140": ("desktop", False),
        "Mozilla/5.0 (iPad; CPU OS 18_0) Safari": ("tablet", False),
        "Mozilla/5.0 (Linux; Android 15; Pixel) Mobile Safari": ("mobile", False),
        "Mozilla/5.0 (Linux; Android 15; SM-X200) Safari": ("tablet", False),
        "Mozilla/5.0 (compatible; Googlebot/2.1)": ("other", True),
        "Mozilla/5.0 (X11; Linux) HeadlessChrome/140": ("desktop", True),
        "curl/8.5": ("other", True),
    }

    ask(
        a_collector(tmp_path),
        *(
            posted(an_event(id=f"r{index}"), headers={"user-agent": agent})
            for index, agent in enumerate(agents)
        ),
    )

    assert [(each["device"], each["bot"]) for each in rows(tmp_path)] == list(agents.values())
