"""Nothing that tells who somebody is reaches a file; yesterday's visitor cannot be found again."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zlib
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pyarrow.parquet as pq
import pytest

from cx280.collector.visitors import Visitors, network
from cx280.lake.keeping import compact
from cx280.lake.sealing import seal
from cx280.lake.tables import HELD, Lake
from cx280.site.backup.manifest import read_manifest
from tests.a_server import Server
from tests.collector.asking import (
    AGENT,
    Asked,
    a_collector,
    an_event,
    ask,
    posted,
    rows,
)
from tests.collector.test_durable import a_server
from tests.collector.test_opentelemetry import a_record, logs
from tests.site.backups import backed_up, cx280

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

    assert answer.json == {"accepted": len(events), "held": 9}
    kept = everything_below(tmp_path) + caplog.text.encode()
    assert [name for name, each in SECRETS.items() if each.encode() in kept] == []
    assert b"867-5309" not in kept
    assert b"123456789" not in kept
    assert b"jane.doe" not in kept
    assert rows(tmp_path)[0]["page"] == "/a?lang=es"


def values_below(*folders: Path) -> bytes:
    """Every byte of every file, and every value that is packed in one."""
    found = []
    for each in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        found.append(each.read_bytes())
        if each.suffix == ".parquet":
            found.append(str(pq.read_table(each, partitioning=None).to_pylist()).encode())
        if each.suffix == ".sqlite3":
            found.append(_unpacked(each))
    said = b"\0".join(found)
    once = unquote_to_bytes(said)
    return said + once + unquote_to_bytes(once)


def _unpacked(record: Path) -> bytes:
    """What is compressed in the cells of a record."""
    found = []
    with closing(sqlite3.connect(record)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for cell in row:
                    with suppress(zlib.error, TypeError):
                        found.append(zlib.decompress(cell[1:]))
    return b"".join(found)


@pytest.mark.proves("280.10-b5")
def test_nothing_personal_is_in_lake_logs_backup_or_record_whichever_door_it_came_through(
    made_record: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("CX280_BEHIND_PROXY", "1")
    system = Path(shutil.copytree(made_record, tmp_path / "system"))
    server = a_server(system)
    server.start()
    _send_through_every_door(server)
    log = tmp_path / "access.log"
    log.write_text("".join(LOG))
    imported = cx280(system, "import", "weblog", str(log), "--site", "open", "--json")
    server.stop()
    log.unlink()
    torn = system / "buffer/torn/000000000001.log"
    torn.parent.mkdir()
    torn.write_bytes(b'["cut","open",3,\n')

    for name, table in (("buffer", "events"), ("held-back", HELD)):
        lake = Lake(system / "lake", table)
        seal(system / name, lake)
        compact(lake, datetime.now(UTC).date() + timedelta(days=2))
    backed_up(system, tmp_path / "backup")

    said = capfd.readouterr()
    kept = values_below(system, tmp_path / "backup") + (said.out + said.err).encode()
    kept += (imported.stdout + imported.stderr).encode()
    assert [each for each in PERSONAL if each.encode().lower() in kept.lower()] == []
    assert kept.count(b"/kept-by-every-door") > 10
    held = read_manifest(tmp_path / "backup").events
    assert (held.held, held.events, len(list(system.glob("set-aside/*")))) == (10, 4, 1)


PERSONAL = ["198.51.100.23", "2001:db8:77", "Fancy/9.1", "jane.doe", "jane%2edoe", "s3cr3t",
            "867-5309", "8675309", "45-6789", "123456789", "4111 1111", "4111111111111111",
            "jsessionid", "77AB99", "ref.example.com", "jdoe-user"]  # fmt: skip
LOG = [
    '198.51.100.23 - jdoe-user [27/Nov/2026:10:00:00 +0000] "GET /kept-by-every-door?q=s3cr3t '
    'HTTP/1.1" 200 12 "https://ref.example.com/?a=s3cr3t" "Fancy/9.1"\n',
    '198.51.100.23 - - [27/Nov/2026:10:00:01 +0000] "GET /people/jane.doe@example.com HTTP/1.1" '
    '200 12 "-" "Fancy/9.1"\n',
    "198.51.100.23 jane.doe@example.com no request at all\n",
]


def _send_through_every_door(server: Server) -> None:
    """Events as a page, a program, an exporter and an attacker send them."""
    pages = [
        "/kept-by-every-door?token=s3cr3t#jane.doe@example.com",
        "/a;jsessionid=77AB99/b",
        "/people/jane.doe@example.com",
        "/case/123-45-6789",
        "/call/%35%35%35-867-5309",
        "/people/jane%252edoe%2540example.com",
        "/case/%31%32%33%34%35%36%37%38%39",
    ]
    events = [an_event(id=f"page-{at}", page=page, visit="v1") for at, page in enumerate(pages)]
    events += [
        an_event(id=f"form-{at}", site="permits", name="start", properties={"form": value})
        for at, value in enumerate(["4111 1111 1111 1111", "jane.doe@example.com", 123456789])
    ]
    refused = [
        an_event(id="123456789"),
        an_event(id="name", name="jane.doe@example.com"),
        an_event(id="key", properties={"jane.doe@example.com": 1}),
        an_event(id="site", site="jane.doe@example.com"),
    ]
    record = a_record(url__full="https://x.gov/kept-by-every-door?token=s3cr3t")
    personal = a_record(url__full="https://x.gov/people/jane.doe@example.com")
    for path, body in (
        ("/t/v1/events", json.dumps(events).encode()),
        ("/t/v1/events", b"\n".join(json.dumps(each).encode() for each in refused)),
        ("/t/v1/events?mail=jane.doe@example.com", b"jane.doe@example.com is not JSON"),
        ("/t/v1/logs", logs(record, personal).body),
        ("/people/jane.doe@example.com", b""),
    ):
        _post(server, path, body)


def _post(server: Server, path: str, body: bytes) -> None:
    headers = {
        "Content-Type": "application/json" if path.endswith("logs") else "text/plain",
        "User-Agent": "Fancy/9.1 (iPhone; jane.doe)",
        "X-Forwarded-For": "2001:db8:77::9, 198.51.100.23",
        "Referer": "https://ref.example.com/?token=s3cr3t",
        "Cookie": "jsessionid=77AB99",
        "Origin": "https://permits.example.gov",
    }
    with closing(server.connect()) as connection:
        connection.request("POST", path, body, headers)
        assert connection.getresponse().read()


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


@pytest.mark.proves("INC-29")
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
