"""Files come in by command: each line accounted for, the same file twice changes nothing."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from cx280.audit.models import AuditEntry
from cx280.kernel.problem import NotFound, Unusable
from cx280.lake.columns import EventRow
from cx280.lake.counts import Counts
from cx280.site.command_line import commands
from cx280.telemetry.actions import weblogs
from cx280.telemetry.actions.weblogs import import_weblog

pytestmark = pytest.mark.django_db

AGENT = "Mozilla/5.0 (Windows NT 10.0) Firefox/120.0"
Run = Callable[..., Result]


def line(target: str, status: int = 200, agent: str = AGENT, second: int = 1) -> str:
    return (f"198.51.100.7 - - [10/Oct/2023:13:55:{second:02d} +0000] "
            f'"GET {target} HTTP/1.1" {status} 23 "-" "{agent}"\n')  # fmt: skip


LOG = (
    line("/permits?id=7") + line("/permits?id=8") + line("/site.css") + "junk\n"
    + line("/gone", 404) + line("/permits", agent="Googlebot/2.1", second=2)
)  # fmt: skip


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    sites = {"permits": {"service": 4}, "closed": {"service": 4, "enabled": False}}
    (folder / "sites.json").write_text(json.dumps({"sites": sites}))
    monkeypatch.setenv("CX280_DATA", str(folder))
    monkeypatch.delenv("CX280_LAKE", raising=False)
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "access.log"
    path.write_text(LOG)
    return path


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(commands(), ["import", *map(str, words)])


def buffered(data: Path) -> dict[str, list[EventRow]]:
    return {
        str(each.relative_to(data / "buffer")): [
            msgspec.json.decode(row, type=EventRow) for row in each.read_bytes().splitlines()
        ]
        for each in sorted((data / "buffer").rglob("*.log"))
    }


def test_every_line_is_accounted_for_and_malformed_ones_leave_with_1(log: Path, run: Run) -> None:
    done = run("weblog", log, "--site", "permits", "--json")

    said = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (said["lines"], said["kept"], said["page_views"], said["errors"]) == (6, 4, 3, 1)
    assert (said["bots"], said["assets"], said["malformed"]) == (1, 1, 1)
    assert said["malformed_lines"] == [
        {"line": 4, "why": "not a line of the Common or Combined format"}
    ]
    skipped = sum(said["skipped"].values())
    assert said["lines"] == said["kept"] + said["comments"] + said["malformed"] + skipped


def test_events_wait_in_a_folder_of_their_own_for_sealing(log: Path, data: Path, run: Run) -> None:
    run("weblog", log, "--site", "permits")

    [(name, rows)] = buffered(data).items()
    assert name.startswith("import-")
    assert name.endswith("/000000000001.log")
    assert [(row.kind, row.page, row.bot) for row in rows] == [
        ("page_view", "/permits", False), ("page_view", "/permits", False),
        ("error", "/gone", False), ("page_view", "/permits", True),
    ]  # fmt: skip
    assert {row.service for row in rows} == {4}
    assert len({row.id for row in rows}) == 4
    assert list((data / "imports").iterdir()) == []


def test_the_same_log_twice_or_packed_gives_the_same_files_and_ids(
    log: Path, data: Path, run: Run, tmp_path: Path
) -> None:
    run("weblog", log, "--site", "permits")
    first = buffered(data)
    packed = tmp_path / "other-name.gz"
    packed.write_bytes(gzip.compress(LOG.encode()))

    run("weblog", packed, "--site", "permits")

    again = buffered(data)
    assert list(again) == list(first)
    for name, rows in first.items():
        assert [row.id for row in again[name]] == [row.id for row in rows]


def test_no_address_agent_or_query_is_written_anywhere(log: Path, data: Path, run: Run) -> None:
    run("weblog", log, "--site", "permits")

    written = b"".join(each.read_bytes() for each in data.rglob("*") if each.is_file())
    assert b"198.51.100.7" not in written
    assert b"Firefox" not in written
    assert b"id=7" not in written
    assert "198.51" not in str(AuditEntry.objects.get(action="import_weblog").detail)


def test_a_long_log_is_cut_at_the_same_lines_each_time(
    log: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weblogs, "ROWS_IN_A_FILE", 2)

    found = import_weblog(log, site="permits", at=timezone.now())

    assert found.files == 2
    assert [len(rows) for rows in buffered(data).values()] == [2, 2]


def test_a_crash_leaves_nothing_for_sealing(
    log: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("cx280.telemetry.actions.weblogs.os.fsync", full)

    with pytest.raises(OSError, match="space"):
        import_weblog(log, site="permits", at=timezone.now())

    assert buffered(data) == {}


def test_a_line_longer_than_any_request_is_malformed_and_the_next_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "long.log"
    path.write_text(line("/" + "a" * 100_000) + line("/permits"))

    found = import_weblog(path, site="permits", at=timezone.now())

    assert (found.lines, found.kept, found.malformed) == (2, 1, 1)


def test_a_file_without_a_single_request_and_a_broken_archive_are_refused(tmp_path: Path) -> None:
    words, broken = tmp_path / "words.txt", tmp_path / "broken.gz"
    words.write_text("one\ntwo\n")
    broken.write_bytes(gzip.compress(LOG.encode() * 50)[:40])

    for each in (words, broken):
        with pytest.raises(Unusable):
            import_weblog(each, site="permits", at=timezone.now())


def test_a_site_that_is_unknown_or_switched_off_takes_nothing(log: Path) -> None:
    with pytest.raises(NotFound):
        import_weblog(log, site="other", at=timezone.now())
    with pytest.raises(Unusable):
        import_weblog(log, site="closed", at=timezone.now())


def test_counts_come_in_once_and_are_audited_once(data: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "users.csv"
    path.write_text("date,visits\n2024-01-04,41\n2024-01-03,48\n")

    first = json.loads(run("dap", path, "--site", "permits", "--json").stdout)
    again = run("dap", path, "--site", "permits", "--json")

    assert again.exit_code == 0
    assert (first["kept"], first["added"]) == (2, 2)
    assert json.loads(again.stdout)["unchanged"] == 2
    assert [each.number for each in Counts(data / "lake").read("permits")] == [48.0, 41.0]
    assert AuditEntry.objects.filter(action="import_counts").count() == 1


def test_a_row_that_cannot_be_read_leaves_with_1_and_the_rest_is_in(
    data: Path, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "users.csv"
    path.write_text("date,visits\n2024-01-04,41\n2024-13-03,48\n")

    done = run("dap", path, "--site", "permits")

    assert done.exit_code == 1
    assert "row 3: a date that does not exist" in done.stdout
    assert len(Counts(data / "lake").read("permits")) == 1


@pytest.mark.proves("280.7-b1")
def test_a_request_with_personal_data_in_its_path_waits_apart_and_is_accounted_for(
    data: Path, log: Path, run: Run
) -> None:
    log.write_text(line("/permits") + line("/people/jane.doe@example.com") + line("/n/123456789"))

    said = json.loads(run("weblog", log, "--site", "permits", "--json").stdout)

    assert (said["lines"], said["kept"]) == (3, 1)
    assert said["skipped"]["held back: personal data in the address"] == 2
    (held,) = (data / "held-back").rglob("*.log")
    rows = [msgspec.json.decode(row, type=EventRow) for row in held.read_bytes().splitlines()]
    assert [(each.source, each.page) for each in rows] == [
        ("weblog held email/page", "/people/(hidden)"),
        ("weblog held number/page", "/n/(hidden)"),
    ]
    assert [len(each) for each in buffered(data).values()] == [1]


def test_a_site_of_tier_3_keeps_such_a_request_cleaned(data: Path, log: Path, run: Run) -> None:
    sites = {"permits": {"service": 4, "tier": 3}}
    (data / "sites.json").write_text(json.dumps({"sites": sites}))
    log.write_text(line("/people/jane.doe@example.com"))

    assert json.loads(run("weblog", log, "--site", "permits", "--json").stdout)["kept"] == 1
    ((row,),) = buffered(data).values()
    assert (row.source, row.page) == ("weblog", "/people/(hidden)")
